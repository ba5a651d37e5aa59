//! Skill groups of an instance.

use acs_mock::Refused;
use serde_json::Value;

use super::super::answer::directory::skill_group as group_data;
use super::super::engine::reason;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::directory::SkillGroup;
use super::super::state::job::{ChannelState, Job};
use super::paging::{matches, page};
use super::skill_levels::leave_group;
use super::users::forced;
use super::{Handler, expect_skill_group};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreateSkillGroup" => create_skill_group,
        "GetSkillGroup" => get_skill_group,
        "ListSkillGroups" | "ListBriefSkillGroups" => list_skill_groups,
        "ModifySkillGroup" => modify_skill_group,
        "DeleteSkillGroup" => delete_skill_group,
        _ => return None,
    })
}

fn create_skill_group(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let name = parameters.text("Name");
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    let begins_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if name.len() > 64 || !begins_well || !name.chars().all(allowed) {
        let wanted = "It must be 1 to 64 letters, digits, underscores and hyphens, and begin with a letter.";
        return Err(refusals::format("Name", wanted));
    }
    let display_name = display_name(parameters)?.unwrap_or_default();
    let id = format!("{name}@{}", instance.id);
    if instance.skill_groups.contains_key(&id) {
        return Err(refusals::skill_group_exists(&id, &instance.id));
    }
    let group = SkillGroup {
        id,
        name: name.to_owned(),
        display_name,
        description: parameters.text("Description").to_owned(),
        media_type: media_type(parameters).to_owned(),
    };
    let data = group_data(instance, &group);
    instance.add_skill_group(group);
    Ok(data)
}

fn display_name(parameters: Parameters<'_>) -> Result<Option<String>, Refused> {
    let name = parameters.get("DisplayName");
    if name.is_some_and(|name| name.chars().count() > 64) {
        return Err(refusals::format("DisplayName", "It must be 1 to 64 characters."));
    }
    Ok(name.map(str::to_owned))
}

fn media_type(parameters: Parameters<'_>) -> &str {
    parameters.get("MediaType").unwrap_or("AUDIO")
}

/// Returns the skill group that a request names.
fn named<'a>(instance: &'a mut Instance, parameters: Parameters<'_>) -> Result<&'a mut SkillGroup, Refused> {
    let id = parameters.text("SkillGroupId");
    instance.skill_groups.get_mut(id).ok_or_else(|| refusals::no_skill_group(id, &instance.id))
}

fn get_skill_group(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let group = named(instance, parameters)?.clone();
    Ok(group_data(instance, &group))
}

fn list_skill_groups(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let groups = instance
        .skill_groups
        .values()
        .filter(|group| group.media_type == media_type(parameters))
        .filter(|group| matches(parameters, &group.names()));
    Ok(page(parameters, groups, |group| group_data(instance, group)))
}

fn modify_skill_group(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let group = named(instance, parameters)?;
    if let Some(name) = display_name(parameters)? {
        group.display_name = name;
    }
    parameters.text("Description").clone_into(&mut group.description);
    Ok(Value::Null)
}

fn delete_skill_group(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let id = parameters.text("SkillGroupId");
    expect_skill_group(instance, id)?;
    let has_users = instance.users.values().any(|user| user.skill_levels.contains_key(id));
    let has_numbers = instance.numbers.values().any(|number| number.skill_groups.contains(id));
    let seekers = instance.jobs.values().filter(|job| seeks_agent_of(job, id));
    let calls: Vec<_> = seekers.map(|job| (job.id.clone(), job.own_number().to_owned())).collect();
    if (has_users || has_numbers || !calls.is_empty()) && !forced(parameters) {
        return Err(refusals::skill_group_in_use(id));
    }
    let users: Vec<_> = instance.users.keys().cloned().collect();
    users.iter().for_each(|user| leave_group(instance, user, id));
    for number in instance.numbers.values_mut() {
        number.skill_groups.remove(id);
    }
    // No agent is left who could answer them.
    for (job, number) in calls {
        instance.end(&job, (&number, false), reason::NO_ANSWER, "QueuingTimeout");
    }
    instance.skill_groups.remove(id);
    Ok(Value::Null)
}

/// Whether a call waits for an agent of a skill group, or rings at one.
fn seeks_agent_of(job: &Job, group: &str) -> bool {
    let rings = job.channels.iter().any(|channel| {
        channel.skill_group == group
            && matches!(channel.state, ChannelState::Created | ChannelState::Ringing)
            && channel.party.user().is_some()
    });
    let queued = job.queue.as_ref().is_some_and(|queue| queue.skill_group == group);
    queued && (job.waits() || rings)
}
