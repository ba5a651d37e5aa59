use serde_json::{Value, json};

use crate::mock::world::CallCentre;
use crate::mock::world::testing::{BEGINS, CUSTOMER, FIRST, SECOND, each};

#[test]
fn recording_appears_later_than_the_record() {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    centre.seconds(5);
    centre.answer(CUSTOMER).unwrap();
    centre.seconds(30);
    centre.hang_up(CUSTOMER).unwrap();
    let seen = [1, 2].map(|seconds| {
        centre.seconds(seconds);
        let record = centre.ask("GetCallDetailRecord", &[("ContactId", &job)]);
        let recording = centre.ask("GetMonoRecording", &[("ContactId", &job)]);
        (record["RecordingReady"].clone(), recording["Duration"].clone())
    });
    assert_eq!(seen, [(json!(false), Value::Null), (json!(true), json!(30_000))]);
}

#[test]
fn call_in_which_nobody_talked_has_no_recording() {
    let centre = CallCentre::for_test();
    let job = centre.past(FIRST, false, 100, 0);
    let found = ["GetMonoRecording", "GetMultiChannelRecording", "ListMonoRecordings"]
        .map(|action| centre.ask(action, &[("ContactId", &job)]));
    assert_eq!(found, [Value::Null, Value::Null, json!([])]);
}

#[test]
fn recording_of_an_unknown_call_is_refused() {
    let refused = CallCentre::for_test().try_to("ListMonoRecordings", &[("ContactId", "job-1")]);
    assert_eq!(refused, Err("NotExists.JobId"));
}

#[test]
fn link_says_when_it_expires() {
    let centre = CallCentre::for_test();
    let job = centre.past(FIRST, false, 100, 10);
    let recording = centre.ask("GetMonoRecording", &[("ContactId", &job), ("ExpireSeconds", "60")]);
    let expires = BEGINS / 1000 + 60;
    let url = format!("https://example.com/recordings/ccc-test/{job}.wav?Expires={expires}");
    assert_eq!(recording["FileUrl"], json!(url));
}

/// Makes a call that the first agent holds for two seconds and transfers to the second, who talks for thirty seconds.
fn transferred(centre: &CallCentre) -> String {
    let job = centre.dial(FIRST);
    centre.seconds(5);
    centre.answer(CUSTOMER).unwrap();
    centre.ask("HoldCall", &[("UserId", FIRST)]);
    centre.seconds(2);
    centre.ask("RetrieveCall", &[("UserId", FIRST)]);
    centre.ask("BlindTransfer", &[("UserId", FIRST), ("Transferee", SECOND)]);
    centre.ask("AnswerCall", &[("UserId", SECOND)]);
    centre.seconds(30);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(3);
    job
}

#[test]
fn each_agent_who_talked_has_a_recording() {
    let centre = CallCentre::for_test();
    let job = transferred(&centre);
    let found = centre.ask("ListMultiChannelRecordings", &[("ContactId", &job)]);
    assert_eq!(each(&found, "AgentId"), [FIRST, SECOND]);
    assert_eq!(each(&found, "Duration"), [&json!(2000), &json!(30_000)]);
    let hold = json!([{ "StartTime": BEGINS + 5000, "EndTime": BEGINS + 7000 }]);
    assert_eq!(each(&found, "HoldTimeSegments"), [&hold, &json!([])]);
}

#[test]
fn recordings_are_narrowed_to_an_agent_or_a_channel() {
    let centre = CallCentre::for_test();
    let job = transferred(&centre);
    let of_agent = centre.ask("ListMultiChannelRecordings", &[("ContactId", &job), ("AgentId", SECOND)]);
    let channel = of_agent[0]["AgentChannelId"].as_str().unwrap();
    let of_channel = centre.ask("ListMonoRecordings", &[("ContactId", &job), ("AgentChannelId", channel)]);
    assert_eq!(each(&of_channel, "AgentId"), [SECOND]);
}

#[test]
fn recordings_of_other_calls_are_not_listed() {
    let centre = CallCentre::for_test();
    let [one, other] = [FIRST, SECOND].map(|user| centre.whole_call(user));
    let found = centre.ask("ListMonoRecordings", &[("ContactId", &one)]);
    assert_eq!((each(&found, "ContactId"), one == other), (vec![&json!(one)], false));
}
