//! The assignment of numbers to skill groups and users. A number is either a user's personal number, or bound to skill
//! groups.

use std::collections::BTreeSet;

use acs_mock::Refused;
use serde_json::{Value, json};

use super::super::answer::directory::phone_number as number_data;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::directory::PhoneNumber;
use super::lists::ids;
use super::numbers::is_sought;
use super::paging::page;
use super::skill_levels::wants_members;
use super::{Handler, expect_skill_group, named_user, user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "AddNumbersToSkillGroup" => add_numbers_to_skill_group,
        "AddPhoneNumberToSkillGroups" => add_phone_number_to_skill_groups,
        "RemovePhoneNumbersFromSkillGroup" => remove_phone_numbers_from_skill_group,
        "RemovePhoneNumberFromSkillGroups" => remove_phone_number_from_skill_groups,
        "ListPhoneNumbersOfSkillGroup" => list_phone_numbers_of_skill_group,
        "AddPersonalNumbersToUser" => add_personal_numbers_to_user,
        "RemovePersonalNumbersFromUser" => remove_personal_numbers_from_user,
        "ListPersonalNumbersOfUser" => list_personal_numbers_of_user,
        "ListOutboundNumbersOfUser" => list_outbound_numbers_of_user,
        "PickOutboundNumbers" => pick_outbound_numbers,
        _ => return None,
    })
}

fn add_numbers_to_skill_group(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    if !parameters.list("InstNumberGroupIdList").is_empty() {
        return Err(refusals::invalid("InstNumberGroupIdList", "this call centre has no groups of numbers"));
    }
    let numbers = parameters.list("NumberList");
    if numbers.is_empty() {
        return Err(refusals::blank("NumberList"));
    }
    let groups = [parameters.text("SkillGroupId").to_owned()].into();
    bind(instance, "NumberList", &numbers.into_iter().collect(), &groups)
}

fn add_phone_number_to_skill_groups(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let groups = ids(parameters, "SkillGroupIdList")?;
    bind(instance, "Number", &[parameters.text("Number").to_owned()].into(), &groups)
}

/// Binds numbers to skill groups. Refuses if one is a user's personal number; `parameter` is then the invalid one.
fn bind(
    instance: &mut Instance,
    parameter: &str,
    numbers: &BTreeSet<String>,
    groups: &BTreeSet<String>,
) -> Result<Value, Refused> {
    let problem = |instance: &Instance, PhoneNumber { number, .. }: &PhoneNumber| {
        let owner = instance.owner(number)?;
        Some(format!("the number {number} is the own number of the user {owner}"))
    };
    let change = |bound: &mut BTreeSet<String>| bound.extend(groups.iter().cloned());
    change_bindings(instance, parameter, numbers, groups, problem, change)
}

/// Changes the skill groups of numbers, if all groups and numbers exist and no number has a problem.
fn change_bindings(
    instance: &mut Instance,
    parameter: &str,
    numbers: &BTreeSet<String>,
    groups: &BTreeSet<String>,
    problem: impl Fn(&Instance, &PhoneNumber) -> Option<String>,
    change: impl Fn(&mut BTreeSet<String>),
) -> Result<Value, Refused> {
    groups.iter().try_for_each(|group| expect_skill_group(instance, group))?;
    for number in numbers {
        let known = instance.numbers.get(number).ok_or_else(|| refusals::no_number(number, &instance.id))?;
        if let Some(reason) = problem(instance, known) {
            return Err(refusals::invalid(parameter, &reason));
        }
    }
    for number in numbers {
        if let Some(number) = instance.numbers.get_mut(number) {
            change(&mut number.skill_groups);
        }
    }
    Ok(Value::Null)
}

fn remove_phone_numbers_from_skill_group(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let numbers = ids(parameters, "NumberList")?;
    let groups = [parameters.text("SkillGroupId").to_owned()].into();
    unbind(instance, "NumberList", &numbers, &groups)
}

fn remove_phone_number_from_skill_groups(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let groups = ids(parameters, "SkillGroupIdList")?;
    unbind(instance, "SkillGroupIdList", &[parameters.text("Number").to_owned()].into(), &groups)
}

