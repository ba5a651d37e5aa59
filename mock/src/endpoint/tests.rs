//! Tests of faults and set responses; the world shows what was carried out.

use std::time::Duration;

use acs_runtime::error::ErrorKind;
use serde_json::{Value, json};

use super::*;
use crate::CannedRefusal;
use crate::bells::{Bells, Tower, client};

async fn tower() -> MockEndpoint<Bells> {
    MockEndpoint::builder().world(Tower::default()).start().await.unwrap()
}

fn rung(endpoint: &MockEndpoint<Bells>) -> u64 {
    endpoint.world().unwrap().rung()
}

/// Calls an operation once; returns its response, or the kind and code of its error.
async fn call(endpoint: &MockEndpoint<Bells>, operation: &str) -> Result<Value, (ErrorKind, Option<String>)> {
    let call = client(endpoint).call(operation).parameter("Bell", "big");
    let response = call.send().await.map_err(|error| (error.kind(), error.code().map(str::to_owned)))?;
    Ok(response.into_inner().into_value())
}

async fn kind(endpoint: &MockEndpoint<Bells>, operation: &str) -> Option<ErrorKind> {
    call(endpoint, operation).await.err().map(|(kind, _)| kind)
}

#[tokio::test]
async fn request_that_is_throttled_or_closed_is_not_carried_out() {
    let endpoint = tower().await;
    for fault in [Fault::Throttle, Fault::ThrottleFor(Duration::ZERO), Fault::Close] {
        endpoint.inject(fault, 1);
        assert!(call(&endpoint, "Ring").await.is_err(), "{fault:?}");
        assert_eq!(rung(&endpoint), 0, "{fault:?}");
    }
}

#[tokio::test]
async fn request_that_meets_another_fault_is_carried_out() {
    let endpoint = tower().await;
    let unavailable = http::StatusCode::SERVICE_UNAVAILABLE;
    let faults =
        [Fault::Delay(Duration::ZERO), Fault::Status(unavailable), Fault::LoseResponse, Fault::Nonsense];
    for (fault, expected) in faults.into_iter().zip(1..) {
        endpoint.inject(fault, 1);
        let _ = call(&endpoint, "Ring").await;
        assert_eq!(rung(&endpoint), expected, "{fault:?}");
    }
}

#[tokio::test]
async fn closed_and_lost_look_alike_to_the_client() {
    let endpoint = tower().await;
    for fault in [Fault::LoseResponse, Fault::Close] {
        endpoint.inject(fault, 1);
        assert_eq!(kind(&endpoint, "Ring").await, Some(ErrorKind::Interrupted), "{fault:?}");
        let requests = endpoint.requests();
        let last = requests.last().unwrap();
        assert_eq!((last.status(), last.error_code()), (0, None), "{fault:?}");
    }
}

#[tokio::test]
async fn throttled_response_says_how_long_to_wait() {
    let endpoint = tower().await;
    endpoint.inject(Fault::ThrottleFor(Duration::from_millis(90_500)), 1);
    let error = client(&endpoint).call("Ring").parameter("Bell", "big").send().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_millis(90_500)));
}

#[tokio::test]
async fn fault_of_an_operation_is_not_met_by_another() {
    for endpoint in [tower().await, MockEndpoint::start().await.unwrap()] {
        endpoint.inject_for("Ring", Fault::Throttle, 1).unwrap();
        endpoint.inject(Fault::Nonsense, 1);
        assert_eq!(kind(&endpoint, "Listen").await, Some(ErrorKind::Unreadable));
        assert_eq!(kind(&endpoint, "Listen").await, None);
        assert_eq!(kind(&endpoint, "Ring").await, Some(ErrorKind::Throttled));
        assert_eq!(kind(&endpoint, "Ring").await, None);
    }
}

#[tokio::test]
async fn order_for_an_operation_that_is_not_served_is_refused() {
    let endpoint = tower().await;
    let error = endpoint.inject_for("Rnig", Fault::Close, 1).unwrap_err().to_string();
    assert!(error.contains("`Rnig`") && error.contains("`Ring`"), "{error}");
    assert!(endpoint.respond("Rnig", json!({}), 1).is_err());
}

#[tokio::test]
async fn set_fields_replace_those_of_the_page_and_nothing_is_carried_out() {
    for endpoint in [tower().await, MockEndpoint::start().await.unwrap()] {
        endpoint.respond("Ring", json!({"Rung": "99", "New": [1]}), 1).unwrap();
        let response = call(&endpoint, "Ring").await.unwrap();
        assert_eq!(
            [&response["Bell"], &response["Rung"], &response["New"], &response["Code"]],
            [&json!("big"), &json!(99), &json!([1]), &json!("OK")]
        );
        assert_eq!(endpoint.world().map(Tower::rung).unwrap_or_default(), 0);
    }
}

#[tokio::test]
async fn set_responses_are_sent_by_count_and_in_turn_before_the_operations_own() {
    let endpoint = tower().await;
    endpoint.respond("Ring", CannedRefusal::new("Gone").status(404), 1).unwrap();
    endpoint.respond("Ring", json!({"Rung": 7}), 2).unwrap();
    assert_eq!(call(&endpoint, "Ring").await.unwrap_err().1.as_deref(), Some("Gone"));
    let mut rung = Vec::new();
    for _ in 0..3 {
        rung.push(call(&endpoint, "Ring").await.unwrap()["Rung"].clone());
    }
    assert_eq!(rung, [7, 7, 1]);
}

#[tokio::test]
async fn set_response_stays_until_it_is_removed() {
    let endpoint = tower().await;
    endpoint.respond("Ring", json!({"Rung": 7}), u64::MAX).unwrap();
    for _ in 0..3 {
        assert_eq!(call(&endpoint, "Ring").await.unwrap()["Rung"], 7);
    }
    endpoint.clear_responses();
    assert_eq!(call(&endpoint, "Ring").await.unwrap()["Rung"], 1);
}

#[tokio::test]
async fn request_that_fails_the_checks_uses_up_no_set_response() {
    let endpoint = tower().await;
    endpoint.respond("Ring", json!({"Rung": 7}), 1).unwrap();
    let error = client(&endpoint).call("Ring").send().await.unwrap_err();
    assert_eq!(error.code(), Some("Parameter.Null"));
    assert_eq!(call(&endpoint, "Ring").await.unwrap()["Rung"], 7);
}

#[tokio::test]
async fn requests_are_returned_by_operation() {
    let endpoint = tower().await;
    for operation in ["Ring", "Listen", "Ring"] {
        call(&endpoint, operation).await.unwrap();
    }
    let requests = endpoint.requests_of("Ring");
    assert_eq!(requests.iter().map(ReceivedRequest::action).collect::<Vec<_>>(), ["Ring", "Ring"]);
}

#[tokio::test]
async fn requests_of_an_operation_are_waited_for_while_others_arrive() {
    let endpoint = tower().await;
    let calls = async {
        for operation in ["Listen", "Ring", "Listen", "Ring"] {
            call(&endpoint, operation).await.unwrap();
        }
    };
    let waiting = tokio::time::timeout(Duration::from_secs(10), endpoint.wait_for_requests_of("Ring", 2));
    let (requests, ()) = tokio::join!(waiting, calls);
    assert_eq!(requests.map(|requests| requests.len()), Ok(2));
}

#[tokio::test]
async fn endpoint_without_a_world_has_none() {
    assert!(MockEndpoint::<Bells>::start().await.unwrap().world().is_none());
}
