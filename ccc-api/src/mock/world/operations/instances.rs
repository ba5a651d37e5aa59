//! Instances: creating, changing, deleting and listing them.

use std::collections::BTreeMap;

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::directory::instance as instance_data;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::{Instance, Millis, State};
use super::lists::ram_ids;
use super::numbers::is_taken;
use super::paging::page;
use super::users::add_ram_user;
use super::{Handler, StateHandler};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "GetInstance" => get_instance,
        "ModifyInstance" => modify_instance,
        _ => return None,
    })
}

pub(super) fn state_handler(action: &str) -> Option<StateHandler> {
    Some(match action {
        "CreateInstance" => create_instance,
        "DeleteInstance" => delete_instance,
        "ListInstances" => list_instances,
        "ListInstancesOfUser" => list_instances_of_user,
        _ => return None,
    })
}

fn get_instance(instance: &mut Instance, _: Parameters<'_>) -> Result<Value, Refused> {
    Ok(instance_data(instance))
}

fn modify_instance(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    if let Some(description) = parameters.get("Description") {
        check_description(description)?.clone_into(&mut instance.description);
    }
    Ok(Value::Null)
}

fn check_description(description: &str) -> Result<&str, Refused> {
    let fits = description.chars().count() <= 256;
    if fits { Ok(description) } else { Err(refusals::maximum("Description", "256")) }
}

/// Creates an instance at once.
fn create_instance(state: &mut State, parameters: Parameters<'_>, now: Millis) -> Result<Value, Refused> {
    let (id, name) = (parameters.text("DomainName"), parameters.text("Name"));
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    if !(4..=48).contains(&id.len()) || !id.chars().all(allowed) {
        let wanted = "It must be 4 to 48 letters, digits, underscores and hyphens.";
        return Err(refusals::format("DomainName", wanted));
    }
    if !(4..=32).contains(&name.chars().count()) {
        return Err(refusals::format("Name", "It must be 4 to 32 characters."));
    }
    let description = check_description(parameters.text("Description"))?;
    let admins = ram_ids(parameters, "AdminRamIdList")?;
    if state.instances.contains_key(id) {
        return Err(refusals::instance_exists(id));
    }
    let numbers = parameters.list("NumberList");
    if let Some(taken) = numbers.iter().find(|number| is_taken(state, number)) {
        return Err(refusals::invalid("NumberList", &format!("an instance has the number {taken} already")));
    }
    let mut instance = Instance::new(id, now, state.settings.clone());
    name.clone_into(&mut instance.name);
    description.clone_into(&mut instance.description);
    for admin in admins {
        add_ram_user(&mut instance, admin, "Admin", BTreeMap::new());
    }
    for number in numbers {
        state.unassigned.remove(&number);
        instance.add_number(&number, "Bidirection", [].into());
    }
    let workflow = format!("workflow-{id}-{}", instance.serial());
    state.instances.insert(instance.id.clone(), instance);
    Ok(Value::String(workflow))
}

/// Deletes an instance at once, with its calls. Its numbers then belong to no instance.
fn delete_instance(state: &mut State, parameters: Parameters<'_>, _: Millis) -> Result<Value, Refused> {
    let id = parameters.text("InstanceId");
    let deleted = state.instances.remove(id).ok_or_else(|| refusals::no_instance(id))?;
    state.unassigned.extend(deleted.numbers.into_keys());
    Ok(Value::String(format!("workflow-{id}-delete")))
}

fn list_instances(state: &mut State, parameters: Parameters<'_>, _: Millis) -> Result<Value, Refused> {
    Ok(page(parameters, state.instances.values(), instance_data))
}

/// Lists the instances in which the sender of the request is a user.
fn list_instances_of_user(
    state: &mut State,
    parameters: Parameters<'_>,
    _: Millis,
) -> Result<Value, Refused> {
    let instances = state.instances.values().filter(|instance| instance.caller().is_some());
    Ok(page(parameters, instances, instance_data))
}
