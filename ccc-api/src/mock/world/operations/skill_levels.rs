//! The skill levels of users in skill groups, set and listed by user or by skill group.

use std::collections::BTreeMap;

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::directory::{skill_group as group_data, user as user_data};
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::lists::{ids, required_levels};
use super::paging::{matches, page};
use super::{Handler, expect_skill_group, named_user, user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "AddSkillGroupsToUser" => add_skill_groups_to_user,
        "AddUsersToSkillGroup" => add_users_to_skill_group,
        "ModifySkillLevelsOfUser" => modify_skill_levels_of_user,
        "ModifyUserLevelsOfSkillGroup" => modify_user_levels_of_skill_group,
        "RemoveSkillGroupsFromUser" => remove_skill_groups_from_user,
        "RemoveUsersFromSkillGroup" => remove_users_from_skill_group,
        "ListSkillLevelsOfUser" => list_skill_levels_of_user,
        "ListUserLevelsOfSkillGroup" => list_user_levels_of_skill_group,
        _ => return None,
    })
}

/// Parses the user of a request, and levels by skill group. Refuses if one of them does not exist.
fn levels_of_user(
    instance: &Instance,
    parameters: Parameters<'_>,
) -> Result<(String, BTreeMap<String, i64>), Refused> {
    let user = named_user(instance, parameters.text("UserId"))?;
    let levels = required_levels(parameters, "SkillLevelList", "skillGroupId")?;
    levels.keys().try_for_each(|group| expect_skill_group(instance, group))?;
    Ok((user, levels))
}

/// Parses the skill group of a request, and levels by user. Refuses if one of them does not exist.
fn levels_of_group(
    instance: &Instance,
    parameters: Parameters<'_>,
    list: &str,
) -> Result<(String, BTreeMap<String, i64>), Refused> {
    let group = parameters.text("SkillGroupId");
    expect_skill_group(instance, group)?;
    let levels = required_levels(parameters, list, "userId")?;
    levels.keys().try_for_each(|user| named_user(instance, user).map(drop))?;
    Ok((group.to_owned(), levels))
}

fn set_level(instance: &mut Instance, user: &str, group: &str, level: i64) {
    if let Some(user) = instance.users.get_mut(user) {
        user.skill_levels.insert(group.to_owned(), level);
    }
}

/// Removes a user from a skill group, and signs the user out of it.
pub(super) fn leave_group(instance: &mut Instance, user: &str, group: &str) {
    if let Some(user) = instance.users.get_mut(user) {
        user.skill_levels.remove(group);
    }
    if let Some(agent) = instance.agents.get_mut(user) {
        agent.signed_in.retain(|signed_in| signed_in != group);
    }
}

fn expect_member(instance: &Instance, list: &str, user: &str, group: &str) -> Result<(), Refused> {
    if instance.users.get(user).is_some_and(|user| user.skill_levels.contains_key(group)) {
        Ok(())
    } else {
        Err(refusals::invalid(list, &format!("the user {user} does not belong to the skill group {group}")))
    }
}

fn add_skill_groups_to_user(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let (user, levels) = levels_of_user(instance, parameters)?;
    levels.iter().for_each(|(group, level)| set_level(instance, &user, group, *level));
    Ok(Value::Null)
}

fn add_users_to_skill_group(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let (group, levels) = levels_of_group(instance, parameters, "UserSkillLevelList")?;
    levels.iter().for_each(|(user, level)| set_level(instance, user, &group, *level));
    Ok(Value::Null)
}

fn modify_skill_levels_of_user(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let (user, levels) = levels_of_user(instance, parameters)?;
    levels.keys().try_for_each(|group| expect_member(instance, "SkillLevelList", &user, group))?;
    levels.iter().for_each(|(group, level)| set_level(instance, &user, group, *level));
    Ok(Value::Null)
}

fn modify_user_levels_of_skill_group(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let (group, levels) = levels_of_group(instance, parameters, "UserLevelList")?;
    levels.keys().try_for_each(|user| expect_member(instance, "UserLevelList", user, &group))?;
    levels.iter().for_each(|(user, level)| set_level(instance, user, &group, *level));
    Ok(Value::Null)
}

fn remove_skill_groups_from_user(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let user = named_user(instance, parameters.text("UserId"))?;
    let groups = ids(parameters, "SkillGroupIdList")?;
    groups.iter().try_for_each(|group| expect_skill_group(instance, group))?;
    groups.iter().for_each(|group| leave_group(instance, &user, group));
    Ok(Value::Null)
}

fn remove_users_from_skill_group(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let group = parameters.text("SkillGroupId");
    expect_skill_group(instance, group)?;
    let users = ids(parameters, "UserIdList")?;
    users.iter().try_for_each(|user| named_user(instance, user).map(drop))?;
    users.iter().for_each(|user| leave_group(instance, user, group));
    Ok(Value::Null)
}

/// Whether a request asks for members (`IsMember`), and not for what could become one.
pub(super) fn wants_members(parameters: Parameters<'_>) -> bool {
    parameters.boolean("IsMember").unwrap_or(true)
}

fn list_skill_levels_of_user(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = user(instance, parameters)?;
    let level = |group: &str| instance.users.get(&user).and_then(|user| user.skill_levels.get(group));
    let groups = instance
        .skill_groups
        .values()
        .filter(|group| level(&group.id).is_some() == wants_members(parameters))
        .filter(|group| matches(parameters, &group.names()));
    Ok(page(parameters, groups, |group| with_level(group_data(instance, group), level(&group.id))))
}

fn list_user_levels_of_skill_group(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let id = parameters.text("SkillGroupId");
    let group = instance.skill_groups.get(id).ok_or_else(|| refusals::no_skill_group(id, &instance.id))?;
    let users = instance
        .users
        .values()
        .filter(|user| user.skill_levels.contains_key(id) == wants_members(parameters))
        .filter(|user| matches(parameters, &user.names()));
    Ok(page(parameters, users, |user| {
        let mut data = with_level(user_data(instance, user), user.skill_levels.get(id));
        if let Value::Object(fields) = &mut data {
            fields.insert("SkillGroupId".to_owned(), group.id.clone().into());
            fields.insert("SkillGroupName".to_owned(), group.display_name.clone().into());
        }
        data
    }))
}

/// Adds the skill level of a member; others have none.
fn with_level(mut data: Value, level: Option<&i64>) -> Value {
    if let (Value::Object(fields), Some(level)) = (&mut data, level) {
        fields.insert("SkillLevel".to_owned(), (*level).into());
    }
    data
}
