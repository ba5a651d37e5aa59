//! An agent's desk against a call centre that remembers, over real sockets.
#![cfg(all(feature = "desk", feature = "mock"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::{Duration, Instant};

use ccc_api::Client;
use ccc_api::desk::{Call, CallState, CallView, Desk, DeskBuilder, DeskError, Event, Events, To, Waited};
use ccc_api::mock::world::{Behaviour, CallCentre, CallCentreBuilder};
use ccc_api::mock::{Fault, INSTANCE, MockEndpoint, USER};
use ccc_api::operation::hold_call::HoldCallError;
use ccc_api::operation::poll_user_status::PollUserStatusError;
use ccc_api::retry::RetryPolicy;
use ccc_api::types::UserState;

const GROUP: &str = "skill-group@ccc-test";
const LI: &str = "li@ccc-test";
const CUSTOMER: &str = "13188888888";
/// Nothing here takes so long.
const LONG: Duration = Duration::from_secs(20);

/// A call centre, and what a test needs around it.
struct Office {
    centre: CallCentre,
    endpoint: MockEndpoint,
}

impl Office {
    /// Its clock stands until it is stepped, and callees do as they are told.
    async fn open() -> Self {
        Self::of(CallCentre::builder().stepped().agent("li").behaviour(Behaviour::Waits)).await
    }

    async fn of(centre: CallCentreBuilder) -> Self {
        let centre = centre.build();
        let endpoint = MockEndpoint::builder().world(centre.clone()).start().await.unwrap();
        Self { centre, endpoint }
    }

    /// Sends each request once.
    fn client(&self) -> Client {
        Client::new(self.endpoint.config().to_builder().retry(RetryPolicy::never()).build().unwrap()).unwrap()
    }

    fn builder(&self, user: &str) -> DeskBuilder {
        let quick = Duration::from_millis(5);
        Desk::builder(self.client(), INSTANCE).user(user).interval(quick).idle_interval(4 * quick)
    }

    /// A desk of an agent who is ready.
    async fn ready(&self, user: &str) -> Desk {
        let desk = self.builder(user).build();
        desk.sign_in([GROUP]).await.unwrap();
        desk.ready().await.unwrap();
        desk
    }

    /// A call of the agent's that was answered.
    async fn answered(&self, desk: &Desk) -> Call {
        let call = desk.call(CUSTOMER).await.unwrap();
        self.step(1);
        self.centre.answer(CUSTOMER).unwrap();
        assert_eq!(call.wait_until(CallState::Answered, LONG).await.unwrap(), Waited::Reached);
        call
    }

    fn step(&self, seconds: u64) {
        self.centre.step(Duration::from_secs(seconds));
    }

    /// The last request of an operation: one of its parameters.
    fn sent(&self, action: &str, parameter: &str) -> Option<String> {
        let requests = self.endpoint.requests();
        let request = requests.iter().rev().find(|request| request.action() == action)?;
        request.parameter(parameter).map(str::to_owned)
    }
}

async fn state(desk: &Desk) -> UserState {
    desk.status().await.unwrap().state().clone()
}

/// The next event that suits; others may come before it.
async fn event<T>(events: &mut Events, suits: impl Fn(Event) -> Option<T>) -> T {
    let found = async {
        loop {
            if let Some(found) = suits(events.next().await.unwrap()) {
                return found;
            }
        }
    };
    tokio::time::timeout(LONG, found).await.unwrap()
}

fn changed(event: Event) -> Option<UserState> {
    match event {
        Event::Changed(status) => Some(status.state().clone()),
        _ => None,
    }
}

fn failed(event: Event) -> Option<bool> {
    match event {
        Event::Failed(error) => Some(error.is_throttled()),
        _ => None,
    }
}

