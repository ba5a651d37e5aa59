//! Users of an instance and their roles.

use std::collections::BTreeMap;

use acs_mock::Refused;
use serde_json::{Value, json};

use super::super::answer::directory::{role_id, user as user_data};
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::agent::{Agent, UserState};
use super::agents::reset;
use super::lists::{ids, levels, ram_ids};
use super::paging::{matches, page};
use super::{Handler, expect, expect_skill_group, named_user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreateUser" => create_user,
        "AssignUsers" | "ImportRamUsers" => import_ram_users,
        "GetUser" => get_user,
        "ListUsers" => list_users,
        "ModifyUser" => modify_user,
        "RemoveUsers" => remove_users,
        "ListRoles" => list_roles,
        _ => return None,
    })
}

const ROLES: [&str; 3] = ["Admin", "Manager", "Agent"];

fn create_user(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let login = parameters.text("LoginName");
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    if !(4..=64).contains(&login.len()) || !login.chars().all(allowed) {
        let wanted = "It must be 4 to 64 letters, digits, periods, underscores and hyphens.";
        return Err(refusals::format("LoginName", wanted));
    }
    if parameters.text("DisplayName").chars().count() > 128 {
        return Err(refusals::maximum("DisplayName", "128"));
    }
    let role = role(instance, parameters.text("RoleId"))?;
    let levels = known_levels(instance, parameters)?;
    if instance.users.values().any(|user| user.login_name == login) {
        return Err(refusals::user_exists(login, &instance.id));
    }
    let id = instance.add_user(login, role, levels);
    describe(instance, &id, parameters);
    Ok(instance.users.get(&id).map_or(Value::Null, |user| user_data(instance, user)))
}

/// Adds RAM users, under generated login names.
fn import_ram_users(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let ram_ids = ram_ids(parameters, "RamIdList")?;
    let role = role(instance, parameters.text("RoleId"))?;
    let levels = known_levels(instance, parameters)?;
    for ram_id in &ram_ids {
        let of_login = instance.users.contains_key(&format!("ram-{ram_id}@{}", instance.id));
        if of_login || instance.users.values().any(|user| user.ram_id == *ram_id) {
            return Err(refusals::user_exists(&ram_id.to_string(), &instance.id));
        }
    }
    for ram_id in ram_ids {
        let id = add_ram_user(instance, ram_id, role, levels.clone());
        describe(instance, &id, parameters);
    }
    Ok(Value::String(format!("workflow-{}", instance.serial())))
}

/// Adds a RAM user to an instance, under a generated login name. Returns the user's id.
pub(super) fn add_ram_user(
    instance: &mut Instance,
    ram_id: i64,
    role: &str,
    levels: BTreeMap<String, i64>,
) -> String {
    let id = instance.add_user(&format!("ram-{ram_id}"), role, levels);
    if let Some(user) = instance.users.get_mut(&id) {
        user.ram_id = ram_id;
    }
    id
}

/// Parses the skill levels of a new user. Refuses if a skill group does not exist.
fn known_levels(instance: &Instance, parameters: Parameters<'_>) -> Result<BTreeMap<String, i64>, Refused> {
    let levels = levels(parameters, "SkillLevelList", "skillGroupId")?;
    levels.keys().try_for_each(|group| expect_skill_group(instance, group))?;
    Ok(levels)
}

/// Returns the name of a role of the instance.
fn role(instance: &Instance, id: &str) -> Result<&'static str, Refused> {
    let role = ROLES.into_iter().find(|role| role_id(instance, role) == id);
    role.ok_or_else(|| refusals::no_role(id))
}

/// Sets the details of a user that a request has.
fn describe(instance: &mut Instance, id: &str, parameters: Parameters<'_>) {
    let set = |field: &mut String, name: &str| {
        if let Some(value) = parameters.get(name) {
            value.clone_into(field);
        }
    };
    if let Some(user) = instance.users.get_mut(id) {
        set(&mut user.avatar_url, "AvatarUrl");
        set(&mut user.display_id, "DisplayId");
        set(&mut user.display_name, "DisplayName");
        set(&mut user.email, "Email");
        set(&mut user.nickname, "Nickname");
    }
    if let Some(agent) = instance.agents.get_mut(id) {
        set(&mut agent.mobile, "Mobile");
        if let Some(mode) = parameters.get("WorkMode") {
            agent.set_work_mode(mode, instance.now);
        }
    }
}

fn get_user(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let (named, user) = match (parameters.get("UserId"), parameters.get("Extension")) {
        (Some(id), _) => (id, instance.users.get(id)),
        (None, Some(extension)) => (extension, instance.user_of_extension(extension)),
        (None, None) => return Err(refusals::blank("UserId")),
    };
    let user = user.ok_or_else(|| refusals::no_user(named, &instance.id))?;
    Ok(user_data(instance, user))
}

fn list_users(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let group = parameters.get("SkillGroupId");
    group.map_or(Ok(()), |group| expect_skill_group(instance, group))?;
    let users = instance
        .users
        .values()
        .filter(|user| group.is_none_or(|group| user.skill_levels.contains_key(group)))
        .filter(|user| matches(parameters, &user.names()));
    Ok(page(parameters, users, |user| user_data(instance, user)))
}

fn modify_user(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let id = named_user(instance, parameters.text("UserId"))?;
    let role = parameters.get("RoleId").map(|id| role(instance, id)).transpose()?;
    let mode = instance.agents.get(&id).map(Agent::work_mode);
    if mode != parameters.get("WorkMode") && !forced(parameters) {
        // Agents who are signed in change their work mode with ChangeWorkMode.
        expect(instance, &id, &[UserState::Offline])?;
    }
    describe(instance, &id, parameters);
    if let (Some(user), Some(role)) = (instance.users.get_mut(&id), role) {
        role.clone_into(&mut user.role);
    }
    Ok(Value::Null)
}

/// Whether a request is to be carried out in spite of a conflict (`Force`).
pub(super) fn forced(parameters: Parameters<'_>) -> bool {
    parameters.boolean("Force").unwrap_or(false)
}

fn remove_users(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    if parameters.get("FilePath").is_some() {
        return Err(refusals::invalid("FilePath", "this call centre has no uploaded files"));
    }
    let users = ids(parameters, "UserIdList")?;
    for user in &users {
        named_user(instance, user)?;
        if !forced(parameters) {
            expect(instance, user, &[UserState::Offline])?;
        }
    }
    for user in &users {
        reset(instance, user);
        instance.users.remove(user);
        instance.agents.remove(user);
        instance.caller.take_if(|caller| caller == user);
    }
    Ok(Value::Null)
}

fn list_roles(instance: &mut Instance, _: Parameters<'_>) -> Result<Value, Refused> {
    Ok(ROLES
        .into_iter()
        .map(|role| json!({ "InstanceId": instance.id, "Name": role, "RoleId": role_id(instance, role) }))
        .collect())
}
