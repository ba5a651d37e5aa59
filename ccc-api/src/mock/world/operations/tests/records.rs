use serde_json::{Value, json};

use crate::mock::world::CallCentre;
use crate::mock::world::testing::{BEGINS, CUSTOMER, FIRST, GROUP, NUMBER, SECOND, each};

const PAGE: [(&str, &str); 2] = [("PageNumber", "1"), ("PageSize", "100")];

fn list(centre: &CallCentre, parameters: &[(&str, &str)]) -> Value {
    centre.ask("ListCallDetailRecords", &[&PAGE, parameters].concat())
}

fn record(centre: &CallCentre, job: &str) -> Value {
    centre.ask("GetCallDetailRecord", &[("ContactId", job)])
}

/// Returns some fields of a record.
fn fields(record: &Value, names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| record[*name].clone()).collect()
}

#[test]
fn record_appears_after_its_delay() {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    assert_eq!(record(&centre, &job), Value::Null);
    centre.ask("ReleaseCall", &[("UserId", FIRST)]);
    assert_eq!(record(&centre, &job), Value::Null);
    centre.seconds(1);
    assert_eq!(record(&centre, &job)["ContactId"], json!(job));
}

#[test]
fn record_of_an_unknown_call_is_refused() {
    let refused = CallCentre::for_test().try_to("GetCallDetailRecord", &[("ContactId", "job-1")]);
    assert_eq!(refused, Err("NotExists.JobId"));
}

#[test]
fn record_has_the_times_of_an_outbound_call() {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    centre.seconds(5);
    centre.answer(CUSTOMER).unwrap();
    centre.seconds(10);
    centre.ask("HoldCall", &[("UserId", FIRST)]);
    centre.seconds(7);
    centre.ask("RetrieveCall", &[("UserId", FIRST)]);
    centre.seconds(13);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(1);
    let record = record(&centre, &job);
    let times = ["DialingTime", "TalkTime", "HeldTime", "CallDuration", "RingTime", "QueueTime", "WaitTime"];
    assert_eq!(fields(&record, &times), [5, 30, 7, 30, 0, 0, 0].map(Value::from));
    let points = ["StartTime", "EstablishedTime", "ReleaseTime"];
    assert_eq!(fields(&record, &points), [BEGINS, BEGINS + 5000, BEGINS + 35_000].map(Value::from));
    let ends = ["ReleaseInitiator", "ReleaseReason", "ContactDisposition", "ContactType", "SkillGroupIds"];
    assert_eq!(
        fields(&record, &ends),
        ["customer", "200 - OK", "Success", "OUTBOUND", GROUP].map(Value::from)
    );
}

#[test]
fn record_says_that_the_agent_hung_up() {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    centre.seconds(5);
    centre.answer(CUSTOMER).unwrap();
    centre.ask("ReleaseCall", &[("UserId", FIRST)]);
    centre.seconds(1);
    assert_eq!(record(&centre, &job)["ReleaseInitiator"], "agent");
}

#[test]
fn record_says_that_the_callee_was_busy() {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    centre.seconds(5);
    centre.busy(CUSTOMER).unwrap();
    centre.seconds(1);
    let record = record(&centre, &job);
    let names = ["EarlyMediaState", "ReleaseReason", "EstablishedTime", "TalkTime", "DialingTime"];
    let wanted = [json!("Busy"), json!("486 - Busy Here"), Value::Null, json!(0), json!(5)];
    assert_eq!(fields(&record, &names), wanted);
}

/// Makes a call that the first agent misses and the second answers.
fn missed_once(centre: &CallCentre) -> String {
    centre.ask("TakeBreak", &[("UserId", SECOND), ("Code", "Lunch")]);
    let job = centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    // It rings at the first agent for twenty seconds, then waits for five.
    centre.seconds(25);
    centre.ask("ReadyForService", &[("UserId", SECOND)]);
    centre.seconds(3);
    centre.ask("AnswerCall", &[("UserId", SECOND)]);
    centre.seconds(30);
    centre.ask("ReleaseCall", &[("UserId", SECOND)]);
    centre.seconds(1);
    job
}

