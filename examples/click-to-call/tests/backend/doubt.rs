//! Calls that may have been placed although no response says so.

use std::time::Duration;

use ccc_api::mock::{Fault, USER};
use serde_json::json;

use crate::support::{NUMBER, Site};

#[tokio::test]
async fn a_lost_response_leaves_a_phone_that_may_be_ringing() {
    let site = Site::open().await;
    site.lose_a_response();
    let call = site.call(USER, NUMBER).await;
    assert_eq!((call.status.as_u16(), site.calls_asked_for()), (502, 1));
    assert_eq!((&call.body["may_be_ringing"], &call.body["look"]), (&json!(true), &json!("/calls/1")));
}

#[tokio::test]
async fn a_response_that_is_too_late_leaves_a_phone_that_may_be_ringing() {
    let site = Site::with(|config| config.attempt_timeout(Duration::from_millis(500)), |_| {}).await;
    site.sign_in(USER).await;
    site.endpoint.inject(Fault::Delay(Duration::from_secs(5)), 1);
    let call = site.call(USER, NUMBER).await;
    assert_eq!((call.status.as_u16(), &call.body["may_be_ringing"]), (504, &json!(true)));
}

#[tokio::test]
async fn a_call_in_doubt_that_goes_on_is_found_at_its_agent() {
    let site = Site::open().await;
    site.lose_a_response();
    site.call(USER, NUMBER).await;
    site.centre.step(Duration::from_secs(1));
    assert_eq!(site.get("/calls/1").await.body["state"], "ringing");
}

#[tokio::test]
async fn a_call_in_doubt_that_has_ended_is_found_among_the_records() {
    let site = Site::open().await;
    site.lose_a_response();
    site.call(USER, NUMBER).await;
    site.centre.step(Duration::from_secs(1));
    site.centre.reject(NUMBER).unwrap();
    site.centre.step(Duration::from_secs(5));
    assert_eq!(site.get("/calls/1").await.body["record"]["outcome"], "rejected");
}

/// A backend with a call in doubt that was not placed: the agent is not signed in, and the refusal was lost.
async fn with_a_false_alarm(doubt: Duration) -> Site {
    let site = Site::with(|config| config, |settings| settings.doubt = doubt).await;
    site.lose_a_response();
    site.call(USER, NUMBER).await;
    site.sign_in(USER).await;
    site
}

#[tokio::test]
async fn nobody_calls_a_number_again_that_may_be_ringing() {
    let site = with_a_false_alarm(Duration::from_secs(60)).await;
    let again = site.call(USER, NUMBER).await;
    assert_eq!((again.status.as_u16(), site.calls_asked_for()), (409, 1));
    assert_eq!(
        (&again.body["error"], &again.body["look"]),
        (&json!("earlier_call_may_be_ringing"), &json!("/calls/1"))
    );
}

#[tokio::test]
async fn a_number_may_be_called_again_once_its_call_in_doubt_is_found() {
    let site = Site::open().await;
    let li = site.add_agent("li").await;
    site.lose_a_response();
    site.call(USER, NUMBER).await;
    assert_eq!(site.call(&li, NUMBER).await.status, 201);
}

#[tokio::test]
async fn a_call_without_any_sign_for_long_enough_was_not_placed() {
    let site = with_a_false_alarm(Duration::ZERO).await;
    let call = site.get("/calls/1").await;
    let no_sign = json!("no_sign_of_the_call");
    assert_eq!((&call.body["state"], &call.body["error"]), (&json!("not_placed"), &no_sign));
    assert_eq!(site.call(USER, NUMBER).await.status, 201, "the number is free again");
}
