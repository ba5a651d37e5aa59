//! Supervision: monitoring, coaching, barging in, intercepting.

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::contexts::call_data;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::agent::UserState::{Break, Ready, Talking};
use super::super::state::job::{CallType, Party};
use super::calls::own_job;
use super::{Handler, expect, named_user, user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "MonitorCall" => {
            |instance, parameters| supervise(instance, parameters, "MonitoredUserId", CallType::Monitor)
        }
        "CoachCall" => {
            |instance, parameters| supervise(instance, parameters, "CoachedUserId", CallType::Coach)
        }
        "BargeInCall" => {
            |instance, parameters| supervise(instance, parameters, "BargedUserId", CallType::Barge)
        }
        "InterceptCall" => {
            |instance, parameters| supervise(instance, parameters, "InterceptedUserId", CallType::Intercept)
        }
        _ => return None,
    })
}

/// Connects the supervisor who sends the request to the call of the agent that a parameter names.
fn supervise(
    instance: &mut Instance,
    parameters: Parameters<'_>,
    parameter: &str,
    call_type: CallType,
) -> Result<Value, Refused> {
    let supervisor = user(instance, parameters)?;
    let agent = named_user(instance, parameters.text(parameter))?;
    let job = own_job(instance, &agent, parameters)?;
    let id = job.id.clone();
    if !job.channel_of(&agent).is_some_and(|own| matches!(own.party, Party::Agent(_))) {
        return Err(refusals::no_job(&id));
    }
    expect(instance, &agent, &[Talking])?;
    if already_there(instance, &id, &supervisor) {
        // A supervisor who listens may go on to coach, join or take over.
        instance.leave_supervision(&id, &supervisor);
    } else {
        expect(instance, &supervisor, &[Ready, Break])?;
    }
    if call_type == CallType::Intercept {
        // The supervisor replaces the agent.
        instance.supervise(&id, &supervisor, Party::Agent(supervisor.clone()), call_type, &agent);
        instance.leave_call(&id, &agent);
    } else {
        instance.supervise(&id, &supervisor, Party::Supervisor(supervisor.clone()), call_type, &agent);
    }
    Ok(call_data(instance, &supervisor))
}

fn already_there(instance: &Instance, job: &str, supervisor: &str) -> bool {
    let channel = instance.jobs.get(job).and_then(|job| job.channel_of(supervisor));
    channel.is_some_and(|channel| matches!(channel.party, Party::Supervisor(_)))
}
