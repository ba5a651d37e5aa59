//! What each operation does in a call centre. An operation without a handler here gets its page's sample as the response.

mod agents;
mod assigned_numbers;
mod calls;
mod instances;
mod lists;
mod live;
mod numbers;
mod paging;
mod recordings;
mod records;
mod reports;
mod skill_groups;
mod skill_levels;
mod supervision;
mod transfers;
mod users;
mod window;

#[cfg(test)]
#[cfg(feature = "all-areas")]
mod directory_tests;
#[cfg(test)]
mod tests;

use acs_mock::Refused;
use serde_json::Value;

use super::parameters::Parameters;
use super::refusals;
use super::state::agent::{Agent, UserState};
use super::state::{Instance, Millis, State};

/// Carries out an operation. Returns the `Data` of its response, or null if it has none.
pub(super) type Handler = fn(&mut Instance, Parameters<'_>) -> Result<Value, Refused>;

/// Finds the handler of an operation that acts on one instance.
pub(super) fn handler(action: &str) -> Option<Handler> {
    None.or_else(|| agents::handler(action))
        .or_else(|| assigned_numbers::handler(action))
        .or_else(|| calls::handler(action))
        .or_else(|| instances::handler(action))
        .or_else(|| live::handler(action))
        .or_else(|| numbers::handler(action))
        .or_else(|| recordings::handler(action))
        .or_else(|| records::handler(action))
        .or_else(|| reports::handler(action))
        .or_else(|| skill_groups::handler(action))
        .or_else(|| skill_levels::handler(action))
        .or_else(|| supervision::handler(action))
        .or_else(|| transfers::handler(action))
        .or_else(|| users::handler(action))
}

/// Carries out an operation that acts on more than one instance, at the given time.
pub(super) type StateHandler = fn(&mut State, Parameters<'_>, Millis) -> Result<Value, Refused>;

/// Finds the handler of an operation that acts on more than one instance.
pub(super) fn state_handler(action: &str) -> Option<StateHandler> {
    None.or_else(|| instances::state_handler(action)).or_else(|| numbers::state_handler(action))
}

/// Returns the field of the response that holds the data of an operation.
pub(super) fn field(action: &str) -> &'static str {
    if action == "ListAgentSummaryReportsSinceMidnight" { "PagedAgentSummaryReport" } else { "Data" }
}

/// Returns the user whom a request names, or else the one who sends it. Refuses if there is no such user.
fn user(instance: &Instance, parameters: Parameters<'_>) -> Result<String, Refused> {
    named_user(instance, parameters.get("UserId").or(instance.caller()).unwrap_or_default())
}

/// Refuses unless there is a user with this id.
fn named_user(instance: &Instance, user: &str) -> Result<String, Refused> {
    if instance.users.contains_key(user) && instance.agents.contains_key(user) {
        Ok(user.to_owned())
    } else {
        Err(refusals::no_user(user, &instance.id))
    }
}

/// Refuses unless the agent is in one of these states.
fn expect(instance: &Instance, user: &str, states: &[UserState]) -> Result<(), Refused> {
    let state = instance.agents.get(user).map_or(UserState::Offline, Agent::state);
    if states.contains(&state) { Ok(()) } else { Err(refusals::user_state(state, states)) }
}

/// Refuses unless there is a skill group with this id.
fn expect_skill_group(instance: &Instance, group: &str) -> Result<(), Refused> {
    if instance.skill_groups.contains_key(group) {
        Ok(())
    } else {
        Err(refusals::no_skill_group(group, &instance.id))
    }
}
