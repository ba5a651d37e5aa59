//! Present states of agents, skill groups and the instance, and the log of agents' states.

use acs_mock::Refused;
use serde_json::{Value, json};

use super::super::answer::states::{
    agent_state, is_state, part_in_call, present_call, present_figures, state_name,
};
use super::super::figures::States;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::agent::{Agent, StateLog, UserState};
use super::super::state::directory::{SkillGroup, User};
use super::super::state::job::{CallType, Party};
use super::super::state::{Instance, Millis};
use super::paging::page;
use super::window::{DAY, recent_window};
use super::{Handler, named_user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "ListRealtimeAgentStates" => list_realtime_agent_states,
        "ListAgentStates" => list_agent_states,
        "ListAgentStateLogs" => list_agent_state_logs,
        "ListRealtimeSkillGroupStates" => list_realtime_skill_group_states,
        "ListSkillGroupStates" => list_skill_group_states,
        "GetRealtimeInstanceStates" => get_realtime_instance_states,
        _ => return None,
    })
}

/// Whether a request asks about voice calls. This call centre has no chats and no video calls.
pub(super) fn is_voice(parameters: Parameters<'_>) -> bool {
    parameters
        .get("MediaType")
        .is_none_or(|media| ["AUDIO", "ALL"].iter().any(|voice| voice.eq_ignore_ascii_case(media)))
}

/// Parses a list of at most `most` values.
pub(super) fn short_list(
    parameters: Parameters<'_>,
    name: &str,
    most: usize,
) -> Result<Vec<String>, Refused> {
    let list = parameters.list(name);
    if list.len() > most {
        return Err(refusals::invalid(name, &format!("it has more than {most} elements")));
    }
    Ok(list)
}

/// Returns users with their work, ordered by id.
pub(super) fn agents(instance: &Instance) -> impl Iterator<Item = (&User, &Agent)> {
    instance.users.values().filter_map(|user| Some((user, instance.agents.get(&user.id)?)))
}

fn any_of(list: &[String], suits: impl Fn(&str) -> bool) -> bool {
    list.is_empty() || list.iter().any(|value| suits(value))
}

fn list_realtime_agent_states(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let instance = &*instance;
    let ids = short_list(parameters, "AgentIdList", 20)?;
    let [types, states, modes] =
        ["CallTypeList", "StateList", "WorkModeList"].map(|name| parameters.list(name));
    let voice = is_voice(parameters);
    let call_type = |user: &User| present_call(instance, &user.id).map(|(_, channel)| channel.call_type);
    let suits = |user: &User, agent: &Agent| {
        let given = |name: &str, suits: &dyn Fn(&str) -> bool| parameters.get(name).is_none_or(suits);
        voice
            && any_of(&ids, |id| user.id == id)
            && given("AgentName", &|text| user.display_name.contains(text))
            && given("Query", &|text| {
                [&user.display_name, &user.id, &user.extension].iter().any(|field| field.contains(text))
            })
            && given("SkillGroupId", &|group| user.is_in(agent, group))
            && parameters.boolean("OutboundScenario").is_none_or(|only| agent.outbound_scenario() == only)
            && any_of(&types, |wanted| {
                call_type(user).map(CallType::wire).is_some_and(|of| of.eq_ignore_ascii_case(wanted))
            })
            && any_of(&states, |wanted| is_state(agent.state(), wanted))
            && any_of(&modes, |wanted| agent.work_mode() == wanted)
    };
    let found: Vec<_> = agents(instance).filter(|(user, agent)| suits(user, agent)).collect();
    Ok(page(parameters, &found, |(user, agent)| agent_state(instance, user, agent)))
}

fn list_agent_states(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let instance = &*instance;
    let ids = parameters.list("AgentIds");
    let found: Vec<_> = agents(instance)
        .filter(|(_, agent)| agent.state() != UserState::Offline)
        .filter(|(user, _)| any_of(&ids, |id| user.id == id))
        .filter(|(user, agent)| parameters.get("SkillGroupId").is_none_or(|group| user.is_in(agent, group)))
        .filter(|(_, agent)| parameters.get("State").is_none_or(|state| is_state(agent.state(), state)))
        .collect();
    Ok(page(parameters, &found, |(user, agent)| agent_state(instance, user, agent)))
}

