//! Tests over a real socket: requests as programs in other languages send them, and broken ones.

use serde_json::{Value, json};

use crate::MockEndpoint;
use crate::bells::{Bells, Tower, client, exchange};

async fn tower() -> MockEndpoint<Bells> {
    MockEndpoint::builder().world(Tower::default()).start().await.unwrap()
}

async fn raw(endpoint: &MockEndpoint<Bells>, line: &str, headers: &str, body: &str) -> (u16, Value) {
    let length = body.len();
    let head = format!("{line} HTTP/1.1\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n");
    let response = exchange(endpoint.address(), [head.as_str(), body].concat().as_bytes()).await;
    let (head, body) = response.split_once("\r\n\r\n").unwrap_or((&response, ""));
    assert!(head.contains("application/json"), "{response}");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, serde_json::from_str(body).unwrap())
}

/// Sends a request as a program does; returns its status and JSON.
async fn ask(endpoint: &MockEndpoint<Bells>, line: &str, body: &str) -> (u16, Value) {
    raw(endpoint, line, &format!("host: {}\r\n", endpoint.address()), body).await
}

/// Sends a request; returns the status and the text of its error.
async fn error(endpoint: &MockEndpoint<Bells>, line: &str, body: &str) -> (u16, String) {
    let (status, value) = ask(endpoint, line, body).await;
    (status, value["error"].as_str().unwrap_or_default().to_owned())
}

/// Rings once.
async fn ring(endpoint: &MockEndpoint<Bells>) -> Result<Value, String> {
    let ring = client(endpoint).call("Ring").parameter("Bell", "big").send().await;
    ring.map(|response| response["Rung"].clone()).map_err(|error| error.kind().to_string())
}

#[tokio::test]
async fn requests_are_listed_with_their_parameters_and_without_secrets() {
    let endpoint = tower().await;
    ring(&endpoint).await.unwrap();
    let (status, mut listed) = ask(&endpoint, "GET /control/requests", "").await;
    let id = listed["requests"][0]["request_id"].take();
    assert_eq!(id, endpoint.requests()[0].request_id());
    let expected = json!({"total": 1, "requests": [{
        "operation": "Ring", "version": "2020-07-01", "method": "POST", "signature_scheme": "acs3",
        "parameters": {"Bell": "big"}, "request_id": null, "status": 200, "error_code": null,
    }]});
    assert_eq!((status, listed), (200, expected));
}

#[tokio::test]
async fn requests_of_one_operation_are_listed() {
    let endpoint = tower().await;
    ring(&endpoint).await.unwrap();
    client(&endpoint).call("Listen").send().await.unwrap();
    let (_, listed) = ask(&endpoint, "GET /control/requests?operation=Listen", "").await;
    assert_eq!((listed["requests"].as_array().unwrap().len(), &listed["total"]), (1, &json!(2)));
}

#[tokio::test]
async fn ordered_fault_is_met() {
    let endpoint = tower().await;
    let order = r#"{"fault": "throttle", "retry_after_seconds": 2, "operation": "Ring", "count": 1}"#;
    assert_eq!(ask(&endpoint, "POST /control/faults", order).await, (200, json!({})));
    assert!(client(&endpoint).call("Listen").send().await.is_ok());
    assert!(ring(&endpoint).await.is_err());
    assert_eq!(ring(&endpoint).await, Ok(json!(1)));
}

