//! Transfers: at once, or after consulting.

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::contexts::{call_data, data_of_call};
use super::super::engine::reason;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::agent::UserState::{Break, Ready, Talking};
use super::super::state::job::{CallType, ChannelState, Consultation, Job, Party, Transfer};
use super::calls::{calling_number, own_channel, own_job};
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

/// The target of a transfer.
enum Target {
    Party(Called),
    SkillGroup(String),
}

/// A party that is called for a transfer.
enum Called {
    Agent(String),
    Outside(String),
}

/// Finds the target that `Transferee` names: of the type that `TransfereeType` says, or else of any type.
fn target(instance: &Instance, parameters: Parameters<'_>) -> Result<Target, Refused> {
    let name = parameters.text("Transferee");
    let agent = instance.users.get(name).or_else(|| instance.user_of_extension(name));
    match (parameters.get("TransfereeType"), agent) {
        (Some("AGENT") | None, Some(user)) => Ok(Target::Party(Called::Agent(user.id.clone()))),
        (Some("AGENT"), None) => Err(refusals::no_user(name, &instance.id)),
        (Some("SKILL_GROUP") | None, _) if instance.skill_groups.contains_key(name) => {
            Ok(Target::SkillGroup(name.to_owned()))
        }
        (Some("SKILL_GROUP"), _) => Err(refusals::no_skill_group(name, &instance.id)),
        (Some("IVR"), _) => {
            Err(refusals::invalid("Transferee", "this call centre has no contact flow of that id"))
        }
        // Ids of users and skill groups have this form, and numbers do not.
        (None, None) if name.contains('@') => Err(refusals::no_user(name, &instance.id)),
        (_, _) => Ok(Target::Party(Called::Outside(name.to_owned()))),
    }
}

/// Calls the target of a transfer. Returns the channel's id. The call types are those for an agent and for an external
/// party; `originator` is the number that a called agent sees.
fn ring(
    instance: &mut Instance,
    parameters: Parameters<'_>,
    (user, job): (&str, &str),
    called: &Called,
    (to_agent, to_outside): (CallType, CallType),
    originator: &str,
) -> Result<String, Refused> {
    match called {
        Called::Agent(other) => {
            can_be_called(instance, other)?;
            Ok(instance.offer(job, other, to_agent, originator, "", parameters.seconds("TimeoutSeconds")))
        }
        Called::Outside(number) => {
            let caller = calling_number(instance, user, parameters.get("Transferor"))?;
            Ok(instance.dial_outside(job, to_outside, &caller, number, parameters.seconds("TimeoutSeconds")))
        }
    }
}

/// Returns the agent's call. Refuses unless it is answered and nobody is consulted yet.
fn transferable_call(instance: &Instance, user: &str, parameters: Parameters<'_>) -> Result<String, Refused> {
    let job = own_job(instance, user, parameters)?;
    expect(instance, user, &[Talking])?;
    if job.channel_of(user).is_some_and(|channel| matches!(channel.party, Party::Supervisor(_))) {
        // It is the agent's call, not the supervisor's.
        return Err(refusals::no_channel("", &job.id));
    }
    let unanswered = job.principals().find(|channel| channel.state != ChannelState::Answered);
    match (unanswered, &job.consultation) {
        (Some(channel), None) => Err(refusals::not_answered(channel.state)),
        (_, Some(_)) => Err(refusals::channel_state("CONSULTING")),
        (None, None) => Ok(job.id.clone()),
    }
}

/// Returns the party with whom an agent talks: an external number, or else another agent's extension.
fn other_party(instance: &Instance, job: &str, user: &str) -> String {
    let parties = || instance.jobs.get(job).into_iter().flat_map(Job::principals);
    let outside = parties().find(|channel| channel.party.user().is_none());
    let other = outside.or_else(|| parties().find(|channel| channel.party.user() != Some(user)));
    other.map(|channel| channel.name().to_owned()).unwrap_or_default()
}

