//! The console shows no secrets: neither the endpoint's own nor those of requests and responses.

use serde_json::{Value, json};

use super::{ask, console, entry_of, get, latest, mistakes, post};
use crate::wire::{Acs3, V1, call_with, endpoint, exchange};

#[tokio::test]
async fn no_secret_is_shown() {
    let endpoint =
        endpoint().temporary_access_key("own", "own/secret", "own+token").console().start().await.unwrap();
    let keyed = |request: Acs3| Acs3 { id: "own", secret: "own/secret", ..request };
    let bearer = "GET /?SignatureType=BEARERTOKEN HTTP/1.1\r\nhost: h\r\nx-acs-bearer-token: testbearer\r\n\
                  x-acs-action: MakeCall\r\nx-acs-version: 2020-07-01\r\nx-acs-date: 2023-10-26T10:22:32Z\r\n\
                  x-acs-signature-nonce: n\r\nconnection: close\r\n\r\n";
    let unknown = "GET /?SecurityToken=unknown-token&x=%zz&AccessKeySecret=unknown-secret HTTP/1.1\r\nhost: h\r\n\
                   authorization: Bearer unknown-bearer\r\nconnection: close\r\n\r\n";
    let requests = [
        keyed(Acs3::call().header("x-acs-security-token", Some("own+token"))).bytes(),
        keyed(Acs3::call().header("x-acs-security-token", Some("wrong-token"))).bytes(),
        keyed(Acs3::new(call_with(&[("Tags", Some("own/secret and own+token"))]))).bytes(),
        // Refused, so that the response says what was signed.
        V1 { secret: "wrong", ..V1::call().with("SecurityToken", Some("own+token")) }.bytes(),
        bearer.as_bytes().to_vec(),
        unknown.as_bytes().to_vec(),
    ];
    for request in &requests {
        exchange(endpoint.address(), request).await;
    }
    for number in 1..=requests.len() {
        let text = get(&endpoint, &format!("/console/requests/{number}")).await.body;
        for secret in [
            "own/secret",
            "own%2Fsecret",
            "own%252Fsecret",
            "own+token",
            "own%2Btoken",
            "own%252Btoken",
            "wrong-token",
            "testbearer",
            "unknown-token",
            "unknown-secret",
            "unknown-bearer",
        ] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
}

#[tokio::test]
async fn passwords_are_masked_in_requests_and_responses() {
    let endpoint = console().await;
    let parameters = json!({"InstanceId": "ccc-test", "DeviceId": "d", "Password": "pass-1", "UserId": "user-test@ccc-test"});
    post(&endpoint, "/console/call", json!({"operation": "RegisterDevice", "parameters": parameters})).await;
    assert!(!latest(&endpoint).await.to_string().contains("pass-1"));
    let parameters = json!({"InstanceId": "ccc-test"});
    let order = json!({"operation": "GetTurnCredentials", "parameters": parameters});
    let (_, told) = post(&endpoint, "/console/call", order).await;
    assert_eq!((&told["code"], &told["response"]["Data"]["Password"]), (&Value::Null, &json!("[redacted]")));
    let shown = latest(&endpoint).await;
    assert!(shown["response"]["body"].as_str().unwrap().contains(r#""Password": "[redacted]""#), "{shown}");
}

#[tokio::test]
async fn documented_secret_without_a_telling_name_is_masked() {
    let endpoint = console().await;
    let parameters = json!({"InstanceId": "ccc-test", "JobId": "job-1", "ChannelId": "ch-1", "DeviceId": "d", "Dtmf": "48151623"});
    let order = json!({"operation": "SendDtmfSignaling", "parameters": parameters});
    post(&endpoint, "/console/call", order).await;
    let entry = latest(&endpoint).await.to_string();
    assert!(entry.contains("SendDtmfSignaling") && !entry.contains("48151623"), "{entry}");
}

#[tokio::test]
async fn token_that_a_client_encodes_twice_is_masked() {
    let token = "own+token/1=";
    let endpoint =
        endpoint().temporary_access_key("testid", "testsecret", token).console().start().await.unwrap();
    let request = V1::call().with("SecurityToken", Some(token));
    let mut signed = request.parameters.clone();
    signed.sort_unstable();
    let encode = ccc_api::sign::percent::encode;
    let signed: Vec<_> =
        signed.iter().map(|(name, value)| format!("{name}={}", encode(&encode(value)))).collect();
    let to_sign = ccc_api::sign::v1::string_to_sign("POST", &signed.join("&"));
    let wrong = ccc_api::sign::v1::signature("testsecret", &to_sign);
    let bytes = String::from_utf8(request.bytes()).unwrap();
    let right = encode(&ccc_api::sign::v1::signature("testsecret", &request.string_to_sign()));
    let body = bytes.split_once("\r\n\r\n").unwrap().1.replace(&right, &encode(&wrong));
    let headers = "host: h\r\ncontent-type: application/x-www-form-urlencoded\r\n";
    ask(&endpoint, "POST /", headers, &body).await;
    let shown = latest(&endpoint).await;
    assert!(mistakes(&shown)[0].contains("encoded twice"), "{shown}");
    let client = shown["signature"]["client"]["text"].as_str().unwrap();
    assert!(client.contains("SecurityToken%3D[redacted]%26"), "{client}");
}

#[tokio::test]
async fn secrets_in_signed_headers_are_masked() {
    let mut request = Acs3 { secret: "wrong", ..Acs3::call() };
    for (name, value) in [
        ("cookie", "session=hidden-1"),
        ("proxy-authorization", "Basic hidden-2"),
        ("x-api-key", "hidden-3"),
        ("x-acs-security-token", "hidden-4"),
    ] {
        request = request.header(name, Some(value));
    }
    let shown = entry_of(&request.bytes()).await;
    let canonical = shown["signature"]["steps"][1]["text"].as_str().unwrap();
    assert!(canonical.contains("\ncookie:[redacted]\n"), "{canonical}");
    assert!(!shown.to_string().contains("hidden-"), "{shown}");
}

#[tokio::test]
async fn passwords_in_the_json_of_a_parameter_are_masked() {
    for list in
        [r#"[{"Password":"hidden-1"}]"#, r#"[{"Password":"hidden-\"1"}]"#, r#"[{"Password":12345678}]"#]
    {
        for request in [
            Acs3 { secret: "wrong", ..Acs3::new(call_with(&[("UserList", Some(list))])) }.bytes(),
            V1 { secret: "wrong", ..V1::call().with("UserList", Some(list)) }.bytes(),
        ] {
            let text = entry_of(&request).await.to_string();
            assert!(!text.contains("hidden-") && !text.contains("12345678"), "{text}");
        }
    }
}

#[tokio::test]
async fn request_with_very_many_secrets_is_hidden() {
    let endpoint = console().await;
    let form: Vec<_> = (0..1000).map(|number| format!("{number}token=hidden-{number}")).collect();
    let headers = "host: h\r\ncontent-type: application/x-www-form-urlencoded\r\n";
    ask(&endpoint, "POST /?Action=MakeCall", headers, &form.join("&")).await;
    let shown = latest(&endpoint).await;
    assert!(!shown.to_string().contains("hidden-"), "{shown}");
    assert!(shown["operation"].as_str().unwrap().contains("more than 32 secrets"), "{shown}");
    assert_eq!(shown["number"], 1);
}

#[tokio::test]
async fn only_the_beginning_of_signatures_is_shown() {
    let request = V1 { secret: "wrong", ..V1::call() };
    let received = ccc_api::sign::v1::signature("wrong", &request.string_to_sign());
    let expected = ccc_api::sign::v1::signature("testsecret", &request.string_to_sign());
    let shown = entry_of(&request.bytes()).await;
    let beginning = |signature: &str| format!("{}…", signature.chars().take(6).collect::<String>());
    assert_eq!(shown["signature"]["received"], beginning(&received));
    assert_eq!(shown["signature"]["expected"], beginning(&expected));
    let text = shown.to_string();
    assert!(!text.contains(&received) && !text.contains(&expected), "{text}");
}
