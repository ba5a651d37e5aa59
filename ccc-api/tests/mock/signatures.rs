//! Tests of authentication: signatures of both schemes, access keys, tokens, clocks and nonces.

use crate::wire::{Acs3, Answer, V1, call_with, endpoint, exchange};

async fn send(bytes: &[u8]) -> Answer {
    let endpoint = endpoint().start().await.unwrap();
    exchange(endpoint.address(), bytes).await
}

#[tokio::test]
async fn published_acs3_vector_is_accepted() {
    let request = "POST /?Callee=13188888888&Caller=0109898989&DeviceId=ACC-YUNBS-1.0.10-bsd87c04aaa8f7000176ad354b1c\
        &InstanceId=ccc-test&Tags=a%20b%2Bc%2Ad~e%2F%E4%B8%AD%E6%96%87&TimeoutSeconds=30\
        &UserId=user-test%40ccc-test HTTP/1.1\r\n\
        host: ccc.cn-shanghai.aliyuncs.com\r\n\
        x-acs-action: MakeCall\r\n\
        x-acs-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\r\n\
        x-acs-date: 2023-10-26T10:22:32Z\r\n\
        x-acs-signature-nonce: 3156853299f313e23d1673dc12e1703d\r\n\
        x-acs-version: 2020-07-01\r\n\
        authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;\
        x-acs-date;x-acs-signature-nonce;x-acs-version,\
        Signature=2b70d70ae4c228f61694ba934916e2a33a02907b12f597914d0c14445c756dc6\r\n\
        content-length: 0\r\nconnection: close\r\n\r\n";
    let answer = send(request.as_bytes()).await;
    assert_eq!((answer.status, answer.code().as_str()), (200, "OK"), "{answer:?}");
}

#[tokio::test]
async fn published_v1_vector_is_accepted() {
    let form = "AccessKeyId=testid&Action=MakeCall&Callee=13188888888&DeviceId=dev+1&Format=json&InstanceId=ccc-test\
        &Signature=AXzj9JaRWRsCgJZl3RZqcX7I66E%3D&SignatureMethod=HMAC-SHA1\
        &SignatureNonce=3156853299f313e23d1673dc12e1703d&SignatureVersion=1.0\
        &Tags=a%20b%2Bc%2Ad~e%2F%E4%B8%AD%E6%96%87&Timestamp=2023-10-26T10%3A22%3A32Z&Version=2020-07-01";
    let request = format!(
        "POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{form}",
        form.len()
    );
    let answer = send(request.as_bytes()).await;
    assert_eq!((answer.status, answer.code().as_str()), (200, "OK"), "{answer:?}");
}

fn bearer(query: &str, headers: &str) -> String {
    format!(
        "POST /?Callee=13188888888&DeviceId=d&InstanceId=ccc-test{query} HTTP/1.1\r\nhost: h\r\n{headers}\
         content-length: 0\r\nconnection: close\r\n\r\n"
    )
}

const BEARER_HEADERS: &str = "x-acs-action: MakeCall\r\nx-acs-version: 2020-07-01\r\n\
    x-acs-date: 2023-10-26T10:22:32Z\r\nx-acs-signature-nonce: n-1\r\nx-acs-bearer-token: testbearer\r\n";

#[tokio::test]
async fn bearer_token_in_a_header_needs_its_signature_type_in_the_query() {
    let answer = send(bearer("&SignatureType=BEARERTOKEN", BEARER_HEADERS).as_bytes()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let answer = send(bearer("", BEARER_HEADERS).as_bytes()).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "IncompleteSignature"), "{answer:?}");
}

#[tokio::test]
async fn old_request_with_a_bearer_token_is_refused() {
    let old = BEARER_HEADERS.replace("10:22:32", "09:22:32");
    let answer = send(bearer("&SignatureType=BEARERTOKEN", &old).as_bytes()).await;
    assert_eq!(answer.code(), "InvalidTimeStamp.Expired", "{answer:?}");
}

