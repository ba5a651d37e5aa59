//! Agents: signing in and out, breaks, status and devices.

use acs_mock::Refused;
use serde_json::{Value, json};

use super::super::answer::contexts::{call_data, user_context};
use super::super::answer::states::present_call;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::agent::UserState::{Break, Offline, Ready, Working};
use super::{Handler, expect, user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "SignInGroup" => sign_in_group,
        "SignOutGroup" => sign_out_group,
        "ReadyForService" => ready_for_service,
        "TakeBreak" => take_break,
        "ChangeWorkMode" => change_work_mode,
        "ResetAgentState" => reset_agent_state,
        "PollUserStatus" => poll_user_status,
        "RegisterDevice" => register_device,
        "UnregisterDevice" => unregister_device,
        "ListDevices" => list_devices,
        _ => return None,
    })
}

/// Signs an agent in, or changes the skill groups of an agent who is signed in.
fn sign_in_group(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    expect(instance, &user, &[Offline, Break, Ready])?;
    let groups = skill_groups(instance, parameters)?;
    let keeps = parameters.boolean("Additivity").unwrap_or(false);
    let now = instance.now;
    if let Some(agent) = instance.agent(&user) {
        if !keeps {
            agent.signed_in.clear();
        }
        for group in groups {
            if !agent.signed_in.contains(&group) {
                agent.signed_in.push(group);
            }
        }
        parameters.text("DeviceId").clone_into(&mut agent.device);
        if agent.state() == Offline {
            agent.take_break("Warm-up", now);
        }
    }
    instance.dispatch();
    Ok(user_context(instance, &user))
}

/// Returns the skill groups of a request. Refuses if one does not exist.
fn skill_groups(instance: &Instance, parameters: Parameters<'_>) -> Result<Vec<String>, Refused> {
    let groups = parameters.list("SignedSkillGroupIdList");
    match groups.iter().find(|group| !instance.skill_groups.contains_key(*group)) {
        Some(unknown) => Err(refusals::no_skill_group(unknown, &instance.id)),
        None => Ok(groups),
    }
}

fn sign_out_group(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    expect(instance, &user, &[Ready, Break, Working])?;
    sign_out(instance, &user);
    Ok(user_context(instance, &user))
}

fn sign_out(instance: &mut Instance, user: &str) {
    let now = instance.now;
    let Some(agent) = instance.agent(user) else { return };
    let job = agent.job.take();
    agent.signed_in.clear();
    agent.device.clear();
    agent.enter(Offline, now);
    agent.set_outbound_scenario(false, now);
    if let Some(job) = job {
        instance.forget(&job);
    }
}

fn ready_for_service(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    expect(instance, &user, &[Break, Ready, Working])?;
    instance.become_ready(&user, Some(parameters.boolean("OutboundScenario").unwrap_or(false)));
    Ok(user_context(instance, &user))
}

fn take_break(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    expect(instance, &user, &[Break, Ready, Working])?;
    let now = instance.now;
    if let Some(agent) = instance.agent(&user) {
        let job = agent.job.take();
        agent.take_break(parameters.text("Code"), now);
        if let Some(job) = job {
            instance.forget(&job);
        }
    }
    Ok(user_context(instance, &user))
}

fn change_work_mode(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    expect(instance, &user, &[Offline, Break, Ready])?;
    let groups = skill_groups(instance, parameters)?;
    let now = instance.now;
    if let Some(agent) = instance.agent(&user) {
        agent.set_work_mode(parameters.text("WorkMode"), now);
        if let Some(mobile) = parameters.get("Mobile") {
            mobile.clone_into(&mut agent.mobile);
        }
        if !groups.is_empty() {
            agent.signed_in = groups;
        }
    }
    instance.dispatch();
    Ok(user_context(instance, &user))
}

fn reset_agent_state(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    reset(instance, &user);
    Ok(user_context(instance, &user))
}

/// Signs an agent out, whatever the state. A call of the agent ends.
pub(super) fn reset(instance: &mut Instance, user: &str) {
    // Otherwise the agent would get the next waiting call as soon as the present one ends.
    if let Some(agent) = instance.agent(user) {
        agent.signed_in.clear();
    }
    let channel = present_call(instance, user).map(|(job, own)| (job.id.clone(), own.id.clone()));
    if let Some((job, channel)) = channel {
        instance.hang_up(&job, &channel);
    }
    sign_out(instance, user);
}

fn poll_user_status(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let now = instance.now;
    if let Some(agent) = instance.agent(&user) {
        agent.heartbeat = now;
    }
    Ok(call_data(instance, &user))
}

fn register_device(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    if let Some(agent) = instance.agent(&user) {
        parameters.text("DeviceId").clone_into(&mut agent.device);
    }
    Ok(Value::Null)
}

fn unregister_device(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    if let Some(agent) = instance.agent(&user) {
        agent.device.clear();
    }
    Ok(Value::Null)
}

fn list_devices(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let extension = instance.extension_of(&user);
    let device =
        instance.agents.get(&user).map(|agent| agent.device.clone()).filter(|device| !device.is_empty());
    let devices = device.map(|device| {
        json!({
            "CallId": "",
            "Contact": format!("sip:{extension}@{device}"),
            "DeviceId": device,
            "DeviceType": "SIP",
            "Expires": 3600,
            "Extension": extension,
            "InstanceId": instance.id,
            "UserId": user,
        })
    });
    Ok(Value::Array(devices.into_iter().collect()))
}
