//! Records of calls, as operations return them.

use serde_json::{Value, json};

use super::super::engine::reason;
use super::super::state::job::{Channel, Job};
use super::super::state::record::Record;
use super::super::state::{Instance, Millis};

/// Converts a span of time to whole seconds.
pub(in super::super) const fn seconds(span: Millis) -> Millis {
    span / 1000
}

/// Returns each text once, in order, without empty ones.
fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}

/// Returns the display name of a user, or the id if the user no longer exists.
pub(in super::super) fn agent_name<'a>(instance: &'a Instance, user: &'a str) -> &'a str {
    instance.users.get(user).map_or(user, |user| user.display_name.as_str())
}

/// Returns the display name of a skill group, or the id if it no longer exists.
pub(in super::super) fn group_name<'a>(instance: &'a Instance, group: &'a str) -> &'a str {
    instance.skill_groups.get(group).map_or(group, |group| group.display_name.as_str())
}

/// Returns the skill groups of a call: those that it waited for, and those that its agents worked for.
pub(in super::super) fn groups_of(job: &Job) -> Vec<&str> {
    let waited = job.queues().map(|queue| queue.skill_group.as_str());
    distinct(waited.chain(job.agents().map(|(_, channel)| channel.works_for.as_str())))
}

/// Returns why nobody answered an outbound call, as the line signalled it.
pub(in super::super) fn early_media_state(job: &Job) -> &'static str {
    let release = job.outside().next().and_then(|(_, channel)| channel.released.as_ref());
    match release.map(|release| release.reason) {
        _ if job.established.is_some() => "",
        Some(reason::BUSY) => "Busy",
        Some(reason::NO_ANSWER) => "NoAnswer",
        _ => "",
    }
}

/// Whether the recording of a call has appeared.
pub(in super::super) fn recording_ready(instance: &Instance, record: &Record) -> bool {
    record.recording_appears.is_some_and(|appears| appears <= instance.now)
}

/// Returns the record of a call as the lists have it.
pub(in super::super) fn record(instance: &Instance, record: &Record) -> Value {
    let job = &record.job;
    let agents = || distinct(job.agents().map(|(user, _)| user)).into_iter();
    let groups = groups_of(job);
    let end = job.end.as_ref();
    let ready = recording_ready(instance, record);
    json!({
        "AgentIds": agents().collect::<Vec<_>>().join(","),
        "AgentNames": agents().map(|user| agent_name(instance, user)).collect::<Vec<_>>().join(","),
        "CallDuration": seconds(job.duration()),
        "CalledNumber": job.callee,
        "CallingNumber": job.caller,
        "ContactDisposition": end.map(|end| end.disposition),
        "ContactId": job.id,
        "ContactType": job.call_type.wire(),
        "DialingTime": seconds(job.dialing()),
        "Duration": seconds(job.duration()),
        "EarlyMediaState": early_media_state(job),
        "EstablishedTime": job.established,
        "HeldTime": seconds(job.held()),
        "InstanceId": instance.id,
        "IvrTime": 0,
        "QueueTime": seconds(job.queueing()),
        "RecordingDuration": if ready { seconds(job.talking()) } else { 0 },
        "RecordingReady": ready,
        "ReleaseInitiator": end.map(|end| if end.by_agent { "agent" } else { "customer" }),
        "ReleaseReason": end.map(|end| end.reason),
        "ReleaseTime": job.ended,
        "RingTime": seconds(job.ringing()),
        "SatisfactionSurveyOffered": false,
        "SkillGroupIds": groups.join(","),
        "SkillGroupNames": groups.iter().map(|group| group_name(instance, group)).collect::<Vec<_>>().join(","),
        "StartTime": job.started,
        "TalkTime": seconds(job.talking()),
        "WaitTime": seconds(job.waiting()),
    })
}

/// Returns the record of a call with its events.
pub(in super::super) fn record_with_events(instance: &Instance, ended: &Record) -> Value {
    let job = &ended.job;
    let mut record = record(instance, ended);
    let forwarded = job.channels.iter().skip(2).filter(|channel| channel.party.user().is_none());
    let events = [
        ("AgentEvents", agent_events(instance, job)),
        ("AnalyticsReportReady", json!(false)),
        ("CustomerEvents", customer_events(job)),
        ("IvrEvents", json!([])),
        (
            "OutsideNumberReleaseReason",
            json!(
                forwarded.rev().find_map(|channel| channel.released.as_ref()).map(|release| release.reason)
            ),
        ),
        ("QueueEvents", queue_events(instance, job)),
    ];
    if let Value::Object(fields) = &mut record {
        fields.extend(events.map(|(name, value)| (name.to_owned(), value)));
    }
    record
}

fn event(name: &str, at: Millis, duration: Millis) -> (Millis, Value) {
    (at, json!({ "Event": name, "EventTime": at, "Duration": seconds(duration) }))
}

/// Sorts events by time.
fn sequence(mut events: Vec<(Millis, Value)>) -> Value {
    events.sort_by_key(|&(at, _)| at);
    events.into_iter().map(|(_, event)| event).collect()
}

fn agent_events(instance: &Instance, job: &Job) -> Value {
    let agents = distinct(job.agents().map(|(user, _)| user)).into_iter();
    agents
        .map(|user| {
            let channels: Vec<_> =
                job.agents().filter(|&(of, _)| of == user).map(|(_, channel)| channel).collect();
            let events = channels.iter().flat_map(|channel| events_of_agent(job, channel)).collect();
            json!({
                "AgentId": user,
                "AgentName": agent_name(instance, user),
                "EventSequence": sequence(events),
                "SkillGroupId": channels.iter().map(|channel| &channel.works_for).find(|group| !group.is_empty()),
            })
        })
        .collect()
}

fn events_of_agent(job: &Job, channel: &Channel) -> Vec<(Millis, Value)> {
    let mut events = Vec::new();
    if job.is_dialer(channel) {
        events.push(event("Dialing", channel.created, channel.taken() - channel.created));
    } else if let Some(rang) = channel.rang {
        events.push(event("Ringing", rang, channel.ringing()));
    }
    events.extend(channel.answered.map(|answered| event("Talking", answered, channel.talking())));
    events.extend(channel.held_spans().map(|(start, end)| event("Hold", start, end - start)));
    events.push(event("Released", channel.changed, 0));
    events
}

fn customer_events(job: &Job) -> Value {
    let customers = job.outside().map(|(number, channel)| {
        let times = [
            ("Ringing", channel.rang),
            ("Answered", channel.answered),
            ("Released", channel.released.is_some().then_some(channel.changed)),
        ];
        let events = times.into_iter().filter_map(|(name, at)| Some(event(name, at?, 0))).collect();
        json!({ "CustomerId": number, "EventSequence": sequence(events) })
    });
    customers.collect()
}

fn queue_events(instance: &Instance, job: &Job) -> Value {
    let queues = job.queues().map(|queue| {
        let left = queue.left.unwrap_or(job.end_time());
        json!({
            "EventSequence": sequence(vec![event("Enqueue", queue.since, 0), event("Dequeue", left, 0)]),
            "QueueId": queue.skill_group,
            "QueueName": group_name(instance, &queue.skill_group),
            "QueueType": 1,
        })
    });
    queues.collect()
}
