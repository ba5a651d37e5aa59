//! The state that the console's panel shows, as JSON. Its size is bounded, and its order depends on the state alone.

mod actions;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use super::answer::records::{agent_name, group_name};
use super::operations::records;
use super::state::agent::{Agent, UserState};
use super::state::directory::{PhoneNumber, SkillGroup, User};
use super::state::job::{Channel, Flag, Job, Party};
use super::state::record::Record;
use super::state::{Instance, Millis, State};

/// The most items that are shown of each list. The others are counted.
const INSTANCES: usize = 10;
const AGENTS: usize = 200;
const SKILL_GROUPS: usize = 50;
const NUMBERS: usize = 50;
const CALLS: usize = 100;
const CHANNELS: usize = 20;
const WAITING: usize = 20;
const RECORDS: usize = 50;
/// The most characters that are shown of a text.
const LENGTH: usize = 120;

/// Returns the state of every instance. The caller has advanced the instances to `now`.
pub(super) fn snapshot(state: &State, now: Millis) -> Value {
    let instances = state.instances.values();
    json!({ "now": now, "instances": bounded(instances, INSTANCES, instance_shown) })
}

/// Returns the first elements of a list, and how many more there are.
fn bounded<T>(list: impl Iterator<Item = T>, limit: usize, show: impl FnMut(T) -> Value) -> Value {
    let mut list = list;
    let first: Vec<_> = list.by_ref().take(limit).map(show).collect();
    json!({ "list": first, "more": list.count() })
}

/// Cuts a text that is too long.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LENGTH) {
        Some(_) => text.chars().take(LENGTH).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

/// Whether a text is shown whole, so that a request may name it.
fn is_whole(text: &str) -> bool {
    text.char_indices().nth(LENGTH).is_none()
}

fn instance_shown(instance: &Instance) -> Value {
    let mut calls: Vec<_> = instance.jobs.values().filter(|job| job.ended.is_none()).collect();
    calls.sort_by_key(|job| std::cmp::Reverse((job.started, &job.id)));
    json!({
        "id": instance.id,
        "caller": instance.caller(),
        "agents": agents_shown(instance),
        "skill_groups": bounded(instance.skill_groups.values(), SKILL_GROUPS, |group| {
            group_shown(instance, group)
        }),
        "numbers": bounded(instance.numbers.values(), NUMBERS, number_shown),
        "calls": bounded(calls.into_iter(), CALLS, |job| call_shown(instance, job)),
        "records": bounded(records::records(instance).rev(), RECORDS, |record| record_shown(instance, record)),
    })
}

/// Returns users: first the user of requests that name none, and supervisors last. If there are too many, those who are
/// signed in are kept.
fn agents_shown(instance: &Instance) -> Value {
    let users = instance.users.values();
    let mut users: Vec<_> = users.filter_map(|user| Some((user, instance.agents.get(&user.id)?))).collect();
    let rank = |user: &User| (instance.caller() != Some(&user.id), user.role != "Agent");
    users.sort_by_key(|(user, agent)| (agent.state() == UserState::Offline, rank(user), &user.id));
    let more = users.len().saturating_sub(AGENTS);
    users.truncate(AGENTS);
    users.sort_by_key(|(user, _)| (rank(user), &user.id));
    let list: Vec<_> = users.iter().map(|(user, agent)| agent_shown(instance, user, agent)).collect();
    json!({ "list": list, "more": more })
}

fn agent_shown(instance: &Instance, user: &User, agent: &Agent) -> Value {
    json!({
        "id": cut(&user.id),
        "name": cut(&user.display_name),
        "extension": user.extension,
        "role": user.role,
        "state": agent.state().wire(),
        "since": agent.since(),
        "break_code": cut(agent.break_code()),
        "work_mode": agent.work_mode(),
        "outbound_only": agent.outbound_scenario(),
        "device": cut(&agent.device),
        "signed_in": bounded(agent.signed_in.iter(), SKILL_GROUPS, |id| {
            json!(cut(group_name(instance, id)))
        }),
        "call": own_call(instance, user),
        "may": if is_whole(&user.id) { actions::of_agent(instance, &user.id, agent) } else { Vec::new() },
    })
}

