//! Transfers: at once, or after asking.

use std::time::Duration;

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::contexts::{call_data, data_of_call};
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::agent::UserState::{Break, Ready, Talking};
use super::super::state::job::{CallType, ChannelState, Consultation, Job, Party, Transfer};
use super::calls::{own_channel, own_job};
use super::{Handler, expect, user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "BlindTransfer" => blind_transfer,
        "InitiateAttendedTransfer" => initiate_attended_transfer,
        "CompleteAttendedTransfer" => complete_attended_transfer,
        "CancelAttendedTransfer" => cancel_attended_transfer,
        _ => return None,
    })
}

/// Who is to get a call.
enum Target {
    Agent(String),
    SkillGroup(String),
    Outside(String),
}

/// Whom `Transferee` means: what `TransfereeType` says, or else what there is of that name.
fn target(instance: &Instance, parameters: Parameters<'_>) -> Result<Target, Refused> {
    let name = parameters.text("Transferee");
    let agent = instance.users.get(name).or_else(|| instance.user_of_extension(name));
    match (parameters.get("TransfereeType"), agent) {
        (Some("AGENT") | None, Some(user)) => Ok(Target::Agent(user.id.clone())),
        (Some("AGENT"), None) => Err(refusals::no_user(name, &instance.id)),
        (Some("SKILL_GROUP") | None, _) if instance.skill_groups.contains_key(name) => {
            Ok(Target::SkillGroup(name.to_owned()))
        }
        (Some("SKILL_GROUP"), _) => Err(refusals::no_skill_group(name, &instance.id)),
        (Some("IVR"), _) => {
            Err(refusals::invalid("Transferee", "this call centre has no contact flow of that id"))
        }
        (_, _) => Ok(Target::Outside(name.to_owned())),
    }
}

/// The agent's answered call, with nobody asked for a transfer yet.
fn talking(instance: &Instance, user: &str, parameters: Parameters<'_>) -> Result<String, Refused> {
    let job = own_job(instance, user, parameters)?;
    expect(instance, user, &[Talking])?;
    if job.channel_of(user).is_some_and(|channel| matches!(channel.party, Party::Supervisor(_))) {
        // It is the agent's call, not the supervisor's.
        return Err(refusals::no_channel("", &job.id));
    }
    let unanswered = job.principals().find(|channel| channel.state != ChannelState::Answered);
    match (unanswered, &job.consultation) {
        (Some(channel), None) => Err(refusals::not_answered(channel.state)),
        (_, Some(_)) => Err(refusals::channel_state(CallType::Consultant.wire())),
        (None, None) => Ok(job.id.clone()),
    }
}

fn rings(parameters: Parameters<'_>) -> Option<Duration> {
    let seconds = parameters.integer("TimeoutSeconds").and_then(|seconds| u64::try_from(seconds).ok());
    seconds.map(Duration::from_secs)
}

/// The customer's number in a call.
fn customer(instance: &Instance, job: &str) -> String {
    let parties = instance.jobs.get(job).into_iter().flat_map(Job::principals);
    let number = parties.filter_map(|channel| match &channel.party {
        Party::Outside(number) => Some(number.clone()),
        Party::Agent(_) | Party::Supervisor(_) => None,
    });
    number.take(1).collect()
}

/// Refuses unless an agent can be called.
fn can_be_called(instance: &Instance, user: &str) -> Result<(), Refused> {
    expect(instance, user, &[Ready, Break]).map_err(|_| refusals::user_busy(user))
}

fn blind_transfer(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = talking(instance, &user, parameters)?;
    let target = target(instance, parameters)?;
    if let Target::Agent(other) = &target {
        can_be_called(instance, other)?;
    }
    let number = customer(instance, &job);
    let from = own_channel(instance, &user, &job)?;
    let to = match target {
        Target::Agent(other) => {
            let call_type = instance.jobs.get(&job).map_or(CallType::Internal, |job| job.call_type);
            let to = instance.offer(&job, &other, call_type, &number, "", rings(parameters));
            instance.free(&job, &user);
            Some(to)
        }
        Target::SkillGroup(group) => {
            instance.enqueue(&job, &group);
            instance.free(&job, &user);
            None
        }
        Target::Outside(outside) => {
            let caller =
                parameters.get("Transferor").map_or_else(|| instance.number_of(&user), str::to_owned);
            let to = instance.dial_outside(&job, CallType::Outbound, &caller, &outside, rings(parameters));
            instance.free(&job, &user);
            Some(to)
        }
    };
    let transfer = Transfer { at: instance.now, from, to, attended: false };
    if let Some(job) = instance.jobs.get_mut(&job) {
        job.transfers.push(transfer);
    }
    Ok(data_of_call(instance, &user, instance.call(&job)))
}

fn initiate_attended_transfer(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = talking(instance, &user, parameters)?;
    let from = own_channel(instance, &user, &job)?;
    let target = match target(instance, parameters)? {
        Target::SkillGroup(group) => {
            let ready = instance.longest_ready(&group);
            Target::Agent(ready.ok_or_else(|| refusals::user_busy(&group))?)
        }
        other => other,
    };
    let extension = instance.extension_of(&user);
    let to = match target {
        Target::Agent(other) => {
            can_be_called(instance, &other)?;
            instance.offer(&job, &other, CallType::Consultant, &extension, "", rings(parameters))
        }
        Target::Outside(number) | Target::SkillGroup(number) => {
            let caller =
                parameters.get("Transferor").map_or_else(|| instance.number_of(&user), str::to_owned);
            instance.dial_outside(&job, CallType::Consultant, &caller, &number, rings(parameters))
        }
    };
    let now = instance.now;
    if let Some(job) = instance.jobs.get_mut(&job) {
        let others = job.channels.iter_mut().filter(|channel| channel.is_live());
        others.filter(|channel| channel.id != from && channel.id != to).for_each(|channel| channel.hold(now));
        job.consultation = Some(Consultation { from, to });
    }
    Ok(call_data(instance, &user))
}

/// The consultation that an agent is in.
fn consultation(instance: &Instance, job: &str) -> Result<Consultation, Refused> {
    let consultation = instance.jobs.get(job).and_then(|job| job.consultation.clone());
    consultation.ok_or_else(|| refusals::channel_state(ChannelState::Answered.wire()))
}

fn complete_attended_transfer(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = own_job(instance, &user, parameters)?.id.clone();
    let Consultation { from, to } = consultation(instance, &job)?;
    if own_channel(instance, &user, &job)? != from {
        return Err(refusals::no_channel(&from, &job));
    }
    let now = instance.now;
    if let Some(job) = instance.jobs.get_mut(&job) {
        let asked = job.channel(&to).map_or(ChannelState::Released, |channel| channel.state);
        if asked != ChannelState::Answered {
            return Err(refusals::not_answered(asked));
        }
        job.consultation = None;
        job.channels.iter_mut().filter(|channel| channel.is_live()).for_each(|channel| channel.retrieve(now));
        job.transfers.push(Transfer { at: now, from, to: Some(to), attended: true });
    }
    instance.free(&job, &user);
    Ok(data_of_call(instance, &user, instance.call(&job)))
}

fn cancel_attended_transfer(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = own_job(instance, &user, parameters)?.id.clone();
    let Consultation { from, to } = consultation(instance, &job)?;
    if own_channel(instance, &user, &job)? != from {
        return Err(refusals::no_channel(&from, &job));
    }
    instance.drop_channel(&job, &to);
    instance.settle(&job, "", true, "200 - OK", "Success");
    Ok(call_data(instance, &user))
}
