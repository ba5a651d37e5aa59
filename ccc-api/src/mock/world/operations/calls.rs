//! Calls and their channels: dialling, answering, hold, mute, keys, hanging up.

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::contexts::{call_data, data_of_call};
use super::super::engine::Dial;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::agent::UserState::{Break, Ready, Ringing};
use super::super::state::job::{CallType, Channel, ChannelState, Flag, Job};
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

/// Dials the number of an earlier call of the agent.
fn redial_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let callee = match (parameters.get("Callee"), parameters.get("JobId")) {
        (Some(callee), _) => callee.to_owned(),
        (None, job) => {
            let job = job.unwrap_or_default();
            instance
                .call(job)
                .and_then(|job| party_to_redial(job, &user))
                .ok_or_else(|| refusals::no_job(job))?
        }
    };
    dial(instance, parameters, &user, &callee)
}

/// Returns the other party of an agent's earlier call: the one whom the agent called, or who called the agent.
fn party_to_redial(job: &Job, user: &str) -> Option<String> {
    let (_, own) = job.agents().find(|(agent, _)| *agent == user)?;
    Some(match job.call_type {
        CallType::Inbound => job.caller.clone(),
        CallType::Internal if !job.is_dialer(own) => job.channels.first()?.extension.clone(),
        _ => job.callee.clone(),
    })
}

fn dial(
    instance: &mut Instance,
    parameters: Parameters<'_>,
    user: &str,
    callee: &str,
) -> Result<Value, Refused> {
    expect(instance, user, &[Ready, Break])?;
    let caller = match instance.user_of_extension(callee) {
        Some(called) if called.id == user || expect(instance, &called.id, &[Ready, Break]).is_err() => {
            return Err(refusals::user_busy(callee));
        }
        // Calls between agents need no number.
        Some(_) => instance.number_of(user).map_or_else(|| instance.extension_of(user), str::to_owned),
        None => calling_number(instance, user, parameters.get("Caller"))?,
    };
    instance.place_call(&Dial {
        user,
        caller: &caller,
        callee,
        rings: parameters.seconds("TimeoutSeconds"),
        tags: parameters.text("Tags"),
    });
    Ok(call_data(instance, user))
}

/// Returns the number that a user's call comes from: the given one, if the user may call from it, or else the user's.
pub(super) fn calling_number(
    instance: &Instance,
    user: &str,
    given: Option<&str>,
) -> Result<String, Refused> {
    let number = match given {
        Some(number) => Some(number).filter(|number| instance.may_call_from(user, number)),
        None => instance.number_of(user),
    };
    number.map(str::to_owned).ok_or_else(|| refusals::no_number(given.unwrap_or_default(), &instance.id))
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
    let own = own_channel(instance, &user, &job)?;
    let (channel, state) = named_channel(instance, &job, parameters.get("ChannelId").unwrap_or(&own))?;
    if state == ChannelState::Released {
        return Err(refusals::not_answered(state));
    }
    instance.release(&job, &channel, &own);
    Ok(data_of_call(instance, &user, instance.call(&job)))
}

fn hold_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let now = instance.now;
    on_channel(instance, parameters, |channel| {
        if channel.hold(now) { Ok(()) } else { Err(refusals::channel_state(Flag::Hold.wire())) }
    })
}

fn retrieve_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let now = instance.now;
    on_channel(instance, parameters, |channel| {
        if channel.retrieve(now) { Ok(()) } else { Err(refusals::not_answered(channel.state)) }
    })
}

fn mute_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let now = instance.now;
    on_channel(instance, parameters, |channel| {
        if std::mem::replace(&mut channel.muted, true) {
            return Err(refusals::channel_state(Flag::Muted.wire()));
        }
        channel.changed = now;
        Ok(())
    })
}

fn unmute_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let now = instance.now;
    on_channel(instance, parameters, |channel| {
        if !std::mem::replace(&mut channel.muted, false) {
            return Err(refusals::not_answered(channel.state));
        }
        channel.changed = now;
        Ok(())
    })
}

fn send_dtmf_signaling(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    // Nobody here hears the tones.
    on_channel(instance, parameters, |_| Ok(()))
}

/// Changes an answered channel of the user's call: the one that the request names, or else the user's own.
fn on_channel(
    instance: &mut Instance,
    parameters: Parameters<'_>,
    change: impl FnOnce(&mut Channel) -> Result<(), Refused>,
) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = own_job(instance, &user, parameters)?.id.clone();
    let own = own_channel(instance, &user, &job)?;
    let (channel, state) = named_channel(instance, &job, parameters.get("ChannelId").unwrap_or(&own))?;
    // A user whose own channel is not answered may change nothing.
    let (_, own_state) = named_channel(instance, &job, &own)?;
    if let Some(state) = [state, own_state].into_iter().find(|state| *state != ChannelState::Answered) {
        return Err(refusals::not_answered(state));
    }
    if let Some(channel) = instance.jobs.get_mut(&job).and_then(|job| job.channel_mut(&channel)) {
        change(channel)?;
    }
    Ok(call_data(instance, &user))
}

/// Returns the call that a request names, or else the user's. Refuses if the user is not in it or it has ended.
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

/// Returns the user's channel in a call.
pub(super) fn own_channel(instance: &Instance, user: &str, job: &str) -> Result<String, Refused> {
    let channel = instance.jobs.get(job).and_then(|job| job.channel_of(user));
    channel.map(|channel| channel.id.clone()).ok_or_else(|| refusals::no_channel("", job))
}

/// Returns a channel of a call, with its state.
fn named_channel(instance: &Instance, job: &str, channel: &str) -> Result<(String, ChannelState), Refused> {
    let found = instance.jobs.get(job).and_then(|job| job.channel(channel));
    found.map(|channel| (channel.id.clone(), channel.state)).ok_or_else(|| refusals::no_channel(channel, job))
}
