//! Tests of faults and responses that a test orders, with this crate's client.

use std::time::{Duration, Instant};

use ccc_api::error::ErrorKind;
use ccc_api::mock::{CannedRefusal, Fault, MockEndpoint};
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::response::Format;
use ccc_api::{Client, Error};
use serde_json::json;

fn client(endpoint: &MockEndpoint) -> Client {
    Client::new(endpoint.config()).unwrap()
}

async fn poll(client: &Client) {
    client.poll_user_status().instance_id("ccc-test").user_id("user-test@ccc-test").send().await.unwrap();
}

#[tokio::test]
async fn fault_for_a_call_waits_while_polls_go_on() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint);
    endpoint.inject_for("MakeCall", Fault::LoseResponse, 1).unwrap();
    for _ in 0..3 {
        poll(&client).await;
    }
    let call = client.make_call().instance_id("ccc-test").device_id("d").callee("13188888888").send().await;
    let error = call.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_placed()), (ErrorKind::Interrupted, true));
    assert_eq!(endpoint.requests_of("MakeCall").len(), 1, "a phone rings once");
}

#[tokio::test]
async fn client_waits_as_long_as_throttling_asks() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let client = client(&endpoint);
    let wait = Duration::from_millis(300);
    endpoint.inject(Fault::ThrottleFor(wait), 1);
    let before = Instant::now();
    poll(&client).await;
    assert!(before.elapsed() >= wait, "{:?}", before.elapsed());
    assert_eq!(endpoint.request_count(), 2);
}

#[tokio::test]
async fn set_fields_are_read_in_json_and_xml() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let users = json!({"Data": {"TotalCount": 1, "List": [{"UserId": "ann@ccc-test", "RoleName": "Admin"}]}});
    endpoint.respond("ListUsers", users, u64::MAX).unwrap();
    for format in [Format::Json, Format::Xml] {
        let config = endpoint.config().to_builder().format(format).build().unwrap();
        let list =
            Client::new(config).unwrap().list_users().instance_id("ccc-test").page_number(1).page_size(10);
        let data = list.send().await.unwrap().into_inner().data;
        let ids: Vec<_> = data.list.iter().map(|user| user.user_id.as_deref()).collect();
        assert_eq!((data.total_count, ids), (Some(1), vec![Some("ann@ccc-test")]), "{format:?}");
    }
}

#[tokio::test]
async fn set_refusal_is_the_documented_error() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let refusal = CannedRefusal::new("UserBusy").arguments(["13188888888"]);
    endpoint.respond("MakeCall", refusal, 1).unwrap();
    let call = client(&endpoint).make_call().instance_id("ccc-test").device_id("d").callee("13188888888");
    match call.send().await {
        Err(Error::Service(MakeCallError::UserBusy { user, service, .. })) => {
            assert_eq!((user.as_deref(), service.status()), (Some("13188888888"), 400));
        }
        other => panic!("not busy: {other:?}"),
    }
}

#[tokio::test]
async fn call_that_would_be_refused_gets_the_set_response() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.respond("MakeCall", json!({}), 1).unwrap();
    let client = client(&endpoint);
    let call = || client.make_call().instance_id("nowhere").device_id("d").callee("13188888888").send();
    assert!(call().await.is_ok());
    assert_eq!(call().await.unwrap_err().code(), Some("NotExists.InstanceId"));
}

#[tokio::test]
async fn client_with_a_wrong_key_gets_no_set_response() {
    let endpoint = MockEndpoint::start().await.unwrap();
    endpoint.respond("PollUserStatus", json!({}), 1).unwrap();
    let wrong = ccc_api::Credentials::new("testid", "wrong");
    let config = endpoint.config().to_builder().credentials(wrong).build().unwrap();
    let poll =
        Client::new(config).unwrap().poll_user_status().instance_id("ccc-test").user_id("u").send().await;
    assert_eq!(poll.unwrap_err().code(), Some("SignatureDoesNotMatch"));
}
