//! Tests of an endpoint that is controlled over HTTP, as from other languages, while this crate's client calls it.

use ccc_api::Client;
use ccc_api::mock::MockEndpoint;
use serde_json::{Value, json};

use crate::wire::exchange;

async fn ask(endpoint: &MockEndpoint, line: &str, body: &Value) -> (u16, Value) {
    let host = endpoint.address();
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let length = body.len();
    let head =
        format!("{line} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let answer = exchange(host, [head, body].concat().as_bytes()).await;
    (answer.status, answer.json())
}

async fn order(endpoint: &MockEndpoint, line: &str, body: Value) {
    assert_eq!(ask(endpoint, line, &body).await, (200, json!({})), "{line} {body}");
}

fn client(endpoint: &MockEndpoint) -> Client {
    Client::new(endpoint.config().to_builder().max_attempts(1).build().unwrap()).unwrap()
}

async fn code(client: &Client) -> Option<String> {
    let call = client.make_call().instance_id("ccc-test").device_id("d").callee("13188888888").send().await;
    call.err().map(|error| error.code().map_or_else(|| error.kind().to_string(), str::to_owned))
}

#[tokio::test]
async fn a_test_in_another_language_orders_faults_and_responses_and_lists_requests() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint);
    order(&endpoint, "POST /control/faults", json!({"fault": "throttle", "operation": "MakeCall"})).await;
    let refusal = json!({"code": "UserBusy", "arguments": ["13188888888"]});
    order(&endpoint, "POST /control/responses", json!({"operation": "MakeCall", "refusal": refusal})).await;
    client.poll_user_status().instance_id("ccc-test").user_id("user-test@ccc-test").send().await.unwrap();
    assert_eq!(code(&client).await.as_deref(), Some("Throttling.User"));
    assert_eq!(code(&client).await.as_deref(), Some("UserBusy"));
    order(&endpoint, "DELETE /control/responses", Value::Null).await;
    assert_eq!(code(&client).await, None);

    let (_, shown) = ask(&endpoint, "GET /control/requests?operation=MakeCall", &Value::Null).await;
    let requests = shown["requests"].as_array().unwrap();
    let codes: Vec<_> = requests.iter().map(|request| request["error_code"].as_str()).collect();
    assert_eq!(codes, [Some("Throttling.User"), Some("UserBusy"), None]);
    assert_eq!(requests[0]["parameters"]["Callee"], "13188888888");
}

#[tokio::test]
async fn listed_requests_contain_no_secret() {
    let endpoint = MockEndpoint::start().await.unwrap();
    code(&client(&endpoint)).await;
    let (_, shown) = ask(&endpoint, "GET /control/requests", &Value::Null).await;
    let text = shown.to_string();
    assert!(!text.contains("testid") && !text.contains("Signature="), "{text}");
}

#[tokio::test]
async fn control_requests_need_no_signature_and_are_not_recorded() {
    let endpoint = MockEndpoint::start().await.unwrap();
    order(&endpoint, "DELETE /control/faults", Value::Null).await;
    assert_eq!(endpoint.request_count(), 0);
}

#[tokio::test]
async fn error_names_an_operation_that_is_not_served() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let fault = json!({"fault": "close", "operation": "MakeCal"});
    let (status, answer) = ask(&endpoint, "POST /control/faults", &fault).await;
    assert!(status == 400 && answer["error"].as_str().unwrap().contains("`MakeCal`"), "{answer}");
}
