//! Supervisors: listening, coaching, joining, taking over.

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::contexts::call_data;
use super::super::engine::Joining;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::agent::UserState::{Break, Ready, Talking};
use super::super::state::job::{CallType, ChannelState, Flag, Party};
use super::{Handler, expect, named_user, user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "MonitorCall" => monitor_call,
        "CoachCall" => coach_call,
        "BargeInCall" => barge_in_call,
        "InterceptCall" => intercept_call,
        _ => return None,
    })
}

fn monitor_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    supervise(instance, parameters, "MonitoredUserId", CallType::Monitor)
}

fn coach_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    supervise(instance, parameters, "CoachedUserId", CallType::Coach)
}

fn barge_in_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    supervise(instance, parameters, "BargedUserId", CallType::Barge)
}

fn intercept_call(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    supervise(instance, parameters, "InterceptedUserId", CallType::Intercept)
}

/// Brings the supervisor who sends the request into the call of the agent that a parameter names.
fn supervise(
    instance: &mut Instance,
    parameters: Parameters<'_>,
    parameter: &str,
    call_type: CallType,
) -> Result<Value, Refused> {
    let supervisor = user(instance, parameters)?;
    let agent = named_user(instance, parameters.text(parameter))?;
    let own = instance.agents.get(&agent).and_then(|agent| agent.job.as_deref());
    let id = parameters.get("JobId").or(own).unwrap_or_default().to_owned();
    let of_agent = |job: &&super::super::state::job::Job| {
        job.ended.is_none()
            && job.channel_of(&agent).is_some_and(|channel| matches!(channel.party, Party::Agent(_)))
    };
    if instance.jobs.get(&id).filter(of_agent).is_none() {
        return Err(refusals::no_job(&id));
    }
    expect(instance, &agent, &[Talking])?;
    if already_there(instance, &id, &supervisor) {
        // A supervisor who listens may go on to coach, join or take over.
        instance.leave_supervision(&id, &supervisor);
    } else {
        expect(instance, &supervisor, &[Ready, Break])?;
    }
    match call_type {
        CallType::Intercept => take_over(instance, &id, &supervisor, &agent),
        CallType::Monitor => {
            let flags = Some((Flag::Monitoring, Flag::Monitored));
            instance.supervise(&id, &supervisor, call_type, flags, &agent);
        }
        CallType::Coach => {
            instance.supervise(&id, &supervisor, call_type, Some((Flag::Coaching, Flag::Coached)), &agent);
        }
        _ => instance.supervise(&id, &supervisor, call_type, None, &agent),
    }
    Ok(call_data(instance, &supervisor))
}

fn already_there(instance: &Instance, job: &str, supervisor: &str) -> bool {
    let channel = instance.jobs.get(job).and_then(|job| job.channel_of(supervisor));
    channel.is_some_and(|channel| matches!(channel.party, Party::Supervisor(_)))
}

/// The supervisor stands in the agent's place from now on.
fn take_over(instance: &mut Instance, job: &str, supervisor: &str, agent: &str) {
    let (from, to) = (instance.extension_of(supervisor), instance.extension_of(agent));
    let joining = Joining {
        party: Party::Agent(supervisor.to_owned()),
        call_type: CallType::Intercept,
        originator: &from,
        destination: &to,
        skill_group: "",
        state: ChannelState::Answered,
    };
    instance.add_channel(job, joining);
    let now = instance.now;
    if let Some(supervisor) = instance.agent(supervisor) {
        supervisor.join(job, Talking, now);
    }
    instance.free(job, agent);
}
