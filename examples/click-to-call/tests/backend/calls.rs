//! Tests of calls from the order to the record.

use std::time::Duration;

use ccc_api::mock::world::Behaviour;
use ccc_api::mock::{Fault, USER};
use serde_json::json;

use crate::support::{NUMBER, Site, send};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn state_of_a_call_follows_the_call() {
    let site = Site::open().await;
    let placed = site.call(USER, NUMBER).await;
    assert_eq!((placed.status.as_u16(), placed.location.as_deref()), (201, Some("/calls/1")));

    let mut states = Vec::new();
    states.push(site.get("/calls/1").await.body["state"].clone());
    site.centre.step(SECOND);
    states.push(site.get("/calls/1").await.body["state"].clone());
    site.centre.answer(NUMBER).unwrap();
    states.push(site.get("/calls/1").await.body["state"].clone());
    assert_eq!(states, ["dialling", "ringing", "talking"]);
}

#[tokio::test]
async fn a_call_that_was_answered_ends_with_its_record() {
    let site = Site::open().await;
    site.call(USER, NUMBER).await;
    site.centre.step(SECOND);
    site.centre.answer(NUMBER).unwrap();
    site.centre.step(30 * SECOND);
    site.centre.hang_up(NUMBER).unwrap();
    let right_after = site.get("/calls/1").await.body;
    assert_eq!((&right_after["state"], &right_after["record"]), (&json!("ended"), &json!(null)));

    site.centre.step(5 * SECOND);
    let later = site.get("/calls/1").await.body;
    let record = json!({ "outcome": "answered", "talked_seconds": 30, "recording_ready": true });
    assert_eq!((&later["state"], &later["record"]), (&json!("ended"), &record));
}

/// Places a call to a number that behaves in this way. Returns the outcome in its record.
async fn outcome(behaviour: Behaviour) -> String {
    let site = Site::open().await;
    site.centre.set_behaviour(NUMBER, behaviour);
    site.call(USER, NUMBER).await;
    site.centre.step(65 * SECOND);
    site.get("/calls/1").await.body["record"]["outcome"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_call_that_nobody_answers_is_unanswered() {
    assert_eq!(outcome(Behaviour::NeverAnswers).await, "unanswered");
}

#[tokio::test]
async fn a_call_to_a_busy_number_is_busy() {
    assert_eq!(outcome(Behaviour::Busy).await, "busy");
}

#[tokio::test]
async fn a_call_that_is_declined_is_rejected() {
    assert_eq!(outcome(Behaviour::Rejects { after: SECOND }).await, "rejected");
}

#[tokio::test]
async fn a_browser_need_not_wait_for_a_slow_call_centre() {
    let site = Site::with(|config| config, |settings| settings.patience = Duration::ZERO).await;
    site.sign_in(USER).await;
    site.endpoint.inject(Fault::Delay(Duration::from_millis(100)), 1);
    let response = site.call(USER, NUMBER).await;
    assert_eq!((response.status.as_u16(), &response.body["state"]), (202, &json!("placing")));
}

#[tokio::test]
async fn finish_waits_until_calls_are_placed() {
    let site = Site::with(|config| config, |settings| settings.patience = Duration::ZERO).await;
    site.sign_in(USER).await;
    site.endpoint.inject(Fault::Delay(Duration::from_millis(100)), 1);
    site.call(USER, NUMBER).await;
    site.app.finish().await;
    assert_eq!(site.get("/calls/1").await.body["state"], "dialling");
}

#[tokio::test]
async fn a_call_outlives_the_browser_that_asked_for_it() {
    let site = Site::open().await;
    site.endpoint.inject(Fault::Delay(Duration::from_millis(300)), 1);
    let order = || {
        let order = site.order(&json!({ "agent": USER, "number": NUMBER }));
        order.header("idempotency-key", "order-4711")
    };
    let under_way = site.endpoint.request_count() + 1;
    tokio::select! {
        _ = order().send() => panic!("the browser leaves before it gets a response"),
        _ = site.endpoint.wait_for_requests(under_way) => {}
    }
    let again = send(order()).await;
    assert_eq!((again.status.as_u16(), &again.body["id"], site.calls_asked_for()), (201, &json!(1), 1));
}