#[tokio::test]
async fn cancelled_fault_is_not_met() {
    let endpoint = tower().await;
    ask(&endpoint, "POST /control/faults", r#"{"fault": "close"}"#).await;
    assert_eq!(ask(&endpoint, "DELETE /control/faults", "").await, (200, json!({})));
    assert_eq!(ring(&endpoint).await, Ok(json!(1)));
}

#[tokio::test]
async fn set_response_is_sent_until_it_is_removed() {
    let endpoint = tower().await;
    let order = r#"{"operation": "Ring", "fields": {"Rung": 7}}"#;
    assert_eq!(ask(&endpoint, "POST /control/responses", order).await, (200, json!({})));
    assert_eq!([ring(&endpoint).await, ring(&endpoint).await], [Ok(json!(7)), Ok(json!(7))]);
    assert_eq!(ask(&endpoint, "DELETE /control/responses", "").await, (200, json!({})));
    assert_eq!(ring(&endpoint).await, Ok(json!(1)));
}

#[tokio::test]
async fn world_carries_out_commands() {
    let endpoint = tower().await;
    assert_eq!(
        ask(&endpoint, "POST /control/world/rung", r#"{"times": 3}"#).await,
        (200, json!({"rung": 3}))
    );
    assert_eq!(ask(&endpoint, "POST /control/world/rung", "").await, (200, json!({"rung": 3})));
    let (status, text) = error(&endpoint, "POST /control/world/fell", "").await;
    assert_eq!((status, text.as_str()), (400, "/control/world/fell: there is no command `fell`: use `rung`"));
}

#[tokio::test]
async fn endpoint_without_a_world_says_so() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let (status, text) = error(&endpoint, "POST /control/world/rung", "").await;
    assert!(status == 404 && text.contains("no world"), "{status} {text}");
}

#[tokio::test]
async fn errors_name_the_path_and_say_what_to_send() {
    let endpoint = tower().await;
    let large = "9".repeat((256 << 10) + 1);
    for (line, body, status, expected) in [
        ("POST /control/faults", "{", 400, r#"send JSON such as {"fault": "throttle""#),
        ("POST /control/faults", "\u{feff}", 400, "column 1"),
        ("POST /control/faults", r#"{"fault": "flood"}"#, 400, "`lose_response`"),
        ("POST /control/faults", r#"{"fault": "close", "operation": "Rnig"}"#, 400, "such as `Ring`"),
        ("POST /control/faults", &large, 413, "262144 bytes"),
        ("POST /control/responses", r#"{"operation": "Ring", "fields": []}"#, 400, "expected a map"),
        ("POST /control/responses", r#"{"operation": "Ring", "field": {}}"#, 400, "`fields`"),
        (
            "POST /control/responses",
            r#"{"operation": "Ring", "refusal": {"code": "A", "status": 1}}"#,
            400,
            "200 to 599",
        ),
        ("POST /control/world/rung", "[", 400, "column 1"),
        ("GET /control/requests?operation=Rnig", "", 400, "`Rnig`"),
        ("GET /control/requests?op=Ring", "", 400, "`?operation=…`"),
        ("GET /control/requests?operation=%f", "", 400, "hexadecimal"),
        ("GET /control/fault", "", 404, "/control/faults"),
        ("GET /control", "", 404, "/control/requests"),
        ("GET /control/world", "", 404, "/control/world/<command>"),
        ("GET /control/faults", "", 405, "POST, DELETE"),
        ("PUT /control/responses", "", 405, "POST, DELETE"),
        ("POST /control/requests", "", 405, "GET"),
        ("GET /control/world/rung", "", 405, "POST"),
    ] {
        let (met, text) = error(&endpoint, line, body).await;
        let place = line.split([' ', '?']).nth(1).unwrap();
        assert!(met == status && text.starts_with(place) && text.contains(expected), "{line}: {met} {text}");
    }
}

#[tokio::test]
async fn other_hosts_and_other_origins_are_refused() {
    let endpoint = tower().await;
    let own = endpoint.address();
    for headers in [
        "host: evil.example\r\n".to_owned(),
        format!("host: evil.example:{}\r\n", own.port()),
        format!("host: {own}\r\norigin: http://evil.example\r\n"),
        format!("host: {own}\r\norigin: null\r\n"),
    ] {
        let (status, value) = raw(&endpoint, "POST /control/world/rung", &headers, r#"{"times": 1}"#).await;
        assert_eq!(status, 403, "{headers} {value}");
    }
    assert_eq!(endpoint.world().unwrap().rung(), 0);
}

#[tokio::test]
async fn own_pages_and_programs_that_use_localhost_are_allowed() {
    let endpoint = tower().await;
    let port = endpoint.address().port();
    let headers = format!("host: localhost:{port}\r\norigin: http://localhost:{port}\r\n");
    assert_eq!(raw(&endpoint, "GET /control/requests", &headers, "").await.0, 200);
}
