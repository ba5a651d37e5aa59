//! Tests of the responses to a browser when a call was certainly not placed.

use ccc_api::mock::{Fault, INSTANCE, USER};
use serde_json::{Value, json};

use crate::support::{NUMBER, Response, Site, send};

fn failure(response: &Response) -> (u16, &Value, &Value) {
    (response.status.as_u16(), &response.body["error"], &response.body["may_be_ringing"])
}

#[tokio::test]
async fn an_agent_who_is_in_a_call_cannot_begin_another() {
    let site = Site::open().await;
    site.call(USER, NUMBER).await;
    let second = site.call(USER, "13199999999").await;
    assert_eq!(failure(&second), (409, &json!("agent_is_not_free"), &json!(false)));
}

#[tokio::test]
async fn a_colleague_who_is_in_a_call_is_busy() {
    let site = Site::open().await;
    let li = site.add_agent("li").await;
    site.call(&li, NUMBER).await;
    let status = site.workbench.poll_user_status().instance_id(INSTANCE).user_id(&li).send().await.unwrap();
    let extension = status.data.user_context.extension.clone().unwrap();
    let call = site.call(USER, &extension).await;
    assert_eq!(failure(&call), (409, &json!("callee_is_busy"), &json!(false)));
}

#[tokio::test]
async fn an_unknown_agent_is_not_found() {
    let site = Site::open().await;
    let call = site.call("nobody@ccc-test", NUMBER).await;
    assert_eq!(failure(&call), (404, &json!("no_such_agent"), &json!(false)));
}

#[tokio::test]
async fn response_to_a_throttled_call_says_when_to_try_again() {
    let site = Site::open().await;
    site.endpoint.inject(Fault::Throttle, 3);
    let call = site.call(USER, NUMBER).await;
    assert_eq!(failure(&call), (429, &json!("too_many_requests"), &json!(false)));
    assert_eq!(call.retry_after.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_call_that_was_not_placed_keeps_its_error() {
    let site = Site::open().await;
    site.call("nobody@ccc-test", NUMBER).await;
    let call = site.get("/calls/1").await;
    assert_eq!((&call.body["state"], &call.body["error"]), (&json!("not_placed"), &json!("no_such_agent")));
}

#[tokio::test]
async fn an_unknown_call_is_not_found() {
    let site = Site::open().await;
    assert_eq!(failure(&site.get("/calls/7").await), (404, &json!("no_such_call"), &json!(false)));
}

#[tokio::test]
async fn an_invalid_order_is_refused_before_anything_is_sent() {
    let site = Site::open().await;
    let call = site.call(USER, "my number").await;
    assert_eq!((failure(&call), site.calls_asked_for()), ((422, &json!("invalid"), &json!(false)), 0));
}

#[tokio::test]
async fn a_refusal_does_not_repeat_the_number() {
    let site = Site::open().await;
    let order = json!({ "agent": USER, "number": NUMBER.parse::<u64>().unwrap() });
    let response = send(site.order(&order)).await;
    assert_eq!((response.status.as_u16(), response.text.contains(NUMBER)), (422, false));
}

#[tokio::test]
async fn a_call_is_returned_with_a_masked_number() {
    let site = Site::open().await;
    assert_eq!(site.call(USER, NUMBER).await.body["number"], "********888");
}
