//! Recordings of calls that ended. Their links lead nowhere.

use acs_mock::Refused;
use serde_json::{Value, json};

use super::super::answer::records::{agent_name, recording_ready};
use super::super::parameters::Parameters;
use super::super::state::record::Record;
use super::super::state::{Instance, Millis};
use super::Handler;
use super::records::record_of;

/// How long a link is valid by default, in seconds.
const ONE_DAY: Millis = 86_400;

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "GetMonoRecording" => |instance, parameters| get_recording(instance, parameters, "wav"),
        "GetMultiChannelRecording" => |instance, parameters| get_recording(instance, parameters, "mkv"),
        "ListMonoRecordings" => |instance, parameters| list_recordings(instance, parameters, "wav"),
        "ListMultiChannelRecordings" => |instance, parameters| list_recordings(instance, parameters, "mkv"),
        _ => return None,
    })
}

/// Returns the record that a request names, if its recording has appeared.
fn recorded<'a>(instance: &'a Instance, parameters: Parameters<'_>) -> Result<Option<&'a Record>, Refused> {
    let record = record_of(instance, parameters.text("ContactId"))?;
    Ok(record.filter(|record| recording_ready(instance, record)))
}

fn link(instance: &Instance, parameters: Parameters<'_>, file: &str) -> String {
    let expires =
        (instance.now / 1000).saturating_add(parameters.integer("ExpireSeconds").unwrap_or(ONE_DAY));
    format!("https://example.com/recordings/{}/{file}?Expires={expires}", instance.id)
}

/// Returns the recording of a whole call. The pages document no refusal for one that has not appeared; then `Data` is
/// absent.
fn get_recording(instance: &Instance, parameters: Parameters<'_>, ending: &str) -> Result<Value, Refused> {
    let Some(record) = recorded(instance, parameters)? else { return Ok(Value::Null) };
    let file = format!("{}.{ending}", record.job.id);
    Ok(json!({
        "Duration": record.job.talking(),
        "FileName": file,
        "FileUrl": link(instance, parameters, &file),
    }))
}

/// Returns one recording for each agent's channel that was answered in a call.
fn list_recordings(instance: &Instance, parameters: Parameters<'_>, ending: &str) -> Result<Value, Refused> {
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
