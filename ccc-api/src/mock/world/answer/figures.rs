//! The figures of reports, as operations return them. Times are in seconds; rates are between 0 and 1.

use serde_json::{Map, Value, json};

use super::super::figures::{Calls, Figures, Presence, Spans};
use super::records::seconds;

/// Returns a part as a share of the whole; 0 if the whole is 0.
#[expect(clippy::cast_precision_loss, reason = "no report counts that far")]
fn share(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Adds `Total…Time`, `Max…Time` and `Average…Time` of some spans.
fn insert_times(fields: &mut Map<String, Value>, name: &str, spans: Spans) {
    fields.insert(format!("Total{name}Time"), json!(seconds(spans.total)));
    fields.insert(format!("Max{name}Time"), json!(seconds(spans.longest)));
    let average = if spans.count == 0 { 0 } else { spans.total / spans.count };
    fields.insert(format!("Average{name}Time"), json!(share(average, 1000)));
}

/// Returns the figures that are always zero here, such as ratings and messages.
fn unused_figures() -> Value {
    json!({
        "AccessChannelTypeDetailList": [],
        "AccessChannelTypeDetails": [],
        "AverageFirstResponseTime": 0.0,
        "AverageResponseTime": 0.0,
        "CallsAbandonedInIVR": 0,
        "CallsAbandonedInVoiceNavigator": 0,
        "CallsCausedIVRException": 0,
        "CallsIVRException": 0,
        "CallsOverflow": 0,
        "CallsQueuingFailed": 0,
        "CallsQueuingOverflow": 0,
        "CallsToVoicemail": 0,
        "CallsVoicemail": 0,
        "SatisfactionIndex": 0.0,
        "SatisfactionRate": 0.0,
        "SatisfactionSurveysOffered": 0,
        "SatisfactionSurveysResponded": 0,
        "TotalMessagesSent": 0,
        "TotalMessagesSentByAgent": 0,
        "TotalMessagesSentByCustomer": 0,
    })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// Returns the figures of a report, by kind of call and overall.
pub(in super::super) fn figures(figures: &Figures) -> Map<String, Value> {
    object(json!({
        // This call centre places no such calls.
        "Back2Back": calls(&Calls::default()),
        "Inbound": calls(&figures.inbound),
        "Internal": calls(&figures.internal),
        "Outbound": calls(&figures.outbound),
        "Overall": overall(figures),
    }))
}

fn calls(calls: &Calls) -> Value {
    let abandoned = calls.abandoned_in_queue.and(calls.abandoned_in_ring);
    let [level_15, level_20, level_30] = calls.in_time.map(|in_time| share(in_time, calls.offered));
    let mut fields = object(unused_figures());
    fields.extend(object(json!({
        "AbandonRate": share(abandoned.count, calls.offered),
        "AgentHandleRate": share(calls.handled, calls.offered),
        "AnswerRate": share(calls.answered, calls.dialed),
        "CallsAbandoned": abandoned.count,
        "CallsAbandonedInQueue": calls.abandoned_in_queue.count,
        "CallsAbandonedInRing": calls.abandoned_in_ring.count,
        "CallsAgentHandled": calls.handled,
        "CallsAnswered": calls.answered,
        "CallsAttendedTransferIn": calls.attended_in,
        "CallsAttendedTransferOut": calls.attended_out,
        "CallsAttendedTransferred": calls.attended_out,
        "CallsBlindTransferIn": calls.blind_in,
        "CallsBlindTransferOut": calls.blind_out,
        "CallsBlindTransferred": calls.blind_out,
        "CallsCustomerAnswered": calls.answered,
        "CallsDialed": calls.dialed,
        "CallsForwardToOutsideNumber": calls.forwarded,
        "CallsHandled": calls.handled,
        "CallsHold": calls.hold.count,
        "CallsOffered": calls.offered,
        "CallsQueued": calls.queued,
        "CallsQueuingTimeout": calls.timed_out,
        "CallsRinged": calls.ringed,
        "CallsTalked": calls.talked,
        "CallsTimeout": calls.timed_out,
        "CustomerAnswerRate": share(calls.answered, calls.dialed),
        "HandleRate": share(calls.handled, calls.offered),
        "ServiceLevel15": level_15,
        "ServiceLevel20": level_20,
        "ServiceLevel30": level_30,
    })));
    for (name, spans) in [
        ("Abandon", abandoned),
        ("AbandonedInIVR", Spans::default()),
        ("AbandonedInQueue", calls.abandoned_in_queue),
        ("AbandonedInRing", calls.abandoned_in_ring),
        ("CustomerRing", calls.customer_ring),
        ("Dialing", calls.dialing),
        ("Hold", calls.hold),
        ("Ring", calls.ring),
        ("Talk", calls.talk),
        ("Wait", calls.wait),
        ("Work", calls.work),
    ] {
        insert_times(&mut fields, name, spans);
    }
    Value::Object(fields)
}

fn overall(figures: &Figures) -> Value {
    let all = &figures.times;
    let sum =
        |spans: fn(&Calls) -> Spans| figures.each().into_iter().map(spans).fold(Spans::default(), Spans::and);
    let codes = all.breaks_by_code.iter();
    let codes: Vec<_> = codes
        .map(|(code, breaks)| {
            json!({ "BreakCode": code, "Count": breaks.count, "Duration": seconds(breaks.total) })
        })
        .collect();
    let mut fields = object(unused_figures());
    fields.extend(object(json!({
        "BreakCodeDetailList": codes,
        "FirstCheckInTime": all.first_check_in,
        "LastCheckOutTime": all.last_check_out,
        "LastCheckoutTime": all.last_check_out,
        "MaxLoggedInAgents": all.most_signed_in,
        "OccupancyRate": share(all.busy + all.work.total, all.presence.at_work),
        "OneTransferCalls": figures.each().iter().map(|calls| calls.blind_out).sum::<i64>(),
        "TotalCalls": figures.each().iter().map(|calls| calls.total).sum::<i64>(),
        "TotalLoggedInTime": seconds(all.presence.at_work),
        "TotalOutboundScenarioLoggedInTime": seconds(all.outbound_only.at_work),
        "TotalOutboundScenarioReadyTime": seconds(all.outbound_only_ready),
        "TotalOutboundScenarioTime": seconds(all.outbound_only.online),
    })));
    let modes = [("OnSite", "ON_SITE"), ("OffSite", "OFF_SITE"), ("OfficePhone", "OFFICE_PHONE")];
    for (name, mode) in modes {
        let Presence { online, at_work } = all.by_mode.get(mode).copied().unwrap_or_default();
        fields.insert(format!("Total{name}LoggedInTime"), json!(seconds(at_work)));
        fields.insert(format!("Total{name}OnlineTime"), json!(seconds(online)));
    }
    for (name, spans) in [
        ("Break", all.breaks),
        ("Hold", sum(|calls| calls.hold)),
        ("Ready", all.ready),
        ("Talk", sum(|calls| calls.talk)),
        ("Work", all.work),
    ] {
        insert_times(&mut fields, name, spans);
    }
    Value::Object(fields)
}

/// Rounds averages down to whole seconds, as one report has them.
pub(in super::super) fn whole_averages(mut fields: Map<String, Value>) -> Map<String, Value> {
    for group in fields.values_mut().filter_map(Value::as_object_mut) {
        for (_, average) in group.iter_mut().filter(|(name, _)| name.starts_with("Average")) {
            // Written as text, because the endpoint converts it to a number where the page documents one.
            *average = json!(average.as_f64().map(|average| format!("{:.0}", average.trunc())));
        }
    }
    fields
}
