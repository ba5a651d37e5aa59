//! The phone numbers of an instance.

use acs_mock::Refused;
use serde_json::{Value, json};

use super::super::answer::directory::phone_number as number_data;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::directory::PhoneNumber;
use super::super::state::{Instance, Millis, State};
use super::paging::{matches, page};
use super::users::forced;
use super::{Handler, StateHandler};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "ListPhoneNumbers" => list_phone_numbers,
        "ModifyPhoneNumber" => modify_phone_number,
        _ => return None,
    })
}

/// These operations move numbers between an instance and the unassigned numbers.
pub(super) fn state_handler(action: &str) -> Option<StateHandler> {
    Some(match action {
        "AddPhoneNumbers" => add_phone_numbers,
        "RemovePhoneNumbers" => remove_phone_numbers,
        "ListUnassignedNumbers" => list_unassigned_numbers,
        _ => return None,
    })
}

fn instance<'a>(state: &'a mut State, parameters: Parameters<'_>) -> Result<&'a mut Instance, Refused> {
    let id = parameters.text("InstanceId");
    state.instances.get_mut(id).ok_or_else(|| refusals::no_instance(id))
}

/// Adds numbers, known or new. Returns those that an instance has already, or that cannot be used in this way.
fn add_phone_numbers(state: &mut State, parameters: Parameters<'_>, _: Millis) -> Result<Value, Refused> {
    instance(state, parameters)?;
    if parameters.get("NumberGroupId").is_some() {
        return Err(refusals::invalid("NumberGroupId", "this call centre has no groups of numbers"));
    }
    let usage = parameters.text("Usage");
    let takes_calls = usage != "Outbound";
    let (added, left): (Vec<_>, Vec<_>) = required_numbers(parameters)?
        .into_iter()
        .partition(|number| !is_taken(state, number) && (usage == "Inbound" || !number.starts_with("400")));
    for number in &added {
        state.unassigned.remove(number);
    }
    let instance = instance(state, parameters)?;
    for number in &added {
        instance.add_number(number, usage, [].into());
        let flow = parameters.get("ContactFlowId").filter(|_| takes_calls);
        if let (Some(number), Some(flow)) = (instance.numbers.get_mut(number), flow) {
            flow.clone_into(&mut number.contact_flow);
        }
    }
    Ok(json!(left))
}

/// Whether any instance has a number.
pub(super) fn is_taken(state: &State, number: &str) -> bool {
    state.instances.values().any(|instance| instance.numbers.contains_key(number))
}

/// Parses the numbers of a request. Refuses an empty list.
fn required_numbers(parameters: Parameters<'_>) -> Result<Vec<String>, Refused> {
    let numbers = parameters.list("NumberList");
    if numbers.is_empty() { Err(refusals::minimum("NumberList", "1")) } else { Ok(numbers) }
}

/// Removes numbers. Returns those that do not exist and, without `Force`, those that are in use.
fn remove_phone_numbers(state: &mut State, parameters: Parameters<'_>, _: Millis) -> Result<Value, Refused> {
    let instance = instance(state, parameters)?;
    let (removed, left): (Vec<_>, Vec<_>) =
        required_numbers(parameters)?.into_iter().partition(|number| match instance.numbers.get(number) {
            Some(number) => forced(parameters) || !is_in_use(instance, number),
            None => false,
        });
    for number in &removed {
        instance.numbers.remove(number);
        instance.users.values_mut().for_each(|user| {
            user.personal_numbers.remove(number);
        });
    }
    state.unassigned.extend(removed);
    Ok(json!(left))
}

fn is_in_use(instance: &Instance, number: &PhoneNumber) -> bool {
    let bound = !number.skill_groups.is_empty() || !number.contact_flow.is_empty();
    bound || instance.owner(&number.number).is_some()
}

fn list_unassigned_numbers(
    state: &mut State,
    parameters: Parameters<'_>,
    _: Millis,
) -> Result<Value, Refused> {
    let numbers = state.unassigned.iter().filter(|number| matches(parameters, &[number]));
    Ok(page(parameters, numbers, |number| json!({ "City": "", "Number": number, "Province": "" })))
}

fn list_phone_numbers(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let usage = parameters.get("Usage");
    let numbers = instance
        .numbers
        .values()
        .filter(|number| usage.is_none_or(|usage| number.usage == usage))
        .filter(|number| is_sought(number, parameters));
    Ok(page(parameters, numbers, |number| number_data(instance, number)))
}

/// Whether a number is one that the request searches for, by `SearchPattern` and `Active`.
pub(super) fn is_sought(number: &PhoneNumber, parameters: Parameters<'_>) -> bool {
    let active = parameters.boolean("Active");
    active.is_none_or(|active| number.active == active) && matches(parameters, &[&number.number])
}

fn modify_phone_number(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let id = parameters.text("Number");
    let number = instance.numbers.get_mut(id).ok_or_else(|| refusals::no_number(id, &instance.id))?;
    parameters.text("Usage").clone_into(&mut number.usage);
    if number.usage == "Outbound" {
        number.contact_flow.clear();
    } else if let Some(flow) = parameters.get("ContactFlowId") {
        flow.clone_into(&mut number.contact_flow);
    }
    Ok(Value::Null)
}
