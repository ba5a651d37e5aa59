//! The present states of agents, as the operations for supervisors return them.

use serde_json::{Value, json};

use super::super::state::agent::{Agent, UserState};
use super::super::state::directory::User;
use super::super::state::job::{Channel, Flag, Job, Party};
use super::super::state::{Instance, Millis};
use super::records::{group_name, seconds};

/// Returns the name of a state in the operations for supervisors.
pub(in super::super) const fn state_name(state: UserState) -> &'static str {
    match state {
        UserState::Offline => "Offline",
        UserState::Break => "Break",
        UserState::Ready => "Ready",
        UserState::Dialing => "Dialing",
        UserState::Ringing => "Ringing",
        UserState::Talking => "Talking",
        UserState::Working => "ACW",
    }
}

/// Whether a name means this state, in either spelling and any letter case.
pub(in super::super) fn is_state(state: UserState, name: &str) -> bool {
    state_name(state).eq_ignore_ascii_case(name) || state.wire().eq_ignore_ascii_case(name)
}

/// Returns a user's live call, with the user's channel in it.
pub(in super::super) fn present_call<'a>(
    instance: &'a Instance,
    user: &str,
) -> Option<(&'a Job, &'a Channel)> {
    let job = instance.jobs.get(instance.agents.get(user)?.job.as_deref()?)?;
    Some((job, job.channel_of(user)?))
}

/// Returns the user's part in a supervised call; empty in any other call.
pub(in super::super) fn part_in_call(job: &Job, channel: &Channel) -> &'static str {
    let flags = job.flags(channel);
    let parts = [
        (Flag::Monitoring, "Monitoring"),
        (Flag::Coaching, "Coaching"),
        (Flag::Coached, "Coached"),
        (Flag::Monitored, "Monitored"),
    ];
    let part = parts.into_iter().find(|(flag, _)| flags.contains(flag));
    part.map_or("", |(_, name)| name)
}

/// Returns the counterparty of a supervised call or of a consultation: the supervised agent, the supervisor, or the
/// consulted party.
fn counterparty(job: &Job, own: &Channel) -> String {
    let name = |channel: &Channel| match &channel.party {
        Party::Agent(user) | Party::Supervisor(user) | Party::Outside(user) => user.clone(),
    };
    let with = |flag: Flag| {
        job.channels.iter().find(|channel| channel.is_live() && job.flags(channel).contains(&flag))
    };
    let watching = [
        (Flag::Monitoring, Flag::Monitored),
        (Flag::Coaching, Flag::Coached),
        (Flag::Coached, Flag::Coaching),
        (Flag::Monitored, Flag::Monitoring),
    ];
    let own_flags = job.flags(own);
    let watched = watching.into_iter().find(|(own_flag, _)| own_flags.contains(own_flag));
    if let Some((_, theirs)) = watched {
        return with(theirs).map(name).unwrap_or_default();
    }
    let asked = job.consultation.as_ref().filter(|consultation| consultation.from == own.id);
    asked.and_then(|consultation| job.channel(&consultation.to)).map(name).unwrap_or_default()
}

/// Returns an agent's present state.
pub(in super::super) fn agent_state(instance: &Instance, user: &User, agent: &Agent) -> Value {
    let call = present_call(instance, &user.id);
    let groups = &agent.signed_in;
    let duration: Millis = seconds(instance.now - agent.since());
    json!({
        "AgentId": user.id,
        "AgentName": user.display_name,
        "BreakCode": agent.break_code(),
        "CallType": call.map_or("", |(_, channel)| channel.call_type.wire()),
        "CounterParty": call.map_or_else(String::new, |(job, channel)| counterparty(job, channel)),
        "Dn": user.extension,
        "Duration": duration,
        "Extension": user.extension,
        "InstanceId": instance.id,
        "LoginName": user.login_name,
        "Mobile": agent.mobile,
        "OutboundScenario": agent.outbound_scenario(),
        "SkillGroupIdList": groups,
        "SkillGroupNameList": groups.iter().map(|group| group_name(instance, group)).collect::<Vec<_>>(),
        "State": state_name(agent.state()),
        "StateCode": call.map_or("", |(job, channel)| part_in_call(job, channel)),
        "StateDuration": duration,
        "StateTime": agent.since(),
        "WorkMode": agent.work_mode(),
    })
}

/// Returns the present figures of some agents and of the calls that wait for them.
pub(in super::super) fn present_figures(
    instance: &Instance,
    members: usize,
    agents: &[(&str, &Agent)],
    waits: &[Millis],
) -> Value {
    let count = |suits: &dyn Fn(&Agent) -> bool| agents.iter().filter(|(_, agent)| suits(agent)).count();
    let in_state = |state: UserState| count(&|agent| agent.state() == state);
    let talks_in = |call_type: &str| {
        let calls = agents.iter().filter(|(_, agent)| agent.state().is_busy());
        calls
            .filter(|(user, _)| {
                present_call(instance, user).is_some_and(|(job, _)| job.call_type.wire() == call_type)
            })
            .count()
    };
    let shorter = |seconds: Millis| waits.iter().filter(|wait| **wait < seconds * 1000).count();
    let mut codes: Vec<_> = agents
        .iter()
        .filter(|(_, agent)| agent.state() == UserState::Break)
        .map(|(_, agent)| agent.break_code())
        .collect();
    codes.sort_unstable();
    let codes: Vec<_> = codes
        .chunk_by(|one, other| one == other)
        .map(|same| json!({ "BreakCode": same.first(), "Count": same.len() }))
        .collect();
    let waiting = Millis::try_from(waits.len()).unwrap_or(Millis::MAX);
    let longest = seconds(waits.iter().copied().max().unwrap_or_default());
    json!({
        "AverageWaitingTime": seconds(waits.iter().sum::<Millis>().checked_div(waiting).unwrap_or_default()),
        "BreakCodeDetailList": codes,
        "BreakingAgents": in_state(UserState::Break),
        "InboundTalkingAgents": talks_in("INBOUND"),
        "InstanceId": instance.id,
        "InteractiveCalls": 0,
        "LoggedInAgents": agents.len(),
        "LongestCall": longest,
        "LongestWaitingTime": longest,
        "OutboundScenarioReadyAgents":
            count(&|agent| agent.state() == UserState::Ready && agent.outbound_scenario()),
        "OutboundTalkingAgents": talks_in("OUTBOUND"),
        "ReadyAgents": in_state(UserState::Ready),
        // Dialing and ringing agents included, so that the figures add up to `LoggedInAgents`.
        "TalkingAgents": count(&|agent| agent.state().is_busy()),
        "TotalAgents": members,
        "WaitingCalls": waiting,
        "WaitingCallsLevel10": shorter(10),
        "WaitingCallsLevel20": shorter(20),
        "WaitingCallsLevel30": shorter(30),
        "WorkingAgents": in_state(UserState::Working),
    })
}