#[tokio::test]
async fn a_day_goes_from_sign_in_over_a_held_and_transferred_call_to_sign_out() {
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
async fn a_call_goes_from_created_over_ringing_to_answered() {
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
async fn whatever_else_make_call_takes_is_sent() {
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
async fn the_agent_is_muted_and_heard_again() {
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
async fn a_wait_for_the_end_is_reached_when_the_customer_hangs_up() {
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
    let waited = call.wait_until(CallState::Answered, Duration::from_millis(100)).await;
    assert_eq!(waited.unwrap(), Waited::TimedOut);
    assert!(begun.elapsed() < LONG / 4);
}

#[tokio::test]
async fn a_wait_ends_in_time_though_the_service_does_not_respond() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let call = desk.call(CUSTOMER).await.unwrap();
    office.endpoint.inject(Fault::Delay(LONG), 1);
    let begun = Instant::now();
    let waited = call.wait_until(CallState::Answered, Duration::from_millis(100)).await;
    assert_eq!(waited.unwrap(), Waited::TimedOut);
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
async fn a_wait_that_only_failed_ends_with_the_last_failure() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.endpoint.inject(Fault::Throttle, 1000);
    let error = desk.wait_for_call(Duration::from_millis(100)).await.unwrap_err();
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
async fn after_work_of_a_call_is_no_current_call() {
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
    let call = desk.current_call().await.unwrap().unwrap();
    assert_eq!(call.view().state(), CallState::Created);
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
async fn a_wait_for_a_call_gives_none_when_nobody_calls() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    assert!(desk.wait_for_call(Duration::from_millis(50)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_transfer_after_consulting_hands_the_call_over() {
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
async fn a_transfer_that_is_cancelled_leaves_the_customer_to_the_agent() {
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
async fn events_tell_of_each_change() {
    let office = Office::open().await;
    let desk = office.builder(USER).build();
    let mut events = desk.events().unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Offline);
    desk.sign_in([GROUP]).await.unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Break);
    desk.ready().await.unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Ready);
    desk.call(CUSTOMER).await.unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Dialing);
}

#[tokio::test]
async fn a_receiver_that_comes_later_is_told_what_is_so_first() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let mut first = desk.events().unwrap();
    event(&mut first, changed).await;
    office.endpoint.inject(Fault::Delay(LONG), 1000);
    let mut second = desk.clone().events().unwrap();
    assert_eq!(event(&mut second, changed).await, UserState::Ready);
}

#[tokio::test]
async fn polls_become_rare_while_nothing_changes() {
    let office = Office::open().await;
    let ready = office.ready(USER).await;
    let desk = office.builder(USER).interval(Duration::from_millis(10)).idle_interval(LONG).build();
    drop(ready);
    let before = office.endpoint.request_count();
    let _events = desk.events().unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    // After 0, 10, 30, 70, 150, 310 and 630 ms.
    let polls = office.endpoint.request_count() - before;
    assert!((2..=7).contains(&polls), "{polls}");
}

#[tokio::test]
async fn the_poller_survives_throttling_and_closed_connections_and_tells_of_them() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.endpoint.inject(Fault::Throttle, 1);
    office.endpoint.inject(Fault::Close, 1);
    let mut events = desk.events().unwrap();
    assert!(event(&mut events, failed).await);
    assert!(!event(&mut events, failed).await);
    assert_eq!(event(&mut events, changed).await, UserState::Ready);
}

#[tokio::test]
async fn polling_ends_with_the_last_receiver() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let mut events = desk.events().unwrap();
    let other = desk.events().unwrap();
    event(&mut events, changed).await;
    drop(events);
    let seen = office.endpoint.request_count();
    tokio::time::timeout(LONG, office.endpoint.wait_for_requests(seen + 5)).await.unwrap();
    drop(other);
    // One that was under way may still arrive.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let seen = office.endpoint.request_count();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(office.endpoint.request_count(), seen);
}

#[tokio::test]
async fn polling_begins_anew_with_a_new_receiver() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    drop(desk.events().unwrap());
    let mut events = desk.events().unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Ready);
}

#[test]
fn there_are_no_events_without_a_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let office = runtime.block_on(Office::open());
    assert!(office.builder(USER).build().events().is_err());
}

#[tokio::test]
async fn two_thousand_polls_leave_no_task_behind() {
    let office = Office::open().await;
    let desk = office.builder(USER).interval(Duration::from_millis(1)).idle_interval(Duration::ZERO).build();
    desk.sign_in([GROUP]).await.unwrap();
    let alive = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let (before, polled) = (alive(), office.endpoint.request_count());
    for _ in 0..20 {
        let _events = desk.events().unwrap();
        let so_far = office.endpoint.request_count();
        tokio::time::timeout(LONG, office.endpoint.wait_for_requests(so_far + 100)).await.unwrap();
    }
    assert!(office.endpoint.request_count() - polled >= 2000);
    // Tasks of connections that were given up end by themselves.
    let settled = async {
        while alive() > before {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(LONG, settled).await.unwrap();
}