fn list_agent_state_logs(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let instance = &*instance;
    let user = named_user(instance, parameters.text("AgentId"))?;
    let window = recent_window(instance, parameters, "EndTime")?;
    if window.until.saturating_sub(window.from) > 7 * DAY + 1 {
        return Err(refusals::invalid("EndTime", "it is more than 7 days after StartTime"));
    }
    let agent = instance.agents.get(&user).map(|agent| States::until(agent, instance.now));
    let in_window = |state: &&StateLog| state.start < window.until && state.end >= window.from;
    let logs = agent.iter().flat_map(States::iter).filter(in_window).map(|state| {
        json!({
            "BreakCode": state.break_code,
            "Duration": (state.end - state.start) / 1000,
            "OutboundScenario": state.outbound_scenario,
            "StartTime": state.start,
            "State": state_name(state.state),
            "StateCode": state_code(instance, &user, state),
            "WorkMode": state.work_mode,
        })
    });
    Ok(logs.collect())
}

/// Returns the detail of a state: the break after signing in, or the role of a supervisor in a call.
fn state_code(instance: &Instance, user: &str, state: &StateLog) -> &'static str {
    if state.state == UserState::Break && state.break_code == "Warm-up" {
        return "CHECK_IN_BREAK";
    }
    let Some(id) = state.job.as_deref().filter(|_| state.state == UserState::Talking) else { return "" };
    let Some(job) = instance.call(id) else { return "" };
    let mut supervising =
        job.channels.iter().filter(|channel| matches!(&channel.party, Party::Supervisor(of) if of == user));
    supervising
        .find(|channel| channel.created == state.start)
        .map_or("", |channel| part_in_call(job, channel))
}

/// Returns the agents who are signed in and suit, with their user ids.
fn signed_in(instance: &Instance, suits: impl Fn(&Agent) -> bool) -> Vec<(&str, &Agent)> {
    let agents = instance.agents.iter().map(|(user, agent)| (user.as_str(), agent));
    agents.filter(|(_, agent)| agent.state() != UserState::Offline && suits(agent)).collect()
}

/// Returns a skill group's present figures.
fn group_state(instance: &Instance, group: &SkillGroup) -> Value {
    let members = agents(instance).filter(|(user, agent)| user.is_in(agent, &group.id)).count();
    let signed_in = signed_in(instance, |agent| agent.signed_in.contains(&group.id));
    let waits = waits(instance, |of| of == group.id);
    let mut figures = present_figures(instance, members, &signed_in, &waits);
    if let Value::Object(figures) = &mut figures {
        figures.insert("SkillGroupId".to_owned(), json!(group.id));
        figures.insert("SkillGroupName".to_owned(), json!(group.display_name));
    }
    figures
}

/// Returns how long each waiting call has waited in the queues that suit.
fn waits(instance: &Instance, suits: impl Fn(&str) -> bool) -> Vec<Millis> {
    let waiting = instance.jobs.values().filter(|job| job.waits()).filter_map(|job| job.queue.as_ref());
    waiting.filter(|queue| suits(&queue.skill_group)).map(|queue| instance.now - queue.since).collect()
}

fn list_realtime_skill_group_states(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    Ok(group_states(instance, parameters, "SkillGroupIdList"))
}

fn list_skill_group_states(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    Ok(group_states(instance, parameters, "SkillGroupIds"))
}

fn group_states(instance: &Instance, parameters: Parameters<'_>, list: &str) -> Value {
    let ids = parameters.list(list);
    let media = parameters.get("MediaType").filter(|media| !media.eq_ignore_ascii_case("ALL"));
    let found: Vec<_> = instance
        .skill_groups
        .values()
        .filter(|group| any_of(&ids, |id| group.id == id))
        .filter(|group| media.is_none_or(|media| group.media_type.eq_ignore_ascii_case(media)))
        .collect();
    page(parameters, &found, |group| group_state(instance, group))
}

fn get_realtime_instance_states(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let instance = &*instance;
    let voice = is_voice(parameters);
    let signed_in = signed_in(instance, |_| voice);
    let waits = waits(instance, |_| voice);
    Ok(present_figures(instance, agents(instance).count(), &signed_in, &waits))
}
