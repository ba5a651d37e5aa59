//! The contexts of an agent and of the agent's call, which most operations return.

use serde_json::{Value, json};

use super::super::state::Instance;
use super::super::state::agent::Agent;
use super::super::state::job::{Channel, Flag, Job};

/// Returns `Data` of operations on calls: the user, and the user's call.
pub(in super::super) fn call_data(instance: &Instance, user: &str) -> Value {
    let job = instance.agents.get(user).and_then(|agent| instance.jobs.get(agent.job.as_deref()?));
    data_of_call(instance, user, job)
}

/// Returns `Data` of an operation on a call that the user may no longer be in.
pub(in super::super) fn data_of_call(instance: &Instance, user: &str, job: Option<&Job>) -> Value {
    json!({
        "CallContext": job.map(|job| call_context(instance, job)),
        "ChatContexts": [],
        "ContextId": context_id(instance, user),
        "UserContext": user_context(instance, user),
    })
}

/// Returns an agent's `UserContext`; null if there is no such agent.
pub(in super::super) fn user_context(instance: &Instance, user: &str) -> Value {
    let Some(agent) = instance.agents.get(user) else { return Value::Null };
    json!({
        "BreakCode": agent.break_code(),
        "ChatDeviceId": "",
        "DeviceId": agent.device,
        "DeviceState": device_state(agent),
        "Extension": instance.extension_of(user),
        "Heartbeat": agent.heartbeat,
        "InstanceId": instance.id,
        "JobId": agent.job.as_deref().unwrap_or_default(),
        "Mobile": agent.mobile,
        "OutboundScenario": agent.outbound_scenario(),
        "ParallelJobList": [],
        "Reserved": agent.since(),
        "SignedSkillGroupIdList": agent.signed_in,
        "UserId": user,
        "UserState": agent.state().wire(),
        "WorkMode": agent.work_mode(),
    })
}

/// Returns whether the agent has a device, in the words of the service.
fn device_state(agent: &Agent) -> &'static str {
    if agent.device.is_empty() { "OFFLINE" } else { "ONLINE" }
}

/// Returns the `CallContext` of a call, with its channels.
fn call_context(instance: &Instance, job: &Job) -> Value {
    let channels: Vec<_> =
        (1..).zip(&job.channels).map(|(index, channel)| channel_context(index, channel, job)).collect();
    json!({
        "CallType": job.call_type.wire(),
        "CallVariables": job.tags,
        "ChannelContexts": channels,
        "InstanceId": instance.id,
        "JobId": job.id,
    })
}

fn channel_context(index: u32, channel: &Channel, job: &Job) -> Value {
    let flags: Vec<_> = job.flags(channel).into_iter().map(Flag::wire).collect();
    let release = channel.released.as_ref();
    json!({
        "CallType": channel.call_type.wire(),
        "ChannelFlags": flags,
        "ChannelId": channel.id,
        "ChannelState": channel.state.wire(),
        "ChannelVariables": "",
        "Destination": channel.destination,
        "Index": index,
        "JobId": job.id,
        "MediaType": "AUDIO",
        "Originator": channel.originator,
        "ReleaseInitiator": release.map(|release| release.initiator.as_str()).unwrap_or_default(),
        "ReleaseReason": release.map(|release| release.reason).unwrap_or_default(),
        "SkillGroupId": channel.skill_group,
        "Timestamp": channel.changed,
        "UserExtension": channel.extension,
        "UserId": channel.party.user().unwrap_or_default(),
    })
}

/// Returns a number that grows with each change of the agent's state.
fn context_id(instance: &Instance, user: &str) -> usize {
    instance.agents.get(user).map_or(0, |agent| agent.log.len())
}
