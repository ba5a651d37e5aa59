//! The console as its page sees it: what it shows of requests, what it keeps to itself, and what it does.

mod secrets;

use ccc_api::mock::{CannedRefusal, Fault, MockEndpoint};
use serde_json::{Value, json};

use crate::wire::{Acs3, Answer, V1, call_with, endpoint, exchange};

/// An endpoint with a console, whose clock stands still.
async fn console() -> MockEndpoint {
    endpoint().console().start().await.unwrap()
}

async fn ask(endpoint: &MockEndpoint, line: &str, headers: &str, body: &str) -> Answer {
    let length = body.len();
    let head = format!("{line} HTTP/1.1\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
    exchange(endpoint.address(), [head.as_str(), body].concat().as_bytes()).await
}

async fn get(endpoint: &MockEndpoint, path: &str) -> Answer {
    ask(endpoint, &format!("GET {path}"), &format!("host: {}\r\n", endpoint.address()), "").await
}

async fn post(endpoint: &MockEndpoint, path: &str, body: Value) -> (u16, Value) {
    let host = format!("host: {}\r\n", endpoint.address());
    let answer = ask(endpoint, &format!("POST {path}"), &host, &body.to_string()).await;
    (answer.status, answer.json())
}

/// All of the latest request.
async fn latest(endpoint: &MockEndpoint) -> Value {
    let last = get(endpoint, "/console/state").await.json()["last"].clone();
    get(endpoint, &format!("/console/requests/{last}")).await.json()
}

/// What the console shows of a request.
async fn entry_of(bytes: &[u8]) -> Value {
    let endpoint = console().await;
    exchange(endpoint.address(), bytes).await;
    latest(&endpoint).await
}

fn mistakes(shown: &Value) -> Vec<&str> {
    let mistakes = shown["signature"]["mistakes"].as_array().unwrap();
    mistakes.iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn endpoint_without_a_console_says_how_to_get_one() {
    let endpoint = endpoint().start().await.unwrap();
    let answer = get(&endpoint, "/console").await;
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("MockEndpoint::builder().console()"), "{answer:?}");
}

#[tokio::test]
async fn page_and_its_files_come_with_a_strict_policy() {
    let endpoint = console().await;
    assert_eq!(endpoint.console_url(), format!("{}/console", endpoint.url()));
    let page = get(&endpoint, "/console").await;
    let scripts =
        page.body.split('"').filter(|text| text.starts_with("/console/") && !text.ends_with("json"));
    for path in scripts.chain(["/console", "/console/dom.js", "/console/state"]) {
        let answer = get(&endpoint, path).await;
        assert_eq!(answer.status, 200, "{path}");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[tokio::test]
async fn pages_and_hosts_of_others_are_refused() {
    let endpoint = console().await;
    let own = endpoint.address();
    for headers in
        ["host: evil.example\r\n".to_owned(), format!("host: {own}\r\norigin: http://evil.example\r\n")]
    {
        for line in ["GET /console", "GET /console/state", "POST /console/call", "GET /console/operations"] {
            assert_eq!(ask(&endpoint, line, &headers, "{}").await.status, 403, "{line} {headers}");
        }
    }
    let api = ask(&endpoint, "GET /?Action=MakeCall", "host: ccc.cn-shanghai.aliyuncs.com\r\n", "").await;
    assert_eq!(api.status, 400, "requests of the API are taken under any host");
}

#[tokio::test]
async fn request_is_shown_with_its_parameters_its_signature_and_its_answer() {
    let request = Acs3::call();
    let canonical = request.canonical_request().text;
    let shown = entry_of(&request.bytes()).await;
    assert_eq!(shown["operation"], "MakeCall");
    assert_eq!(shown["time"], 1_698_315_752_000_u64);
    assert_eq!(shown["parameters"][0], json!({"place": "query", "name": "Callee", "value": "13188888888"}));
    assert_eq!(shown["signature"]["agrees"], true);
    assert_eq!(shown["signature"]["steps"][1], json!({"name": "Canonical request", "text": canonical}));
    assert_eq!(shown["why"], "The response is the sample of the operation's page.");
    assert!(shown["response"]["body"].as_str().unwrap().starts_with("{\n  \"Code\": \"OK\""), "{shown}");
}

#[tokio::test]
async fn string_to_sign_of_version_1_is_shown() {
    let request = V1::call();
    let text = request.string_to_sign();
    let shown = entry_of(&request.bytes()).await;
    assert_eq!(shown["signature"]["steps"][1], json!({"name": "String to sign", "text": text}));
    assert_eq!((&shown["scheme"], &shown["signature"]["agrees"]), (&json!("v1"), &json!(true)));
}

#[tokio::test]
async fn mistake_of_a_client_is_named_with_what_it_signed() {
    let request = Acs3::call();
    let right = request.canonical_request().text;
    let signed = right.replacen("POST\n", "GET\n", 1);
    let bytes = String::from_utf8(request.bytes()).unwrap();
    let (start, rest) = bytes.split_once("Signature=").unwrap();
    let (_, rest) = rest.split_once("\r\n").unwrap();
    let wrong = ccc_api::sign::acs3::signature("testsecret", &ccc_api::sign::acs3::string_to_sign(&signed));
    let shown = entry_of(format!("{start}Signature={wrong}\r\n{rest}").as_bytes()).await;
    assert_eq!(mistakes(&shown), ["The method is not that of the request. Sign the method that is sent."]);
    assert_eq!(shown["signature"]["client"], json!({"name": "Canonical request", "text": signed}));
}

#[tokio::test]
async fn secret_of_another_key_is_named() {
    let endpoint = endpoint().access_key("second", "secondsecret").console().start().await.unwrap();
    exchange(endpoint.address(), &V1 { secret: "secondsecret", ..V1::call() }.bytes()).await;
    let shown = latest(&endpoint).await;
    assert!(
        mistakes(&shown)[0].contains("that of the key `second`, but the request names the key `testid`"),
        "{shown}"
    );
}

#[tokio::test]
async fn signature_with_the_secret_of_the_requests_token_agrees() {
    let endpoint = endpoint().temporary_access_key("testid", "othersecret", "own-token");
    let endpoint = endpoint.console().start().await.unwrap();
    let request =
        Acs3 { secret: "othersecret", ..Acs3::call().header("x-acs-security-token", Some("own-token")) };
    exchange(endpoint.address(), &request.bytes()).await;
    let shown = latest(&endpoint).await;
    assert_eq!((&shown["status"], &shown["signature"]["agrees"]), (&json!(200), &json!(true)), "{shown}");
}

#[tokio::test]
async fn signature_that_no_usual_mistake_explains_is_left_to_compare() {
    let shown = entry_of(&V1 { secret: "unknown", ..V1::call() }.bytes()).await;
    assert!(shown["signature"]["mistakes"].is_null(), "{shown}");
    assert!(shown["signature"]["advice"].as_str().unwrap().starts_with("No usual mistake"), "{shown}");
}

#[tokio::test]
async fn stage_that_decided_is_told() {
    for (request, expected) in [
        (b"PUT / HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n".to_vec(), "The request could not be read"),
        (
            b"GET /?a=%zz HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n".to_vec(),
            "The request could not be read",
        ),
        (V1::call().with("Action", Some("Nothing")).bytes(), "names no operation that is served"),
        (V1::call().with("Version", Some("2019-01-01")).bytes(), "names no operation that is served"),
        (V1::call().with("AccessKeyId", Some("nobody")).bytes(), "The credentials were not accepted"),
        (V1::call().with("SignatureMethod", Some("HMAC-MD5")).bytes(), "The signature is incomplete"),
        (V1 { secret: "wrong", ..V1::call() }.bytes(), "The signature differs"),
        (
            V1::call().with("Timestamp", Some("2020-01-01T00:00:00Z")).bytes(),
            "The timestamp was not accepted",
        ),
        (V1::call().with("SignatureNonce", None).bytes(), "The nonce was not accepted"),
        (Acs3::new(call_with(&[("Callee", None)])).bytes(), "The parameter Callee is not as its page says"),
        (
            Acs3::new(call_with(&[("InstanceId", Some("x"))])).bytes(),
            "A rule of the product refused it: NotExists.InstanceId.",
        ),
    ] {
        let shown = entry_of(&request).await;
        let why = shown["why"].as_str().unwrap();
        assert!(why.contains(expected), "{expected}: {why}");
    }
}

#[tokio::test]
async fn response_that_a_test_set_is_told_as_such() {
    let endpoint = console().await;
    endpoint.respond("MakeCall", CannedRefusal::new("UserBusy"), 1).unwrap();
    exchange(endpoint.address(), &Acs3::call().bytes()).await;
    let shown = latest(&endpoint).await;
    assert_eq!(shown["why"], "A test set this error for the operation.");
    assert_eq!((&shown["status"], &shown["code"]), (&json!(400), &json!("UserBusy")));
}

#[tokio::test]
async fn fault_is_told_with_what_it_hides() {
    let endpoint = console().await;
    endpoint.inject_for("MakeCall", Fault::LoseResponse, 2).unwrap();
    let pending = get(&endpoint, "/console/state").await.json()["faults"].clone();
    assert_eq!(
        pending,
        json!([{"operation": "MakeCall", "fault": "carried out, but the response lost", "left": 2}])
    );
    exchange(endpoint.address(), &Acs3::call().bytes()).await;
    let shown = latest(&endpoint).await;
    assert_eq!((&shown["status"], &shown["response"]), (&Value::Null, &Value::Null));
    assert_eq!(shown["fault"], "carried out, but the response lost");
    assert_eq!(shown["why"], "The response is the sample of the operation's page.");
}

#[tokio::test]
async fn large_body_is_in_the_log() {
    let endpoint = console().await;
    let body = "a".repeat(300 << 10);
    let answer = ask(&endpoint, "POST /?Action=MakeCall", "host: h\r\n", &body).await;
    assert_eq!(answer.status, 413);
    assert_eq!(latest(&endpoint).await["code"], "RequestEntityTooLarge");
}

#[tokio::test]
async fn body_that_is_no_form_is_said_to_hold_no_parameters() {
    let endpoint = console().await;
    let headers = "host: h\r\ncontent-type: application/json\r\n";
    ask(&endpoint, "POST /?Action=MakeCall", headers, r#"{"Callee": "1"}"#).await;
    let shown = latest(&endpoint).await;
    assert!(shown["body"].as_str().unwrap().contains("15 bytes holds no parameters"), "{shown}");
}

#[tokio::test]
async fn only_what_is_new_is_told() {
    let endpoint = console().await;
    for _ in 0..3 {
        exchange(endpoint.address(), &Acs3::call().bytes()).await;
    }
    let state = get(&endpoint, "/console/state?after=1").await.json();
    let numbers: Vec<_> =
        state["requests"].as_array().unwrap().iter().map(|request| &request["number"]).collect();
    assert_eq!(numbers, [2, 3]);
    assert_eq!(get(&endpoint, "/console/state?after=x").await.status, 400);
    assert_eq!(get(&endpoint, "/console/requests/4").await.status, 404);
}

#[tokio::test]
async fn hostile_requests_are_shown_within_bounds() {
    let markup = "<script>alert(1)</script>\u{202e}\u{7}";
    let large = "x".repeat(60 << 10);
    let requests = [
        V1::call().with("Action", Some(markup)).bytes(),
        V1::call().with("Tags", Some(&large)).bytes(),
        V1::call().with(&large, Some(markup)).bytes(),
        b"POST /?a=%FF&b=%00%01 HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n".to_vec(),
        b"GET /?%FF%FE=1 HTTP/1.1\r\nhost: \xff\xfe\r\nx-acs-x: \xff\r\nconnection: close\r\n\r\n".to_vec(),
    ];
    let endpoint = console().await;
    for request in &requests {
        exchange(endpoint.address(), request).await;
    }
    let count = get(&endpoint, "/console/state").await.json()["last"].as_u64().unwrap();
    assert_eq!(count, 5);
    for number in 1..=count {
        let answer = get(&endpoint, &format!("/console/requests/{number}")).await;
        assert!(answer.json().is_object() && answer.body.len() < 1 << 20, "{} bytes", answer.body.len());
    }
    assert_eq!(get(&endpoint, "/console/requests/1").await.json()["operation"], markup);
}

#[tokio::test]
async fn list_shows_only_the_beginning_of_long_texts() {
    let endpoint = console().await;
    let large = "x".repeat(20 << 10);
    for request in [
        V1::call().with(&large, Some("1")).with("Version", Some(&large)).bytes(),
        V1::call().with("Action", Some(&large)).bytes(),
    ] {
        exchange(endpoint.address(), &request).await;
    }
    endpoint.respond("MakeCall", CannedRefusal::new(&large), 1).unwrap();
    exchange(endpoint.address(), &Acs3::call().bytes()).await;
    let state = get(&endpoint, "/console/state").await;
    let code = state.json()["requests"][2]["code"].as_str().unwrap().to_owned();
    assert!(code.ends_with("xx… (19980 more characters)"), "{code}");
    assert!(state.body.len() < 20 << 10, "{} bytes", state.body.len());
}

#[tokio::test]
async fn number_of_parameters_that_are_not_shown_is_told() {
    let endpoint = console().await;
    let form: Vec<_> = (0..520).map(|number| format!("p{number}=1")).collect();
    let headers = "host: h\r\ncontent-type: application/x-www-form-urlencoded\r\n";
    ask(&endpoint, "POST /", headers, &form.join("&")).await;
    let shown = latest(&endpoint).await;
    assert_eq!(shown["parameters"].as_array().unwrap().len(), 500);
    assert_eq!(shown["body"], "20 more parameters are not shown.");
}

#[tokio::test]
async fn call_of_the_page_is_signed_and_answered_like_any_other() {
    let endpoint = console().await;
    for (scheme, shown_scheme) in [(json!("acs3"), "acs3"), (json!("v1"), "v1")] {
        let parameters =
            json!({"InstanceId": "ccc-test", "DeviceId": "d", "Callee": "13188888888", "TimeoutSeconds": 30});
        let order = json!({"operation": "MakeCall", "parameters": parameters, "scheme": scheme});
        let (status, told) = post(&endpoint, "/console/call", order).await;
        assert_eq!((status, &told["status"], &told["code"]), (200, &json!(200), &Value::Null), "{told}");
        assert_eq!(told["response"]["Code"], "OK");
        let shown = get(&endpoint, &format!("/console/requests/{}", told["entry"])).await.json();
        assert_eq!((&shown["scheme"], &shown["signature"]["agrees"]), (&json!(shown_scheme), &json!(true)));
    }
    assert_eq!(endpoint.request_count(), 2);
}

#[tokio::test]
async fn call_of_the_page_tells_every_problem_of_its_parameters() {
    let endpoint = console().await;
    let parameters = json!({"InstanceId": "ccc-test", "TimeoutSeconds": "soon"});
    let (_, told) =
        post(&endpoint, "/console/call", json!({"operation": "MakeCall", "parameters": parameters})).await;
    let named: Vec<_> =
        told["problems"].as_array().unwrap().iter().map(|problem| &problem["parameter"]).collect();
    assert_eq!(named, ["Callee", "DeviceId", "TimeoutSeconds"]);
    assert_eq!((&told["status"], &told["code"]), (&json!(400), &json!("Parameter.Null")));
}

#[tokio::test]
async fn call_of_the_page_meets_faults() {
    let endpoint = console().await;
    endpoint.inject(Fault::Close, 1);
    let (_, told) = post(&endpoint, "/console/call", json!({"operation": "MakeCall"})).await;
    assert_eq!((&told["status"], &told["response"]), (&json!(0), &Value::Null));
}

#[tokio::test]
async fn wrong_call_of_a_page_is_told_what_is_wrong() {
    let endpoint = console().await;
    for (order, expected) in [
        (json!({"operation": "Nothing"}), "has no operation `Nothing`"),
        (json!({"operation": "MakeCall", "parameters": {"Tags": [1]}}), "`Tags` is a list or an object"),
        (json!({"operation": "MakeCall", "scheme": "md5"}), "cannot read the body"),
    ] {
        let (status, told) = post(&endpoint, "/console/call", order).await;
        assert_eq!(status, 400, "{told}");
        assert!(told["error"].as_str().unwrap().contains(expected), "{told}");
    }
    assert_eq!(endpoint.request_count(), 0);
}

#[tokio::test]
async fn operations_are_described_with_their_documentation() {
    let endpoint = console().await;
    let listed = get(&endpoint, "/console/operations").await.json();
    assert!(listed["operations"].as_array().unwrap().iter().any(|operation| operation["name"] == "MakeCall"));
    let described = get(&endpoint, "/console/operations/MakeCall").await.json();
    let callee =
        described["parameters"].as_array().unwrap().iter().find(|field| field["name"] == "Callee").unwrap();
    assert_eq!((&callee["required"], &callee["sample"]), (&json!(true), &json!("13188888888")));
    assert_eq!(get(&endpoint, "/console/operations/Nothing").await.status, 400);
}

#[tokio::test]
async fn document_of_openapi_is_offered_where_there_is_one() {
    let without = console().await;
    assert_eq!(get(&without, "/console/openapi.json").await.status, 404);
    let with = endpoint().console().openapi(r#"{"openapi": "3.1.0"}"#).start().await.unwrap();
    assert_eq!(get(&with, "/console/openapi.json").await.json()["openapi"], "3.1.0");
    assert_eq!(get(&with, "/console/state").await.json()["openapi"], true);
}

#[tokio::test]
async fn console_leaves_no_record_of_itself() {
    let endpoint = console().await;
    for path in ["/console", "/console/state", "/console/operations", "/console/none"] {
        get(&endpoint, path).await;
    }
    assert_eq!(get(&endpoint, "/console/state").await.json()["last"], 0);
    assert_eq!(endpoint.request_count(), 0);
}