/// Unbinds numbers from skill groups. Refuses if one is not bound to all of them; `parameter` is then the invalid one.
fn unbind(
    instance: &mut Instance,
    parameter: &str,
    numbers: &BTreeSet<String>,
    groups: &BTreeSet<String>,
) -> Result<Value, Refused> {
    let problem = |_: &Instance, PhoneNumber { number, skill_groups, .. }: &PhoneNumber| {
        let group = groups.iter().find(|group| !skill_groups.contains(*group))?;
        Some(format!("the number {number} is not bound to the skill group {group}"))
    };
    let change = |bound: &mut BTreeSet<String>| bound.retain(|group| !groups.contains(group));
    change_bindings(instance, parameter, numbers, groups, problem, change)
}

fn list_phone_numbers_of_skill_group(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let group = parameters.text("SkillGroupId");
    expect_skill_group(instance, group)?;
    let numbers = instance.numbers.values().filter(|number| {
        let bound = number.skill_groups.contains(group);
        if wants_members(parameters) { bound } else { !bound && instance.owner(&number.number).is_none() }
    });
    let numbers = numbers.filter(|number| is_sought(number, parameters));
    Ok(page(parameters, numbers, |number| number_data(instance, number)))
}

/// Whether a number can become a user's personal number.
fn is_free(instance: &Instance, number: &PhoneNumber) -> bool {
    number.calls_out() && number.skill_groups.is_empty() && instance.owner(&number.number).is_none()
}

/// Makes numbers a user's personal numbers. Returns those that are not free.
fn add_personal_numbers_to_user(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let user = named_user(instance, parameters.text("UserId"))?;
    let (added, left): (Vec<_>, Vec<_>) = ids(parameters, "NumberList")?.into_iter().partition(|number| {
        let known = instance.numbers.get(number);
        instance.owner(number) == Some(&user) || known.is_some_and(|number| is_free(instance, number))
    });
    if let Some(user) = instance.users.get_mut(&user) {
        user.personal_numbers.extend(added);
    }
    Ok(json!(left))
}

fn remove_personal_numbers_from_user(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let user = named_user(instance, parameters.text("UserId"))?;
    let numbers = ids(parameters, "NumberList")?;
    if let Some(user) = instance.users.get_mut(&user) {
        user.personal_numbers.retain(|number| !numbers.contains(number));
    }
    Ok(Value::Null)
}

fn list_personal_numbers_of_user(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let user = named_user(instance, parameters.text("UserId"))?;
    let numbers = instance.numbers.values().filter(|number| {
        if wants_members(parameters) {
            instance.owner(&number.number) == Some(&user)
        } else {
            is_free(instance, number)
        }
    });
    let numbers = numbers.filter(|number| is_sought(number, parameters));
    Ok(page(parameters, numbers, |number| number_data(instance, number)))
}

/// Lists the numbers of a user's skill groups and the user's personal ones, or only those of the skill groups in the
/// request.
fn list_outbound_numbers_of_user(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let id = user(instance, parameters)?;
    let user = instance.users.get(&id).ok_or_else(|| refusals::no_user(&id, &instance.id))?;
    let asked = parameters.list("SkillGroupIdList");
    for group in &asked {
        expect_skill_group(instance, group)?;
        if !user.skill_levels.contains_key(group) {
            let reason = format!("the user {id} does not belong to the skill group {group}");
            return Err(refusals::invalid("SkillGroupIdList", &reason));
        }
    }
    let numbers = instance.numbers.values().filter(|number| {
        let mut groups = number.skill_groups.iter();
        number.calls_out()
            && if asked.is_empty() {
                groups.any(|group| user.skill_levels.contains_key(group))
                    || user.personal_numbers.contains(&number.number)
            } else {
                groups.any(|group| asked.contains(group))
            }
    });
    Ok(page(parameters, numbers, |number| number_data(instance, number)))
}

fn pick_outbound_numbers(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let groups = ids(parameters, "SkillGroupIdList")?;
    groups.iter().try_for_each(|group| expect_skill_group(instance, group))?;
    let count = parameters.integer("Count").and_then(|count| usize::try_from(count).ok()).unwrap_or(1);
    let callee = parameters.text("CalledNumber");
    let numbers = instance.numbers.values().filter(|number| {
        number.calls_out() && groups.iter().any(|group| number.skill_groups.contains(group))
    });
    let pair = |number: &PhoneNumber| {
        json!({
            "Callee": { "City": "", "Number": callee, "Province": "" },
            "Caller": { "City": "", "Number": number.number, "Province": "" },
        })
    };
    Ok(numbers.take(count).map(pair).collect())
}
