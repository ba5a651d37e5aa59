//! Tests of finding calls: after a restart, after a lost response, and inbound calls.

use ccc_api::desk::{CallState, Waited};
use ccc_api::mock::{Fault, USER};
use ccc_api::types::UserState;

use crate::office::{CUSTOMER, GROUP, LONG, Office, state};

#[tokio::test]
async fn a_desk_that_was_made_after_a_restart_finds_the_call_and_goes_on() {
    let office = Office::open().await;
    let job = {
        let desk = office.ready(USER).await;
        office.answered(&desk).await.job_id().to_owned()
    };
    let call = office.builder(USER).build().current_call().await.unwrap().unwrap();
    assert_eq!((call.job_id(), call.view().state()), (&*job, CallState::Answered));
    call.hold().await.unwrap();
    call.release().await.unwrap();
}

#[tokio::test]
async fn after_call_work_is_not_a_current_call() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.answered(&desk).await.release().await.unwrap();
    assert_eq!(state(&desk).await, UserState::Working);
    assert!(desk.current_call().await.unwrap().is_none());
}

#[tokio::test]
async fn a_call_whose_response_is_lost_may_have_been_placed_and_is_found() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.endpoint.inject(Fault::LoseResponse, 1);
    let error = desk.call(CUSTOMER).await.unwrap_err();
    assert!(error.may_have_been_placed());
    let call = desk.find_call(CUSTOMER).await.unwrap().unwrap();
    assert_eq!(call.view().state(), CallState::Created);
}

#[tokio::test]
async fn a_call_is_found_by_its_number_with_the_country_code() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    desk.call(CUSTOMER).await.unwrap();
    assert!(desk.find_call(&format!("+86{CUSTOMER}")).await.unwrap().is_some());
}

#[tokio::test]
async fn a_call_to_another_number_is_not_found() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    desk.call(CUSTOMER).await.unwrap();
    assert!(desk.find_call("13199999999").await.unwrap().is_none());
}

#[tokio::test]
async fn an_inbound_call_is_not_found_as_one_that_was_placed() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.centre.call_in(CUSTOMER, "0109898989", GROUP).unwrap();
    assert!(desk.find_call(CUSTOMER).await.unwrap().is_none());
}

#[tokio::test]
async fn a_refused_call_was_not_placed() {
    let office = Office::open().await;
    let error = office.builder(USER).build().call(CUSTOMER).await.unwrap_err();
    assert!(error.refusal().is_some() && !error.may_have_been_placed());
}

#[tokio::test]
async fn an_inbound_call_is_answered() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let job = office.centre.call_in(CUSTOMER, "0109898989", GROUP).unwrap();
    let call = desk.wait_for_call(LONG).await.unwrap().unwrap();
    assert_eq!((call.job_id(), call.view().state()), (&*job, CallState::Ringing));
    call.answer().await.unwrap();
    assert_eq!(call.view().state(), CallState::Answered);
}

#[tokio::test]
async fn an_inbound_call_is_rejected() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.centre.call_in(CUSTOMER, "0109898989", GROUP).unwrap();
    let call = desk.wait_for_call(LONG).await.unwrap().unwrap();
    call.release().await.unwrap();
    assert_eq!(call.wait_until(CallState::Released, LONG).await.unwrap(), Waited::Reached);
    assert_eq!(desk.status().await.unwrap().break_code(), Some("RejectCall"));
}

#[tokio::test]
async fn an_inbound_call_that_a_phone_answered_by_itself_ends_the_wait() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.centre.call_in(CUSTOMER, "0109898989", GROUP).unwrap();
    desk.current_call().await.unwrap().unwrap().answer().await.unwrap();
    let call = desk.wait_for_call(LONG).await.unwrap().unwrap();
    assert_eq!(call.view().state(), CallState::Answered);
}
