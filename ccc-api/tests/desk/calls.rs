//! Tests of a call from placing it to its end, with everything that a desk can do to it.

use std::time::Duration;

use ccc_api::desk::{CallState, CallView, Desk, DeskError, To, Waited};
use ccc_api::mock::{Fault, INSTANCE, USER};
use ccc_api::operation::hold_call::HoldCallError;
use ccc_api::types::UserState;
use serde_json::json;

use crate::office::{CUSTOMER, GROUP, LI, LONG, Office, state};

#[tokio::test]
async fn a_working_day_with_a_held_and_transferred_call() {
    let office = Office::open().await;
    let desk = office.builder(USER).build();
    desk.sign_in([GROUP]).await.unwrap();
    let status = desk.status().await.unwrap();
    assert_eq!((status.state(), status.break_code()), (&UserState::Break, Some("Warm-up")));
    assert_eq!(status.skill_groups(), [GROUP]);
    desk.ready().await.unwrap();
    let other = office.ready(LI).await;

    let call = office.answered(&desk).await;
    call.hold().await.unwrap();
    assert!(call.view().held_channel().is_some());
    call.retrieve().await.unwrap();
    assert!(call.view().held_channel().is_none());
    call.transfer_to(To::agent(LI)).await.unwrap();
    assert_eq!(call.view().state(), CallState::Released);
    assert_eq!(state(&desk).await, UserState::Working);

    let transferred = other.wait_for_call(LONG).await.unwrap().unwrap();
    assert_eq!(transferred.job_id(), call.job_id());
    transferred.answer().await.unwrap();
    assert_eq!(transferred.look().await.unwrap().state(), CallState::Answered);
    transferred.release().await.unwrap();
    assert_eq!(transferred.view().state(), CallState::Released);

    office.step(11);
    assert_eq!(state(&desk).await, UserState::Ready);
    desk.take_break("lunch").await.unwrap();
    assert_eq!(desk.status().await.unwrap().break_code(), Some("lunch"));
    desk.sign_out().await.unwrap();
    assert_eq!(state(&desk).await, UserState::Offline);
}

#[tokio::test]
async fn a_call_is_created_then_ringing_then_answered() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    let mut states = vec![call.view().state()];
    office.step(1);
    states.push(call.look().await.unwrap().state());
    office.centre.answer(CUSTOMER).unwrap();
    states.push(call.look().await.unwrap().state());
    assert_eq!(states, [CallState::Created, CallState::Ringing, CallState::Answered]);
}

#[tokio::test]
async fn other_parameters_of_make_call_are_sent() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    desk.call_with(CUSTOMER, |request| request.timeout_seconds = Some(30)).await.unwrap();
    assert_eq!(office.sent("MakeCall", "TimeoutSeconds").as_deref(), Some("30"));
}

#[tokio::test]
async fn the_customer_is_held_and_the_same_channel_is_retrieved() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    call.hold().await.unwrap();
    call.retrieve().await.unwrap();
    let held = office.sent("HoldCall", "ChannelId").unwrap();
    assert!(held.starts_with("ch:customer:"));
    assert_eq!(office.sent("RetrieveCall", "ChannelId"), Some(held));
}

#[tokio::test]
async fn the_agent_is_muted_and_unmuted() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    call.mute().await.unwrap();
    assert!(call.look().await.unwrap().is_muted());
    call.unmute().await.unwrap();
    assert!(!call.look().await.unwrap().is_muted());
}

#[tokio::test]
async fn keys_go_to_the_customer() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.answered(&desk).await.keys("123#").await.unwrap();
    assert_eq!(office.sent("SendDtmfSignaling", "Dtmf").as_deref(), Some("123#"));
    assert!(office.sent("SendDtmfSignaling", "ChannelId").unwrap().starts_with("ch:customer:"));
}

#[tokio::test]
async fn a_second_hold_is_refused_with_the_typed_error() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    call.hold().await.unwrap();
    let error = call.hold().await.unwrap_err();
    assert!(matches!(error.refusal(), Some(HoldCallError::InvalidOperationChannelState { .. })));
}

#[tokio::test]
async fn a_call_that_is_over_cannot_be_held_and_nothing_is_sent() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    office.centre.hang_up(CUSTOMER).unwrap();
    assert!(matches!(call.hold().await, Err(DeskError::NoChannel)));
    assert_eq!(office.sent("HoldCall", "JobId"), None);
}