/// Refuses unless an agent can be called.
fn can_be_called(instance: &Instance, user: &str) -> Result<(), Refused> {
    expect(instance, user, &[Ready, Break]).map_err(|_| refusals::user_busy(user))
}

fn blind_transfer(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = transferable_call(instance, &user, parameters)?;
    let target = target(instance, parameters)?;
    let from = own_channel(instance, &user, &job)?;
    let to = match target {
        Target::Party(called) => {
            let number = other_party(instance, &job, &user);
            let call_type = instance.jobs.get(&job).map_or(CallType::Internal, |job| job.call_type);
            let types = (call_type, CallType::Outbound);
            Some(ring(instance, parameters, (&user, &job), &called, types, &number)?)
        }
        Target::SkillGroup(group) => {
            instance.enqueue(&job, &group, parameters.seconds("QueuingTimeoutSeconds"));
            None
        }
    };
    instance.leave_call(&job, &user);
    let transfer = Transfer { at: instance.now, from, to, attended: false };
    if let Some(job) = instance.jobs.get_mut(&job) {
        job.transfers.push(transfer);
    }
    Ok(data_of_call(instance, &user, instance.call(&job)))
}

fn initiate_attended_transfer(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let job = transferable_call(instance, &user, parameters)?;
    let from = own_channel(instance, &user, &job)?;
    let called = match target(instance, parameters)? {
        Target::SkillGroup(group) => {
            let ready = instance.longest_ready(&group);
            Called::Agent(ready.ok_or_else(|| refusals::user_busy(&group))?)
        }
        Target::Party(called) => called,
    };
    let extension = instance.extension_of(&user);
    let types = (CallType::Consultant, CallType::Consultant);
    let to = ring(instance, parameters, (&user, &job), &called, types, &extension)?;
    let now = instance.now;
    if let Some(job) = instance.jobs.get_mut(&job) {
        let others = job.channels.iter_mut().filter(|channel| {
            let supervises = matches!(channel.party, Party::Supervisor(_));
            channel.is_live() && !supervises && channel.id != from && channel.id != to
        });
        let held = others.filter_map(|channel| channel.hold(now).then(|| channel.id.clone())).collect();
        job.consultation = Some(Consultation { from, to, held });
    }
    Ok(call_data(instance, &user))
}

/// Returns the consultation that the user has begun, and its call.
fn consultation(
    instance: &Instance,
    user: &str,
    parameters: Parameters<'_>,
) -> Result<(String, Consultation), Refused> {
    let job = own_job(instance, user, parameters)?;
    let consultation = job.consultation.clone().ok_or_else(|| refusals::channel_state("NOT CONSULTING"))?;
    if own_channel(instance, user, &job.id)? != consultation.from {
        return Err(refusals::no_channel(&consultation.from, &job.id));
    }
    Ok((job.id.clone(), consultation))
}

fn complete_attended_transfer(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let (job, Consultation { from, to, .. }) = consultation(instance, &user, parameters)?;
    let now = instance.now;
    if let Some(job) = instance.jobs.get_mut(&job) {
        let asked = job.channel(&to).map_or(ChannelState::Released, |channel| channel.state);
        if asked != ChannelState::Answered {
            return Err(refusals::not_answered(asked));
        }
        if job.principals().all(|channel| channel.id == from || channel.id == to) {
            // The party that was to be transferred has hung up meanwhile.
            return Err(refusals::not_answered(ChannelState::Released));
        }
        job.consultation = None;
        job.transfers.push(Transfer { at: now, from, to: Some(to), attended: true });
    }
    instance.leave_call(&job, &user);
    Ok(data_of_call(instance, &user, instance.call(&job)))
}

fn cancel_attended_transfer(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let (job, Consultation { to, .. }) = consultation(instance, &user, parameters)?;
    let extension = instance.extension_of(&user);
    instance.drop_channel(&job, &to, &extension);
    instance.settle(&job, &extension, true, reason::OK, "Success");
    Ok(call_data(instance, &user))
}
