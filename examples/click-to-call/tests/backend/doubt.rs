//! Tests of calls that may have been placed although no response says so.

use std::time::{Duration, SystemTime};

use ccc_api::interceptor::{Attempt, BoxError, Interceptor};
use ccc_api::mock::world::PastCall;
use ccc_api::mock::{Fault, INSTANCE, USER};
use ccc_api::transport::http::HeaderMap;
use serde_json::json;

use crate::support::{NUMBER, Site};

#[tokio::test]
async fn after_a_lost_response_the_phone_may_be_ringing() {
    let site = Site::open().await;
    site.lose_a_response();
    let call = site.call(USER, NUMBER).await;
    assert_eq!((call.status.as_u16(), site.calls_asked_for()), (502, 1));
    assert_eq!((&call.body["may_be_ringing"], &call.body["look"]), (&json!(true), &json!("/calls/1")));
}

#[tokio::test]
async fn after_a_late_response_the_phone_may_be_ringing() {
    let site = Site::with(|config| config.attempt_timeout(Duration::from_secs(1)), |_| {}).await;
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

/// Makes a backend with a call in doubt that was not placed: the agent is not signed in, and the refusal was lost.
async fn with_a_false_alarm(doubt: Duration) -> Site {
    let site = Site::with(|config| config, |settings| settings.doubt = doubt).await;
    site.lose_a_response();
    site.call(USER, NUMBER).await;
    site.sign_in(USER).await;
    site
}

#[tokio::test]
async fn a_number_that_may_be_ringing_is_not_called_again() {
    let site = with_a_false_alarm(Duration::from_secs(60)).await;
    let again = site.call(USER, NUMBER).await;
    assert_eq!((again.status.as_u16(), site.calls_asked_for()), (409, 1));
    assert_eq!(
        (&again.body["error"], &again.body["look"]),
        (&json!("earlier_call_may_be_ringing"), &json!("/calls/1"))
    );
}

#[tokio::test]
async fn a_number_may_be_called_again_when_its_call_in_doubt_is_found() {
    let site = Site::open().await;
    let li = site.add_agent("li").await;
    site.lose_a_response();
    site.call(USER, NUMBER).await;
    assert_eq!(site.call(&li, NUMBER).await.status, 201);
}

#[tokio::test]
async fn a_number_is_the_same_with_its_country_code() {
    let site = with_a_false_alarm(Duration::from_secs(60)).await;
    let again = site.call(USER, &format!("+86{NUMBER}")).await;
    assert_eq!((again.status.as_u16(), &again.body["look"]), (409, &json!("/calls/1")));
}

#[tokio::test]
async fn a_number_that_is_being_called_is_not_called_again() {
    let site = Site::with(|config| config, |settings| settings.patience = Duration::ZERO).await;
    let li = site.add_agent("li").await;
    site.sign_in(USER).await;
    site.endpoint.inject(Fault::Delay(Duration::from_secs(2)), 1);
    assert_eq!(site.call(USER, NUMBER).await.body["state"], "placing");
    let again = site.call(&li, NUMBER).await;
    assert_eq!((again.status.as_u16(), &again.body["look"]), (409, &json!("/calls/1")));
}

#[tokio::test]
async fn after_a_failed_look_the_phone_may_be_ringing() {
    let site = with_a_false_alarm(Duration::from_secs(60)).await;
    site.endpoint.inject(Fault::Throttle, 3);
    let look = site.get("/calls/1").await;
    assert_eq!((look.status.as_u16(), &look.body["may_be_ringing"]), (429, &json!(true)));
    site.endpoint.inject(Fault::Throttle, 3);
    let again = site.call(USER, NUMBER).await;
    assert_eq!((again.status.as_u16(), &again.body["may_be_ringing"]), (429, &json!(true)));
}

#[tokio::test]
async fn an_agent_who_does_not_exist_is_in_no_call() {
    let site = Site::with(|config| config, |settings| settings.doubt = Duration::ZERO).await;
    site.lose_a_response();
    site.call("nobody@ccc-test", NUMBER).await;
    assert_eq!(site.get("/calls/1").await.body["state"], "in_doubt");
    assert_eq!(site.get("/calls/1").await.body["state"], "not_placed");
}

#[tokio::test]
async fn a_call_stays_in_doubt_while_its_agent_is_in_a_call_that_may_be_this_one() {
    let site = with_a_false_alarm(Duration::ZERO).await;
    let call = site.workbench.make_call().instance_id(INSTANCE).device_id("desk-1");
    call.user_id(USER).callee("13199999999").send().await.unwrap();
    for _ in 0..3 {
        assert_eq!(site.get("/calls/1").await.body["state"], "in_doubt");
    }
}

#[tokio::test]
async fn an_earlier_call_to_the_same_number_is_not_taken_for_the_one_in_doubt() {
    let site = with_a_false_alarm(Duration::from_secs(60)).await;
    let (user, caller, callee) = (USER.to_owned(), "0109898989".to_owned(), NUMBER.to_owned());
    let (started, talked) = (SystemTime::now() - Duration::from_secs(30), Duration::from_secs(5));
    site.centre.add_record(&PastCall { user, caller, callee, inbound: false, started, talked }).unwrap();
    assert_eq!(site.get("/calls/1").await.body["state"], "in_doubt");
}

/// Panics while a call is being placed.
#[derive(Debug)]
struct Panics;

impl Interceptor for Panics {
    fn before_signing(&self, attempt: &Attempt<'_>, _: &mut HeaderMap) -> Result<(), BoxError> {
        assert_ne!(attempt.operation(), "MakeCall");
        Ok(())
    }
}

#[tokio::test]
async fn a_call_whose_task_panicked_is_in_doubt() {
    let site = Site::with(|config| config.interceptor(Panics), |_| {}).await;
    let call = site.call(USER, NUMBER).await;
    assert_eq!((&call.body["state"], &call.body["error"]), (&json!("in_doubt"), &json!("interrupted")));
}

#[tokio::test]
async fn a_call_of_which_two_looks_find_no_sign_was_not_placed() {
    let site = with_a_false_alarm(Duration::ZERO).await;
    assert_eq!(site.get("/calls/1").await.body["state"], "in_doubt", "one look is not enough");
    let call = site.get("/calls/1").await;
    let no_sign = json!("no_sign_of_the_call");
    assert_eq!((&call.body["state"], &call.body["error"]), (&json!("not_placed"), &no_sign));
    assert_eq!(site.call(USER, NUMBER).await.status, 201, "the number is free again");
}