/// Returns the user's call, with the ids that requests about it need; null if there is none.
fn own_call(instance: &Instance, user: &User) -> Value {
    let job = instance.agents.get(&user.id).and_then(|agent| instance.jobs.get(agent.job.as_deref()?));
    let Some((job, own)) = job.and_then(|job| Some((job, job.channel_of(&user.id)?))) else {
        return Value::Null;
    };
    let others = job.principals().filter(|channel| channel.id != own.id);
    json!({
        "id": job.id,
        "held": actions::held_by(job, own).map(|channel| &channel.id),
        "holdable": actions::holdable_by(job, own).map(|channel| &channel.id),
        "with": bounded(others, CHANNELS, |channel| json!(party_name(instance, channel))),
    })
}

/// Returns the name of the party at a channel, for people.
fn party_name(instance: &Instance, channel: &Channel) -> String {
    match &channel.party {
        Party::Outside(number) => cut(number),
        Party::Agent(user) | Party::Supervisor(user) => cut(agent_name(instance, user)),
    }
}

fn group_shown(instance: &Instance, group: &SkillGroup) -> Value {
    let members = instance.agents.values().filter(|agent| agent.signed_in.contains(&group.id));
    let (signed_in, ready) = members.fold((0, 0), |(all, ready), agent| {
        (all + 1, ready + usize::from(agent.state() == UserState::Ready && !agent.outbound_scenario()))
    });
    let queue =
        |job: &Job| job.queue.as_ref().filter(|queue| queue.skill_group == group.id).map(|queue| queue.since);
    let calls = instance.jobs.values().filter(|job| job.waits());
    let mut waiting: Vec<_> = calls.filter_map(|job| Some((queue(job)?, job))).collect();
    waiting.sort_by_key(|(since, job)| (*since, &job.id));
    json!({
        "id": cut(&group.id),
        "name": cut(&group.display_name),
        "signed_in": signed_in,
        "ready": ready,
        "waiting": bounded(waiting.into_iter(), WAITING, |(since, job)| {
            json!({ "id": job.id, "caller": cut(&job.caller), "since": since })
        }),
    })
}

fn number_shown(number: &PhoneNumber) -> Value {
    json!({
        "number": cut(&number.number),
        "is_called": number.is_called(),
        "calls_out": number.calls_out(),
        "skill_group": number.skill_groups.first().map(|id| cut(id)),
    })
}

fn call_shown(instance: &Instance, job: &Job) -> Value {
    let waits_for =
        job.queue.as_ref().filter(|_| job.waits()).map(
            |queue| json!({ "name": cut(group_name(instance, &queue.skill_group)), "since": queue.since }),
        );
    json!({
        "id": job.id,
        "type": job.call_type.wire(),
        "caller": cut(&job.caller),
        "callee": cut(&job.callee),
        "since": job.started,
        "established": job.established,
        "waits_for": waits_for,
        "consulting": job.consultation.is_some(),
        "channels": bounded(job.channels.iter(), CHANNELS, |channel| channel_shown(instance, job, channel)),
    })
}

fn channel_shown(instance: &Instance, job: &Job, channel: &Channel) -> Value {
    let (party, number) = match &channel.party {
        Party::Agent(_) => ("agent", None),
        Party::Supervisor(_) => ("supervisor", None),
        Party::Outside(number) => ("outside", Some(number.as_str())),
    };
    json!({
        "id": cut(&channel.id),
        "party": party,
        "name": party_name(instance, channel),
        "number": number.map(cut),
        "type": channel.call_type.wire(),
        "state": channel.state.wire(),
        "since": channel.changed,
        "flags": job.flags(channel).into_iter().map(Flag::wire).collect::<Vec<_>>(),
        "ended": channel.released.as_ref().map(|release| release.reason),
        "may": if number.is_some_and(is_whole) { actions::of_outside(channel.state) } else { &[] },
    })
}

fn record_shown(instance: &Instance, record: &Record) -> Value {
    let job = &record.job;
    let agents = job.agents().map(|(user, _)| cut(agent_name(instance, user)));
    json!({
        "id": job.id,
        "type": job.call_type.wire(),
        "caller": cut(&job.caller),
        "callee": cut(&job.callee),
        "agents": bounded(agents, CHANNELS, Value::String),
        "started": job.started,
        "ended": job.end_time(),
        "talked": job.talking(),
        "disposition": job.end.as_ref().map(|end| end.disposition),
        "reason": job.end.as_ref().map(|end| end.reason),
        "by_agent": job.end.as_ref().map(|end| end.by_agent),
    })
}
