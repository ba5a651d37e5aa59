//! Tests of waits with a time limit.

use std::time::{Duration, Instant};

use ccc_api::desk::{CallState, Desk, DeskError, Waited};
use ccc_api::mock::{Fault, USER};
use ccc_api::operation::poll_user_status::PollUserStatusError;
use ccc_api::types::UserState;

use crate::office::{CUSTOMER, GROUP, LONG, Office, state};

#[tokio::test]
async fn a_wait_for_an_answer_ends_when_the_callee_is_busy() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    office.step(1);
    office.centre.busy(CUSTOMER).unwrap();
    assert_eq!(call.wait_until(CallState::Answered, LONG).await.unwrap(), Waited::Released);
    assert_eq!(state(&desk).await, UserState::Ready);
}

#[tokio::test]
async fn a_wait_for_an_answer_ends_when_it_has_rung_for_too_long() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    office.step(1);
    let waiting = call.wait_until(CallState::Answered, LONG);
    let (waited, ()) = tokio::join!(waiting, async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        office.step(60);
    });
    assert_eq!(waited.unwrap(), Waited::Released);
}

#[tokio::test]
async fn a_wait_for_the_end_ends_when_the_customer_hangs_up() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    office.centre.hang_up(CUSTOMER).unwrap();
    assert_eq!(call.wait_until(CallState::Released, LONG).await.unwrap(), Waited::Reached);
    assert_eq!(call.view().release_reason(), Some("200 - OK"));
}

#[tokio::test]
async fn a_wait_ends_when_time_is_up() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    let begun = Instant::now();
    let waited = call.wait_until(CallState::Answered, Duration::from_secs(2)).await;
    assert_eq!(waited.unwrap(), Waited::TimedOut);
    assert!(begun.elapsed() < LONG / 4);
}

#[tokio::test]
async fn a_wait_ends_in_time_even_if_the_service_does_not_respond() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    office.endpoint.inject(Fault::Delay(LONG), 1);
    let begun = Instant::now();
    let waited = call.wait_until(CallState::Answered, Duration::from_millis(100)).await;
    assert!(matches!(waited, Err(DeskError::NoResponse)));
    assert!(begun.elapsed() < LONG / 4);
}

#[tokio::test]
async fn a_wait_outlasts_throttling_and_closed_connections() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    office.step(1);
    office.centre.answer(CUSTOMER).unwrap();
    office.endpoint.inject(Fault::Throttle, 2);
    office.endpoint.inject(Fault::Close, 2);
    assert_eq!(call.wait_until(CallState::Answered, LONG).await.unwrap(), Waited::Reached);
}

#[tokio::test]
async fn a_wait_whose_polls_all_fail_ends_with_the_last_failure() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.endpoint.inject(Fault::Throttle, 1000);
    let error = desk.wait_for_call(Duration::from_secs(2)).await.unwrap_err();
    assert!(error.is_throttled());
}

#[tokio::test]
async fn a_refusal_ends_a_wait_at_once() {
    let office = Office::open().await;
    let desk = Desk::new(office.client(), "no-such-instance");
    let begun = Instant::now();
    let error = desk.wait_for_call(LONG).await.unwrap_err();
    assert!(matches!(error.refusal(), Some(PollUserStatusError::NotExistsInstanceId { .. })));
    assert!(begun.elapsed() < LONG / 4);
}

#[tokio::test]
async fn a_wait_for_a_call_ends_without_one_when_nobody_calls() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    assert!(desk.wait_for_call(Duration::from_secs(2)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_wait_polls_once_more_before_its_end() {
    let office = Office::open().await;
    office.ready(USER).await;
    // Polls come after 0, 500 and 1500 ms. The next one would come after 3500 ms, which is too late.
    let desk = office.builder(USER).interval(Duration::from_millis(500)).idle_interval(LONG).build();
    let waiting = desk.wait_for_call(Duration::from_secs(3));
    let (found, ()) = tokio::join!(waiting, async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        office.centre.call_in(CUSTOMER, "0109898989", GROUP).unwrap();
    });
    assert!(found.unwrap().is_some());
}