#[test]
fn waiting_is_queueing_and_ringing() {
    let centre = CallCentre::for_test();
    let job = missed_once(&centre);
    let record = record(&centre, &job);
    let names = ["QueueTime", "RingTime", "WaitTime", "CallDuration", "TalkTime", "DialingTime"];
    assert_eq!(fields(&record, &names), [5, 23, 28, 58, 30, 0].map(Value::from));
}

#[test]
fn events_have_the_course_of_a_call() {
    let centre = CallCentre::for_test();
    let job = missed_once(&centre);
    let record = record(&centre, &job);
    let ringing = json!({ "Event": "Ringing", "EventTime": BEGINS, "Duration": 20 });
    assert_eq!(record["AgentEvents"][0]["EventSequence"][0], ringing);
    let talking = json!({ "Event": "Talking", "EventTime": BEGINS + 28_000, "Duration": 30 });
    assert_eq!(record["AgentEvents"][1]["EventSequence"][1], talking);
    let queue = &record["QueueEvents"][0];
    assert_eq!(each(&queue["EventSequence"], "EventTime"), [&json!(BEGINS), &json!(BEGINS + 25_000)]);
    let customer = &record["CustomerEvents"][0];
    assert_eq!(each(&customer["EventSequence"], "Event"), ["Answered", "Released"]);
}

#[test]
fn customer_of_a_past_inbound_call_was_connected_from_the_start() {
    let centre = CallCentre::for_test();
    let job = centre.past(FIRST, true, 200, 10);
    let customer = &record(&centre, &job)["CustomerEvents"][0];
    assert_eq!(each(&customer["EventSequence"], "Event"), ["Answered", "Released"]);
}

#[test]
fn record_of_a_transferred_call_names_both_agents() {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    centre.seconds(5);
    centre.answer(CUSTOMER).unwrap();
    centre.ask("BlindTransfer", &[("UserId", FIRST), ("Transferee", SECOND)]);
    centre.ask("AnswerCall", &[("UserId", SECOND)]);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(1);
    let record = record(&centre, &job);
    let names = ["AgentIds", "AgentNames"];
    assert_eq!(fields(&record, &names), ["user-test@ccc-test,li@ccc-test", "user-test,li"].map(Value::from));
}

#[test]
fn present_day_is_listed_by_default() {
    let centre = CallCentre::for_test();
    let today = centre.past(FIRST, false, 3600, 10);
    // The time is 15:08, so sixteen hours ago was yesterday.
    centre.past(FIRST, false, 16 * 3600, 10);
    assert_eq!(each(&list(&centre, &[])["List"], "ContactId"), [&json!(today)]);
}

#[test]
fn window_keeps_calls_that_began_in_it() {
    let centre = CallCentre::for_test();
    for ago in [300, 200, 100] {
        centre.past(FIRST, false, ago, 10);
    }
    let start = (BEGINS - 200_000).to_string();
    let found = list(&centre, &[("StartTime", &start), ("EndTime", &start)]);
    assert_eq!(each(&found["List"], "StartTime"), [&json!(BEGINS - 200_000)]);
}

#[test]
fn filters_keep_what_they_name() {
    let centre = CallCentre::for_test();
    centre.past(FIRST, false, 300, 10);
    centre.past(SECOND, true, 200, 10);
    centre.past(SECOND, false, 100, 0);
    for (filter, value, wanted) in [
        ("AgentId", FIRST, 1),
        ("AgentId", "nobody", 0),
        ("SkillGroupId", GROUP, 3),
        ("SkillGroupId", "sales@ccc-test", 0),
        ("CalledNumber", CUSTOMER, 2),
        ("CallingNumber", CUSTOMER, 1),
        ("ContactType", "Inbound", 1),
        ("ContactTypeList", "[\"INBOUND\",\"Outbound\"]", 3),
        ("ContactDisposition", "NoAnswer", 1),
        ("ContactDispositionList", "[\"NoAnswer\",\"Reject\"]", 1),
        ("EarlyMediaStateList", "[\"NoAnswer\"]", 1),
        ("Criteria", "{\"phoneNumber\":\"1318888\"}", 3),
        ("Criteria", "{\"phoneNumber\":\"000\"}", 0),
        ("SatisfactionList", "[\"1\"]", 0),
    ] {
        assert_eq!(list(&centre, &[(filter, value)])["TotalCount"], wanted, "{filter}={value}");
    }
}