#[tokio::test]
async fn both_schemes_are_accepted_with_get_and_post() {
    for method in ["GET", "POST"] {
        let acs3 = send(&Acs3 { method, ..Acs3::call() }.bytes()).await;
        let v1 = send(&V1 { method, ..V1::call() }.bytes()).await;
        assert_eq!((acs3.status, v1.status), (200, 200), "{method}: {acs3:?} {v1:?}");
    }
}

#[tokio::test]
async fn v1_parameters_may_be_split_between_query_and_form() {
    let answer = send(&V1 { in_query: 5, ..V1::call() }.bytes()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn wrong_v1_secret_is_answered_with_the_string_to_sign() {
    let request = V1 { secret: "wrong", ..V1::call() };
    let answer = send(&request.bytes()).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "SignatureDoesNotMatch"));
    let message = format!(
        "Specified signature is not matched with our calculation. server string to sign is:{}",
        request.string_to_sign()
    );
    assert_eq!(answer.json()["Message"], message);
}

#[tokio::test]
async fn wrong_acs3_secret_is_answered_with_the_canonical_request() {
    let request = Acs3 { secret: "wrong", ..Acs3::call() };
    let answer = send(&request.bytes()).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "SignatureDoesNotMatch"));
    let message = answer.json()["Message"].as_str().unwrap().to_owned();
    let (_, canonical) = message.split_once("server CanonicalRequest is [").unwrap();
    assert_eq!(canonical.strip_suffix(']').unwrap(), request.canonical_request().text);
}

#[tokio::test]
async fn body_changed_after_signing_is_refused() {
    let answer = send(&Acs3 { smuggled: "Callee=1", ..Acs3::call() }.bytes()).await;
    assert_eq!(answer.code(), "SignatureDoesNotMatch");
}

#[tokio::test]
async fn parameter_changed_after_signing_is_refused() {
    for request in [Acs3::call().bytes(), V1::call().bytes()] {
        let changed = String::from_utf8(request).unwrap().replace("13188888888", "13188888889");
        assert_eq!(send(changed.as_bytes()).await.code(), "SignatureDoesNotMatch");
    }
}

#[tokio::test]
async fn unsigned_protocol_header_is_refused() {
    let unsigned = vec![("x-acs-security-token".to_owned(), "STSTOKEN".to_owned())];
    let answer = send(&Acs3 { unsigned, ..Acs3::call() }.bytes()).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "IncompleteSignature"));
}

#[tokio::test]
async fn unsigned_host_is_refused() {
    let mut request = Acs3::call().header("host", None);
    request.unsigned.push(("host".to_owned(), "127.0.0.1".to_owned()));
    assert_eq!(send(&request.bytes()).await.code(), "IncompleteSignature");
}

#[tokio::test]
async fn other_v1_methods_and_versions_are_refused() {
    for (name, value) in [("SignatureMethod", "HMAC-MD5"), ("SignatureVersion", "2.0")] {
        assert_eq!(send(&V1::call().with(name, Some(value)).bytes()).await.code(), "IncompleteSignature");
    }
}

#[tokio::test]
async fn unknown_access_key_is_refused() {
    let acs3 = send(&Acs3 { id: "nobody", ..Acs3::call() }.bytes()).await;
    let v1 = send(&V1::call().with("AccessKeyId", Some("nobody")).bytes()).await;
    for answer in [acs3, v1] {
        assert_eq!((answer.status, answer.code().as_str()), (404, "InvalidAccessKeyId.NotFound"));
    }
}

#[tokio::test]
async fn temporary_credentials_are_accepted() {
    let acs3 = send(&Acs3::call().header("x-acs-security-token", Some("STSTOKEN")).bytes()).await;
    let v1 = send(&V1::call().with("SecurityToken", Some("STSTOKEN")).bytes()).await;
    assert_eq!((acs3.status, v1.status), (200, 200), "{acs3:?} {v1:?}");
}

#[tokio::test]
async fn unknown_token_is_refused() {
    let acs3 = send(&Acs3::call().header("x-acs-security-token", Some("OTHER")).bytes()).await;
    let v1 = send(&V1::call().with("SecurityToken", Some("OTHER")).bytes()).await;
    for answer in [acs3, v1] {
        assert_eq!((answer.status, answer.code().as_str()), (400, "InvalidSecurityToken.Malformed"));
    }
}

