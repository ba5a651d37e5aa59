//! Tests of a call's state, as derived from a response.

use super::{CallState, CallView};
use crate::types::{CallContext, CallType, ChannelContext, ChannelState, UserContext, UserState};

const AGENT: &str = "li@ccc-test";

fn channel(user: &str, state: ChannelState) -> ChannelContext {
    ChannelContext { user_id: Some(user.to_owned()), channel_state: Some(state), ..Default::default() }
}

fn own(state: ChannelState) -> ChannelContext {
    channel(AGENT, state)
}

fn customer(state: ChannelState) -> ChannelContext {
    channel("", state)
}

fn supervisor(state: ChannelState) -> ChannelContext {
    ChannelContext { call_type: Some(CallType::Monitor), ..channel("boss@ccc-test", state) }
}

fn view(channels: Vec<ChannelContext>, state: UserState) -> CallView {
    let job_id = Some("job-1".to_owned());
    let context = CallContext { job_id, channel_contexts: channels, ..Default::default() };
    let user_id = Some(AGENT.to_owned());
    let user = UserContext { user_id, user_state: Some(state), ..Default::default() };
    CallView::from_response(context, &user, None).expect("it names a call")
}

#[test]
fn state_of_a_call_follows_from_its_channels() {
    use ChannelState::{Answered, Created, EarlyMedia, Released, Ringing};
    let table = [
        (vec![own(Created), customer(Created)], CallState::Created),
        (vec![own(Answered), customer(Ringing)], CallState::Ringing),
        (vec![own(Answered), customer(EarlyMedia)], CallState::Ringing),
        (vec![own(Ringing), customer(Answered)], CallState::Ringing),
        (vec![own(Answered), customer(Answered)], CallState::Answered),
        (vec![own(Released), customer(Answered)], CallState::Released),
        // Everybody else has left.
        (vec![own(Answered), customer(Released)], CallState::Released),
        // A supervisor is no other party, and does not keep a call going.
        (vec![own(Answered), customer(Released), supervisor(Answered)], CallState::Released),
        (vec![own(Answered), customer(Ringing), supervisor(Answered)], CallState::Ringing),
        // The agent left the call and came back.
        (vec![own(Answered), customer(Answered), own(Released)], CallState::Answered),
        // Nobody else is there yet.
        (vec![own(Answered)], CallState::Created),
    ];
    for (row, (channels, state)) in table.into_iter().enumerate() {
        assert_eq!(view(channels, UserState::Dialing).state(), state, "row {row}");
    }
}

#[test]
fn state_of_a_call_without_a_channel_of_the_agent_follows_from_the_agents_state() {
    let table = [
        (UserState::Talking, CallState::Answered),
        (UserState::Ringing, CallState::Ringing),
        (UserState::Working, CallState::Released),
        (UserState::Ready, CallState::Released),
        (UserState::Offline, CallState::Released),
        // While the agent dials, the other channels decide.
        (UserState::Dialing, CallState::Ringing),
    ];
    for (user, state) in table {
        let name = format!("{user:?}");
        assert_eq!(view(vec![customer(ChannelState::Ringing)], user).state(), state, "{name}");
    }
}

#[test]
fn a_call_that_was_just_placed_is_not_over_because_the_agent_was_ready() {
    let placed = view(vec![customer(ChannelState::Created)], UserState::Ready).placed();
    assert_eq!(placed.state(), CallState::Created);
}

#[test]
fn a_call_that_was_just_placed_is_over_if_its_channels_are_released() {
    let placed = view(vec![own(ChannelState::Released)], UserState::Ready).placed();
    assert_eq!(placed.state(), CallState::Released);
}

#[test]
fn a_response_that_names_no_call_has_no_view() {
    assert!(CallView::from_response(CallContext::default(), &UserContext::default(), None).is_none());
}