#[test]
fn filters_are_combined() {
    let centre = CallCentre::for_test();
    centre.past(FIRST, false, 300, 10);
    centre.past(SECOND, true, 200, 10);
    let both = [("AgentId", SECOND), ("ContactType", "Outbound")];
    assert_eq!(list(&centre, &both)["TotalCount"], 0);
}

#[test]
fn id_of_a_call_overrides_other_filters() {
    let centre = CallCentre::for_test();
    let job = centre.past(FIRST, false, 20 * 3600, 10);
    let found = list(&centre, &[("ContactId", &job), ("AgentId", SECOND)]);
    assert_eq!(each(&found["List"], "ContactId"), [&json!(job)]);
}

#[test]
fn newest_come_first_unless_asked_otherwise() {
    let centre = CallCentre::for_test();
    let [first, second, third] =
        [(300, 10), (200, 30), (100, 20)].map(|(ago, talked)| centre.past(FIRST, false, ago, talked));
    for (order, wanted) in [
        (&[][..], [&third, &second, &first]),
        (&[("SortOrder", "ASC")], [&first, &second, &third]),
        (&[("OrderByField", "callDuration")], [&second, &third, &first]),
    ] {
        let found = list(&centre, order);
        assert_eq!(each(&found["List"], "ContactId"), wanted.map(|job| json!(job)).each_ref(), "{order:?}");
    }
}

#[test]
fn unknown_order_is_refused() {
    let refused = CallCentre::for_test().try_to("ListCallDetailRecords", &[("OrderByField", "mood")]);
    assert_eq!(refused, Err("Parameter.Invalid"));
}

#[test]
fn criteria_that_are_not_an_object_are_refused() {
    let refused = CallCentre::for_test().try_to("ListCallDetailRecords", &[("Criteria", "1318888")]);
    assert_eq!(refused, Err("Parameter.Invalid"));
}

#[test]
fn only_the_first_page_has_the_total() {
    let centre = CallCentre::for_test();
    for ago in [300, 200, 100] {
        centre.past(FIRST, false, ago, 10);
    }
    let totals = ["1", "2"].map(|number| {
        let page = centre.ask("ListCallDetailRecords", &[("PageNumber", number), ("PageSize", "2")]);
        (page["List"].as_array().unwrap().len(), page["TotalCount"].clone())
    });
    assert_eq!(totals, [(2, json!(3)), (1, json!(0))]);
}

#[test]
fn recent_calls_are_those_of_the_requesting_user() {
    let centre = CallCentre::for_test();
    // Without a user in the request, it is the first user of the centre.
    let own = centre.past(FIRST, true, 200, 10);
    centre.past(SECOND, false, 100, 10);
    let found = centre.ask("ListRecentCallDetailRecords", &PAGE);
    assert_eq!(each(&found["List"], "ContactId"), [&json!(own)]);
}

#[test]
fn recent_calls_are_found_by_part_of_a_number() {
    let centre = CallCentre::for_test();
    centre.past(FIRST, true, 200, 10);
    centre.past(FIRST, false, 100, 10);
    let criteria = [("Criteria", "{\"callingNumber\":\"1318\",\"calledNumber\":\"010\"}")];
    let found = centre.ask("ListRecentCallDetailRecords", &[&PAGE[..], &criteria].concat());
    assert_eq!(each(&found["List"], "ContactType"), ["INBOUND"]);
}

#[test]
fn recent_calls_of_long_ago_are_refused() {
    let long_ago = (BEGINS - 181 * 86_400_000).to_string();
    let refused = CallCentre::for_test().try_to("ListRecentCallDetailRecords", &[("StartTime", &long_ago)]);
    assert_eq!(refused, Err("Parameter.Invalid"));
}
