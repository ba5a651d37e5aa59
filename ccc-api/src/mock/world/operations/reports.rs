//! Reports: what happened in hours and days, counted from records and agents' states.

use std::collections::BTreeMap;

use acs_mock::Refused;
use serde_json::{Map, Value, json};

use super::super::answer::figures::{figures, whole_averages};
use super::super::answer::records::group_name;
use super::super::figures::{Figures, Scope, States, Window, Work};
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::agent::Agent;
use super::super::state::directory::User;
use super::super::state::{Instance, Millis};
use super::live::{agents, is_voice, short_list};
use super::paging::page;
use super::records::records;
use super::window::{DAY, HOUR, MOST_DAYS, midnight, whole_hours};
use super::{Handler, expect_skill_group, named_user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "GetHistoricalInstanceReport" => get_historical_instance_report,
        "ListHistoricalAgentReport" => list_historical_agent_report,
        "ListHistoricalSkillGroupReport" => list_historical_skill_group_report,
        "ListAgentSummaryReportsSinceMidnight" => list_agent_summary_reports_since_midnight,
        "ListIntervalAgentReport" => list_interval_agent_report,
        "ListIntervalInstanceReport" => list_interval_instance_report,
        "ListIntervalSkillGroupReport" => list_interval_skill_group_report,
        _ => return None,
    })
}

/// Returns the calls and agents to count; none, if the report is not about voice calls.
fn work(instance: &Instance, voice: bool) -> Work<'_> {
    let ended = instance.records.iter().map(|record| &record.job);
    let types: BTreeMap<_, _> =
        ended.chain(instance.jobs.values()).map(|job| (job.id.as_str(), job.call_type)).collect();
    let agents = agents(instance).filter(|_| voice);
    Work {
        calls: records(instance).filter(|_| voice).map(|record| &record.job).collect(),
        types,
        agents: agents.map(|(user, agent)| (user, agent, States::until(agent, instance.now))).collect(),
    }
}

fn report(work: &Work<'_>, scope: Scope<'_>, window: Window) -> Map<String, Value> {
    figures(&Figures::count(work, scope, window))
}

/// Returns figures together with the fields that say what they are about.
fn entry(about: Value, mut figures: Map<String, Value>) -> Value {
    if let Value::Object(about) = about {
        figures.extend(about);
    }
    Value::Object(figures)
}

fn get_historical_instance_report(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let window = whole_hours(instance, parameters, "EndTime")?;
    Ok(Value::Object(report(&work(instance, is_voice(parameters)), Scope::Instance, window)))
}

/// Returns the agents that a request asks about, by id and skill group.
fn wanted<'a>(
    instance: &'a Instance,
    parameters: Parameters<'_>,
    list: &str,
) -> Result<Vec<&'a User>, Refused> {
    let ids = short_list(parameters, list, 100)?;
    let of_group = |user: &User, agent: &Agent| {
        parameters.get("SkillGroupId").is_none_or(|group| user.is_in(agent, group))
    };
    let found = agents(instance)
        .filter(|(user, agent)| (ids.is_empty() || ids.contains(&user.id)) && of_group(user, agent));
    Ok(found.map(|(user, _)| user).collect())
}

fn agent_entry(instance: &Instance, user: &User, figures: Map<String, Value>) -> Value {
    let groups: Vec<_> = user.skill_levels.keys().collect();
    let about = json!({
        "AgentId": user.id,
        "AgentName": user.display_name,
        "DisplayId": user.display_id,
        "InstanceId": instance.id,
        "LoginName": user.login_name,
        "SkillGroupIds": groups,
        "SkillGroupNames": groups.iter().map(|group| group_name(instance, group)).collect::<Vec<_>>(),
        "Timestamp": instance.now,
    });
    entry(about, figures)
}

fn list_historical_agent_report(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let instance = &*instance;
    let window = whole_hours(instance, parameters, "StopTime")?;
    let users = wanted(instance, parameters, "AgentIdList")?;
    let work = work(instance, is_voice(parameters));
    Ok(page(parameters, &users, |user| {
        agent_entry(instance, user, report(&work, Scope::Agent(&user.id), window))
    }))
}

fn list_historical_skill_group_report(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let instance = &*instance;
    let window = whole_hours(instance, parameters, "EndTime")?;
    let work = work(instance, is_voice(parameters));
    if parameters.boolean("SummarizeByInstanceId") == Some(true) {
        return Ok(page(parameters, [()], |()| Value::Object(report(&work, Scope::Instance, window))));
    }
    let ids = parameters.list("SkillGroupIdList");
    let groups: Vec<_> =
        instance.skill_groups.values().filter(|group| ids.is_empty() || ids.contains(&group.id)).collect();
    Ok(page(parameters, &groups, |group| {
        let about = json!({ "SkillGroupId": group.id, "SkillGroupName": group.display_name });
        entry(about, report(&work, Scope::SkillGroup(&group.id), window))
    }))
}

/// Returns a page of agents, or all agents at once if the request names them.
fn list_agent_summary_reports_since_midnight(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let instance = &*instance;
    let window = Window { from: midnight(instance.now), until: instance.now + 1 };
    let users = wanted(instance, parameters, "AgentIds")?;
    let work = work(instance, true);
    let write = |user: &&User| {
        let figures = whole_averages(report(&work, Scope::Agent(&user.id), window));
        agent_entry(instance, user, figures)
    };
    if parameters.list("AgentIds").is_empty() {
        return Ok(page(parameters, &users, write));
    }
    Ok(json!({
        "List": users.iter().map(write).collect::<Vec<_>>(),
        "PageNumber": parameters.integer("PageNumber"),
        "PageSize": parameters.integer("PageSize"),
        "TotalCount": users.len(),
    }))
}

fn list_interval_agent_report(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let user = named_user(instance, parameters.text("AgentId"))?;
    interval_report(instance, parameters, Scope::Agent(&user))
}

fn list_interval_instance_report(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    interval_report(instance, parameters, Scope::Instance)
}

fn list_interval_skill_group_report(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let group = parameters.text("SkillGroupId");
    expect_skill_group(instance, group)?;
    interval_report(instance, parameters, Scope::SkillGroup(group))
}

/// Returns the figures of each day or hour in a span of time.
fn interval_report(
    instance: &Instance,
    parameters: Parameters<'_>,
    scope: Scope<'_>,
) -> Result<Value, Refused> {
    let window = whole_hours(instance, parameters, "EndTime")?;
    let (daily, most) = match parameters.get("Interval") {
        Some("Hourly") => (false, 10),
        _ => (true, MOST_DAYS),
    };
    if window.until.saturating_sub(window.from) > most * DAY + 2 * HOUR {
        return Err(refusals::invalid("EndTime", &format!("it is more than {most} days after StartTime")));
    }
    let work = work(instance, is_voice(parameters));
    let entries = intervals(window, daily).into_iter().map(|interval| {
        let mut counted = Figures::count(&work, scope, interval);
        if !daily {
            (counted.times.first_check_in, counted.times.last_check_out) = (None, None);
        }
        entry(json!({ "StatsTime": interval.from }), figures(&counted))
    });
    Ok(entries.collect())
}

/// Cuts a span of time into days or hours.
fn intervals(window: Window, daily: bool) -> Vec<Window> {
    let mut intervals = Vec::new();
    let mut from = window.from;
    while from < window.until {
        let next: Millis = if daily { midnight(from) + DAY } else { from + HOUR };
        intervals.push(Window { from, until: next.min(window.until) });
        from = next;
    }
    intervals
}