#[tokio::test]
async fn a_completed_transfer_connects_the_customer_with_the_colleague() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let other = office.ready(LI).await;
    let call = office.answered(&desk).await;
    call.consult(To::agent(LI)).await.unwrap();
    assert!(!call.view().consulted_answered());
    let consulted = other.wait_for_call(LONG).await.unwrap().unwrap();
    consulted.answer().await.unwrap();
    assert_eq!(call.wait_for(LONG, CallView::consulted_answered).await.unwrap(), Waited::Reached);
    call.complete_transfer().await.unwrap();
    assert_eq!(call.view().state(), CallState::Released);
    assert_eq!(consulted.look().await.unwrap().state(), CallState::Answered);
}

#[tokio::test]
async fn a_cancelled_transfer_connects_the_customer_with_the_agent() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    call.consult(To::number("02100000000")).await.unwrap();
    assert!(call.view().consulted().is_some());
    call.cancel_transfer().await.unwrap();
    let view = call.look().await.unwrap();
    assert!(view.consulted().is_none());
    assert_eq!(view.state(), CallState::Answered);
}

#[tokio::test]
async fn no_phone_number_is_shown() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    let status = desk.status().await.unwrap();
    let refused = desk.call(CUSTOMER).await.unwrap_err();
    let to = To::number(CUSTOMER);
    let shown = format!("{desk:?} {call:?} {:?} {status:?} {refused:?} {refused} {to:?}", call.view());
    assert!(!shown.contains(CUSTOMER), "{shown}");
}

#[tokio::test]
async fn a_skill_group_gets_a_call_that_is_transferred_to_it() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let other = office.ready(LI).await;
    office.answered(&desk).await.transfer_to(To::skill_group(GROUP)).await.unwrap();
    assert_eq!(office.sent("BlindTransfer", "TransfereeType").as_deref(), Some("SKILL_GROUP"));
    assert!(other.wait_for_call(LONG).await.unwrap().is_some());
}

#[tokio::test]
async fn a_desk_without_a_user_is_that_of_the_credentials() {
    let office = Office::open().await;
    let desk = Desk::new(office.client(), INSTANCE);
    desk.sign_in([GROUP]).await.unwrap();
    desk.call(CUSTOMER).await.unwrap();
    assert_eq!(office.sent("MakeCall", "UserId"), None);
    assert_eq!(state(&office.builder(USER).build()).await, UserState::Dialing);
}

#[tokio::test]
async fn a_poll_that_is_older_than_a_later_response_is_ignored() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    // The poll's response is delayed, and the call is released meanwhile.
    office.endpoint.inject(Fault::Delay(Duration::from_millis(500)), 1);
    let (seen, ()) = tokio::join!(call.look(), async {
        let asked = office.endpoint.request_count() + 1;
        office.endpoint.wait_for_requests(asked).await;
        call.release().await.unwrap();
    });
    assert_eq!(seen.unwrap().state(), CallState::Released);
}

/// Makes the next polls too early to show a call that was just placed.
fn polls_lag(office: &Office, count: u64) {
    let user = json!({ "UserId": USER, "UserState": "Ready", "JobId": "" });
    let call = json!({ "JobId": "", "ChannelContexts": [] });
    let early = json!({ "Data": { "CallContext": call, "UserContext": user } });
    office.endpoint.respond("PollUserStatus", early, count).unwrap();
}

#[tokio::test]
async fn a_call_is_not_over_because_the_first_poll_does_not_show_it() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    polls_lag(&office, 1);
    let states = [call.look().await.unwrap().state(), call.look().await.unwrap().state()];
    assert_eq!(states, [CallState::Created; 2]);
}

#[tokio::test]
async fn a_call_that_two_polls_do_not_show_is_over() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    polls_lag(&office, 2);
    let states = [call.look().await.unwrap().state(), call.look().await.unwrap().state()];
    assert_eq!(states, [CallState::Created, CallState::Released]);
}

#[tokio::test]
async fn a_call_is_over_when_a_poll_no_longer_shows_it() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = office.answered(&desk).await;
    polls_lag(&office, 1);
    assert_eq!(call.look().await.unwrap().state(), CallState::Released);
}