#[tokio::test]
async fn configured_credentials_are_accepted() {
    let endpoint = endpoint()
        .access_key("own", "own-secret")
        .temporary_access_key("sts", "sts-secret", "T")
        .start()
        .await;
    let address = endpoint.as_ref().unwrap().address();
    let own = Acs3 { id: "own", secret: "own-secret", ..Acs3::call() };
    assert_eq!(exchange(address, &own.bytes()).await.status, 200);
    let temporary = || Acs3 { id: "sts", secret: "sts-secret", ..Acs3::call() };
    let with_token = temporary().header("x-acs-security-token", Some("T"));
    assert_eq!(exchange(address, &with_token.bytes()).await.status, 200);
    assert_eq!(exchange(address, &temporary().bytes()).await.code(), "InvalidAccessKeyId.NotFound");
}

#[tokio::test]
async fn clock_may_be_fifteen_minutes_off() {
    for (time, code) in [
        ("2023-10-26T10:07:32Z", "OK"),
        ("2023-10-26T10:37:32Z", "OK"),
        ("2023-10-26T10:07:31Z", "InvalidTimeStamp.Expired"),
        ("2023-10-26T10:37:33Z", "InvalidTimeStamp.Expired"),
        ("2023-10-26 10:22:32", "InvalidTimeStamp.Format"),
        ("", "InvalidTimeStamp.Format"),
    ] {
        let acs3 = send(&Acs3::call().header("x-acs-date", Some(time)).bytes()).await;
        let v1 = send(&V1::call().with("Timestamp", Some(time)).bytes()).await;
        assert_eq!((acs3.code().as_str(), v1.code().as_str()), (code, code), "{time}");
    }
}

#[tokio::test]
async fn replayed_request_is_refused() {
    for request in [Acs3::call().bytes(), V1::call().bytes()] {
        let endpoint = endpoint().start().await.unwrap();
        assert_eq!(exchange(endpoint.address(), &request).await.status, 200);
        let replayed = exchange(endpoint.address(), &request).await;
        assert_eq!((replayed.status, replayed.code().as_str()), (400, "SignatureNonceUsed"));
    }
}

#[tokio::test]
async fn forged_request_does_not_use_up_a_nonce() {
    let endpoint = endpoint().start().await.unwrap();
    let honest = Acs3::call();
    let forged = String::from_utf8(honest.bytes()).unwrap().replace("13188888888", "13188888889");
    assert_eq!(exchange(endpoint.address(), forged.as_bytes()).await.code(), "SignatureDoesNotMatch");
    assert_eq!(exchange(endpoint.address(), &honest.bytes()).await.status, 200);
}

#[tokio::test]
async fn missing_protocol_parameter_is_named() {
    for name in ["Action", "Version", "AccessKeyId", "Timestamp", "SignatureNonce"] {
        let answer = send(&V1::call().with(name, None).bytes()).await;
        assert_eq!((answer.status, answer.code()), (400, format!("Missing{name}")));
    }
    for (header, name) in [
        ("x-acs-action", "Action"),
        ("x-acs-version", "Version"),
        ("x-acs-date", "Timestamp"),
        ("x-acs-signature-nonce", "SignatureNonce"),
    ] {
        let answer = send(&Acs3::call().header(header, None).bytes()).await;
        assert_eq!((answer.status, answer.code()), (400, format!("Missing{name}")));
    }
}

#[tokio::test]
async fn unknown_action_and_version_are_refused() {
    let action = send(&Acs3::call().header("x-acs-action", Some("Sing")).bytes()).await;
    assert_eq!((action.status, action.code().as_str()), (404, "InvalidAction.NotFound"));
    let version = send(&V1::new(call_with(&[("Version", Some("1999-01-01"))])).bytes()).await;
    assert_eq!((version.status, version.code().as_str()), (400, "InvalidVersion"));
}
