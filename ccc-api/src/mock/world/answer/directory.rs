//! Users, skill groups, numbers and instances, as operations return them.

use serde_json::{Value, json};

use super::super::state::Instance;
use super::super::state::agent::Agent;
use super::super::state::directory::{PhoneNumber, SkillGroup, User};

/// Returns a user, with skill levels, personal numbers and the device.
pub(in super::super) fn user(instance: &Instance, user: &User) -> Value {
    let agent = instance.agents.get(&user.id);
    let device = agent.map(|agent| agent.device.as_str()).unwrap_or_default();
    let (device_extension, device_state) =
        if device.is_empty() { ("", "UNREGISTERED") } else { (user.extension.as_str(), "ONLINE") };
    let levels: Vec<_> = user
        .skill_levels
        .iter()
        .filter_map(|(group, level)| Some((instance.skill_groups.get(group)?, level)))
        .map(|(group, level)| {
            json!({ "SkillGroupId": group.id, "SkillGroupName": group.display_name, "SkillLevel": level })
        })
        .collect();
    let numbers: Vec<_> = user
        .personal_numbers
        .iter()
        .filter_map(|number| instance.numbers.get(number))
        .map(|number| phone_number(instance, number))
        .collect();
    json!({
        "AvatarUrl": user.avatar_url,
        "DeviceExt": device_extension,
        "DeviceId": device,
        "DeviceState": device_state,
        "DisplayId": user.display_id,
        "DisplayName": user.display_name,
        "Email": user.email,
        "Extension": user.extension,
        "InstanceId": instance.id,
        "LoginName": user.login_name,
        "Mobile": agent.map(|agent| agent.mobile.as_str()).unwrap_or_default(),
        "Nickname": user.nickname,
        "PersonalOutboundNumberList": numbers,
        "Primary": false,
        "PrimaryAccount": false,
        "RamId": user.ram_id,
        "RoleId": role_id(instance, &user.role),
        "RoleName": user.role,
        "SkillLevelList": levels,
        "UserId": user.id,
        "WorkMode": agent.map(Agent::work_mode).unwrap_or_default(),
    })
}

/// Returns the id of a role.
pub(in super::super) fn role_id(instance: &Instance, role: &str) -> String {
    format!("{role}@{}", instance.id)
}

/// Returns a skill group, with the counts of its users and numbers.
pub(in super::super) fn skill_group(instance: &Instance, group: &SkillGroup) -> Value {
    let users = instance.users.values().filter(|user| user.skill_levels.contains_key(&group.id));
    let numbers = instance.numbers.values().filter(|number| number.skill_groups.contains(&group.id));
    json!({
        "Description": group.description,
        "DisplayName": group.display_name,
        "InstanceId": instance.id,
        "MediaType": group.media_type,
        "Name": group.name,
        "PhoneNumberCount": numbers.count(),
        "SkillGroupId": group.id,
        "SkillGroupName": group.display_name,
        "UserCount": users.count(),
    })
}

/// Returns a number, with its skill groups or the user whose own it is.
pub(in super::super) fn phone_number(instance: &Instance, number: &PhoneNumber) -> Value {
    let groups: Vec<_> = number
        .skill_groups
        .iter()
        .filter_map(|group| instance.skill_groups.get(group))
        .map(|group| skill_group(instance, group))
        .collect();
    json!({
        "Active": number.active,
        "City": "",
        "ContactFlowId": number.contact_flow,
        "ContactFlowName": "",
        "CreateTime": number.created,
        "InstanceId": instance.id,
        "Number": number.number,
        "Provider": "",
        "Province": "",
        "SkillGroups": groups,
        "Tags": "",
        "Usage": number.usage,
        "UserId": instance.owner(&number.number).unwrap_or_default(),
    })
}

/// Returns an instance, with its administrators and numbers.
pub(in super::super) fn instance(instance: &Instance) -> Value {
    let admins: Vec<_> = instance
        .users
        .values()
        .filter(|user| user.role == "Admin")
        .map(|admin| user(instance, admin))
        .collect();
    let numbers: Vec<_> = instance.numbers.values().map(|number| phone_number(instance, number)).collect();
    json!({
        "AdminList": admins,
        "AliyunUid": "1000000000000001",
        "ConsoleUrl": format!("https://example.com/workbench/{}", instance.id),
        "CreateTime": instance.created,
        "Description": instance.description,
        "DomainName": instance.id,
        "Id": instance.id,
        "Name": instance.name,
        "NumberList": numbers,
        "Status": "RUNNING",
    })
}
