//! Recordings of calls that ended. Nobody can fetch one: the links lead nowhere.

use acs_mock::Refused;
use serde_json::{Value, json};

use super::super::answer::records::{agent_name, recording_ready};
use super::super::parameters::Parameters;
use super::super::state::record::Record;
use super::super::state::{Instance, Millis};
use super::Handler;
use super::records::record_of;

/// How long a link works, in seconds, if the request does not say it.
const ONE_DAY: Millis = 86_400;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "GetMonoRecording" => |instance, parameters| whole(instance, parameters, "wav"),
        "GetMultiChannelRecording" => |instance, parameters| whole(instance, parameters, "mkv"),
        "ListMonoRecordings" => |instance, parameters| of_agents(instance, parameters, "wav"),
        "ListMultiChannelRecordings" => |instance, parameters| of_agents(instance, parameters, "mkv"),
        _ => return None,
    })
}

/// The record that a request names, if its recording is there.
fn recorded<'a>(instance: &'a Instance, parameters: Parameters<'_>) -> Result<Option<&'a Record>, Refused> {
    let record = record_of(instance, parameters.text("ContactId"))?;
    Ok(record.filter(|record| recording_ready(instance, record)))
}

fn link(instance: &Instance, parameters: Parameters<'_>, file: &str) -> String {
    let expires =
        (instance.now / 1000).saturating_add(parameters.integer("ExpireSeconds").unwrap_or(ONE_DAY));
    format!("https://example.com/recordings/{}/{file}?Expires={expires}", instance.id)
}

/// The recording of a whole call. The pages document no refusal for one that is not there: there is no `Data` then.
fn whole(instance: &Instance, parameters: Parameters<'_>, ending: &str) -> Result<Value, Refused> {
    let Some(record) = recorded(instance, parameters)? else { return Ok(Value::Null) };
    let file = format!("{}.{ending}", record.job.id);
    Ok(json!({
        "Duration": record.job.talking(),
        "FileName": file,
        "FileUrl": link(instance, parameters, &file),
    }))
}

/// What each agent said who talked in a call, one recording for each channel.
fn of_agents(instance: &Instance, parameters: Parameters<'_>, ending: &str) -> Result<Value, Refused> {
    let Some(record) = recorded(instance, parameters)? else { return Ok(json!([])) };
    let suits = |name: &str, value: &str| parameters.get(name).is_none_or(|wanted| wanted == value);
    let talked = record.job.agents().filter_map(|(user, channel)| Some((user, channel, channel.answered?)));
    let numbered = (1..).zip(talked);
    let recordings = numbered
        .filter(|(_, (user, channel, _))| suits("AgentId", user) && suits("AgentChannelId", &channel.id))
        .map(|(number, (user, channel, answered))| {
            let file = match number {
                1 => format!("{}.{ending}", record.job.id),
                _ => format!("{}-{number}.{ending}", record.job.id),
            };
            let holds = channel.held_spans();
            let holds: Vec<_> =
                holds.map(|(start, end)| json!({ "StartTime": start, "EndTime": end })).collect();
            json!({
                "AgentChannelId": channel.id,
                "AgentId": user,
                "AgentName": agent_name(instance, user),
                "ContactId": record.job.id,
                "Duration": channel.talking(),
                "FileName": file,
                "FileUrl": link(instance, parameters, &file),
                "HoldTimeSegments": holds,
                "RamId": instance.users.get(user).map(|user| user.ram_id),
                "SkillGroupId": channel.works_for,
                "StartTime": answered,
            })
        });
    Ok(recordings.collect())
}
