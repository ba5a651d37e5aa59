//! Calls and their channels: dialling, answering, holding, muting, keys, hanging up.

use std::time::Duration;

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::contexts::{call_data, data_of_call};
use super::super::engine::Dial;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::agent::UserState::{Break, Ready, Ringing};
use super::super::state::job::{ChannelState, Flag, Job};
use super::{Handler, expect, user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "MakeCall" => make_call,
        "RedialCall" => redial_call,
        "AnswerCall" => answer_call,
        "ReleaseCall" => release_call,
        "HoldCall" => hold_call,
        "RetrieveCall" => retrieve_call,
        "MuteCall" => mute_call,
        "UnmuteCall" => unmute_call,
        "SendDtmfSignaling" => send_dtmf_signaling,
        _ => return None,
    })
}

fn make_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    dial(instance, parameters, &user, parameters.text("Callee"))
}

/// Dials the number of an earlier call of the agent's again.
fn redial_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let callee = match (parameters.get("Callee"), parameters.get("JobId")) {
        (Some(callee), _) => callee.to_owned(),
        (None, job) => {
            let job = job.unwrap_or_default();
            let record = instance.records.iter().find(|record| record.job.id == job);
            record.map(|record| record.job.callee.clone()).ok_or_else(|| refusals::no_job(job))?
        }
    };
    dial(instance, parameters, &user, &callee)
}

fn dial(
    instance: &mut Instance,
    parameters: Parameters<'_>,
    user: &str,
    callee: &str,
) -> Result<Value, Refused> {
    expect(instance, user, &[Ready, Break])?;
    if instance.extension_of(user).is_empty() {
        return Err(refusals::no_extension());
    }
    let caller = match parameters.get("Caller") {
        Some(caller) if instance.may_call_from(user, caller) => caller.to_owned(),
        Some(caller) => return Err(refusals::no_number(caller, &instance.id)),
        None => instance.number_of(user),
    };
    if let Some(called) = instance.user_of_extension(callee).map(|called| called.id.clone())
        && (called == user || expect(instance, &called, &[Ready, Break]).is_err())
    {
        return Err(refusals::user_busy(callee));
    }
    let rings = parameters.integer("TimeoutSeconds").and_then(|seconds| u64::try_from(seconds).ok());
    instance.place_call(&Dial {
        user,
        caller: &caller,
        callee,
        rings: rings.map(Duration::from_secs),
        tags: parameters.text("Tags"),
    });
    Ok(call_data(instance, user))
}

fn answer_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = own_job(instance, &user, parameters)?.id.clone();
    expect(instance, &user, &[Ringing])?;
    let channel = own_channel(instance, &user, &job)?;
    instance.answer(&job, &channel);
    Ok(call_data(instance, &user))
}

fn release_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = own_job(instance, &user, parameters)?.id.clone();
    let channel = match parameters.get("ChannelId") {
        Some(channel) => channel_of(instance, &job, channel)?.0,
        None => own_channel(instance, &user, &job)?,
    };
    instance.hang_up(&job, &channel);
    Ok(data_of_call(instance, &user, instance.call(&job)))
}

fn hold_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let now = instance.now;
    on_channel(instance, parameters, |channel| {
        if channel.flags.contains(&Flag::Hold) {
            return Err(refusals::channel_state(Flag::Hold.wire()));
        }
        channel.hold(now);
        Ok(())
    })
}

fn retrieve_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let now = instance.now;
    on_channel(instance, parameters, |channel| {
        if !channel.flags.contains(&Flag::Hold) {
            return Err(refusals::not_answered(channel.state));
        }
        channel.retrieve(now);
        Ok(())
    })
}

fn mute_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let now = instance.now;
    on_channel(instance, parameters, |channel| {
        if !channel.flags.insert(Flag::Muted) {
            return Err(refusals::channel_state(Flag::Muted.wire()));
        }
        channel.changed = now;
        Ok(())
    })
}

fn unmute_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let now = instance.now;
    on_channel(instance, parameters, |channel| {
        if !channel.flags.remove(&Flag::Muted) {
            return Err(refusals::not_answered(channel.state));
        }
        channel.changed = now;
        Ok(())
    })
}

fn send_dtmf_signaling(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    on_channel(instance, parameters, |channel| {
        channel.dtmf.push_str(parameters.text("Dtmf"));
        Ok(())
    })
}

/// Changes an answered channel of the user's call: the one that is named, or else the user's own.
fn on_channel(
    instance: &mut Instance,
    parameters: Parameters<'_>,
    change: impl FnOnce(&mut super::super::state::job::Channel) -> Result<(), Refused>,
) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = own_job(instance, &user, parameters)?.id.clone();
    let channel = match parameters.get("ChannelId") {
        Some(channel) => channel.to_owned(),
        None => own_channel(instance, &user, &job)?,
    };
    let (channel, state) = channel_of(instance, &job, &channel)?;
    if state != ChannelState::Answered {
        return Err(refusals::not_answered(state));
    }
    if let Some(channel) = instance.jobs.get_mut(&job).and_then(|job| job.channel_mut(&channel)) {
        change(channel)?;
    }
    Ok(call_data(instance, &user))
}

/// The call that a request names, or else the user's: it goes on, and the user is in it.
pub(super) fn own_job<'a>(
    instance: &'a Instance,
    user: &str,
    parameters: Parameters<'_>,
) -> Result<&'a Job, Refused> {
    let own = instance.agents.get(user).and_then(|agent| agent.job.as_deref());
    let id = parameters.get("JobId").or(own).unwrap_or_default();
    let job = instance.jobs.get(id).filter(|job| job.ended.is_none() && job.channel_of(user).is_some());
    job.ok_or_else(|| refusals::no_job(id))
}

/// The user's channel in a call.
pub(super) fn own_channel(instance: &Instance, user: &str, job: &str) -> Result<String, Refused> {
    let channel = instance.jobs.get(job).and_then(|job| job.channel_of(user));
    channel.map(|channel| channel.id.clone()).ok_or_else(|| refusals::no_channel("", job))
}

/// A channel of a call, with its state.
fn channel_of(instance: &Instance, job: &str, channel: &str) -> Result<(String, ChannelState), Refused> {
    let found = instance.jobs.get(job).and_then(|job| job.channel(channel));
    found.map(|channel| (channel.id.clone(), channel.state)).ok_or_else(|| refusals::no_channel(channel, job))
}
