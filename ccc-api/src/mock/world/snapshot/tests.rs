use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::clock::WorldClock;
use super::super::engine::invariants::{Step, centre, step, take};
use super::super::operations::handler;
use super::super::parameters::Parameters;
use super::super::state::{Instance, State};
use super::super::testing::{CUSTOMER, FIRST, GROUP, NUMBER, SECOND, each};
use super::super::{CallCentre, Inner, control};
use super::{AGENTS, CALLS, LENGTH, RECORDS, WAITING, snapshot};

impl CallCentre {
    fn snapshot(&self) -> Value {
        let mut inner = self.lock();
        inner.advance();
        snapshot(&inner.state, inner.clock.now())["instances"]["list"][0].clone()
    }
}

/// A call centre with that instance alone, whose clock stands still.
fn centre_of(instance: &Instance) -> CallCentre {
    let now = instance.now;
    let instances = BTreeMap::from([(instance.id.clone(), instance.clone())]);
    let state = State { instances, ..State::default() };
    CallCentre(Arc::new(Mutex::new(Inner { state, clock: WorldClock::Stepped(now) })))
}

fn list<'a>(value: &'a Value, field: &str) -> &'a Vec<Value> {
    value[field]["list"].as_array().unwrap()
}

/// The lists and texts of a snapshot are no longer than they may be.
fn assert_bounded(value: &Value) {
    match value {
        Value::Array(elements) => {
            assert!(elements.len() <= AGENTS, "{} elements", elements.len());
            elements.iter().for_each(assert_bounded);
        }
        Value::Object(fields) => fields.values().for_each(assert_bounded),
        Value::String(text) => assert!(text.chars().count() <= LENGTH + 1, "{text}"),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Sends a request as the panel does, to a call centre of its own.
fn ask(instance: &Instance, agent: &Value, operation: &str) -> Result<Value, String> {
    let call = |field: &str| agent["call"][field].as_str().unwrap_or_default().to_owned();
    let channel = if operation == "HoldCall" { "holdable" } else { "held" };
    let groups = json!([GROUP]).to_string();
    let mut parameters = BTreeMap::from([
        ("UserId", agent["id"].as_str().unwrap().to_owned()),
        ("DeviceId", "console".to_owned()),
        ("SignedSkillGroupIdList", groups),
        ("Callee", CUSTOMER.to_owned()),
        ("Transferee", CUSTOMER.to_owned()),
        ("JobId", call("id")),
        ("Code", "Lunch".to_owned()),
    ]);
    if operation.starts_with("Hold") || operation.starts_with("Retrieve") {
        parameters.insert("ChannelId", call(channel));
    }
    let parameters = parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let handle = handler(operation).unwrap();
    handle(&mut instance.clone(), Parameters(&parameters)).map_err(|refused| refused.code.to_owned())
}

/// Takes every action that is offered: none is refused, and each changes the state.
fn assert_offers_hold(instance: &Instance) {
    let shown = centre_of(instance).snapshot();
    for agent in list(&shown, "agents") {
        for operation in agent["may"].as_array().unwrap() {
            let done = ask(instance, agent, operation.as_str().unwrap());
            assert!(done.is_ok(), "{operation} of {agent}: {done:?}");
        }
    }
    for call in list(&shown, "calls") {
        for channel in list(call, "channels") {
            for command in channel["may"].as_array().unwrap() {
                let centre = centre_of(instance);
                let input = json!({ "job_id": call["id"], "number": channel["number"] });
                control::carry_out(&centre, command.as_str().unwrap(), &input).unwrap();
                let after = centre.snapshot();
                let same = list(&after, "calls").iter().find(|other| other["id"] == call["id"]);
                assert_ne!(same, Some(call), "{command} changes nothing");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn snapshot_is_bounded_and_offers_only_what_is_not_refused(steps in prop::collection::vec(step(), 1..80)) {
        let mut instance = centre();
        for step in &steps {
            take(&mut instance, step);
            assert_bounded(&centre_of(&instance).snapshot());
        }
        assert_offers_hold(&instance);
        // It rings a moment after a call was placed.
        take(&mut instance, &Step::Time(1000));
        assert_offers_hold(&instance);
    }
}

#[test]
fn rest_of_a_crowd_is_counted() {
    let centre = CallCentre::builder().stepped().build();
    for index in 0..2000 {
        centre.add_agent("ccc-test", &format!("agent-{index:04}")).unwrap();
    }
    centre.ask("SignInGroup", &[("UserId", "agent-1999@ccc-test"), ("SignedSkillGroupIdList", GROUP)]);
    for index in 0..150 {
        centre.call_in(&format!("139{index:08}"), NUMBER, GROUP).unwrap();
        centre.past(FIRST, false, 600, 30);
    }
    let shown = centre.snapshot();
    assert_bounded(&shown);
    let sizes = |field: &str| (list(&shown, field).len(), shown[field]["more"].as_u64().unwrap());
    assert_eq!(sizes("agents"), (AGENTS, 2001 - 200));
    assert_eq!(sizes("calls"), (CALLS, 50));
    assert_eq!(sizes("records"), (RECORDS, 100));
    let waiting = &list(&shown, "skill_groups")[0]["waiting"];
    assert_eq!((waiting["list"].as_array().unwrap().len(), &waiting["more"]), (WAITING, &json!(130)));
    let ids = each(&shown["agents"]["list"], "id");
    assert_eq!((ids[0], ids[AGENTS - 1]), (&json!(FIRST), &json!("agent-1999@ccc-test")), "who is signed in");
}

#[test]
fn long_texts_are_cut_and_nothing_is_offered_that_would_name_them() {
    let centre = CallCentre::for_test();
    let long = "1".repeat(500);
    centre.ask("MakeCall", &[("UserId", FIRST), ("Callee", &long)]);
    centre.seconds(1);
    let shown = centre.snapshot();
    assert_bounded(&shown);
    let outside = &list(&list(&shown, "calls")[0], "channels")[1];
    assert_eq!((&outside["state"], &outside["may"]), (&json!("RINGING"), &json!([])));
}

#[test]
fn call_is_shown_with_what_each_side_may_do() {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    centre.seconds(3);
    let shown = centre.snapshot();
    let call = &list(&shown, "calls")[0];
    assert_eq!(
        (&call["id"], &call["caller"], &call["callee"]),
        (&json!(job), &json!(NUMBER), &json!(CUSTOMER))
    );
    let channels = &call["channels"]["list"];
    assert_eq!(each(channels, "state"), ["RINGING", "RINGING"]);
    assert_eq!(each(channels, "party"), ["agent", "outside"]);
    assert_eq!(each(channels, "may"), [&json!([]), &json!(["answer", "busy", "reject"])]);
    let agent = list(&shown, "agents").iter().find(|agent| agent["id"] == FIRST).unwrap();
    assert_eq!((&agent["state"], &agent["may"]), (&json!("DIALING"), &json!(["ReleaseCall"])));
    assert_eq!(agent["call"]["with"]["list"], json!([CUSTOMER]));
}

#[test]
fn transfer_is_not_offered_while_it_rings_at_who_got_the_call() {
    let centre = CallCentre::for_test();
    let extension = centre.ask("PollUserStatus", &[("UserId", SECOND)])["UserContext"]["Extension"].clone();
    centre.ask("MakeCall", &[("UserId", FIRST), ("Callee", extension.as_str().unwrap())]);
    centre.ask("AnswerCall", &[("UserId", SECOND)]);
    let may = || {
        let shown = centre.snapshot();
        let agent = list(&shown, "agents").iter().find(|agent| agent["id"] == SECOND).unwrap().clone();
        agent["may"].as_array().unwrap().contains(&json!("BlindTransfer"))
    };
    assert!(may());
    centre.ask("BlindTransfer", &[("UserId", FIRST), ("Transferee", CUSTOMER)]);
    assert!(!may());
}

#[test]
fn queue_says_who_waits_since_when() {
    let centre = CallCentre::for_test();
    centre.dial(FIRST);
    centre.dial(SECOND);
    let job = centre.call_in("13900000000", NUMBER, GROUP).unwrap();
    let since = centre.snapshot();
    centre.seconds(7);
    let shown = centre.snapshot();
    let group = &list(&shown, "skill_groups")[0];
    assert_eq!((&group["signed_in"], &group["ready"]), (&json!(2), &json!(0)));
    let waiting = json!({ "id": job, "caller": "13900000000", "since": list(&since, "calls")[0]["since"] });
    assert_eq!(group["waiting"]["list"], json!([waiting]));
}

#[test]
fn record_is_shown_once_it_is_there() {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    centre.seconds(5);
    centre.answer(CUSTOMER).unwrap();
    centre.seconds(30);
    centre.hang_up(CUSTOMER).unwrap();
    assert_eq!(list(&centre.snapshot(), "records").len(), 0);
    centre.seconds(1);
    let shown = centre.snapshot();
    let record = &list(&shown, "records")[0];
    assert_eq!((&record["id"], &record["talked"]), (&json!(job), &json!(30_000)));
    assert_eq!((&record["disposition"], &record["by_agent"]), (&json!("Success"), &json!(false)));
    assert_eq!(record["agents"]["list"], json!(["user-test"]));
}

#[test]
fn time_is_that_of_the_centre() {
    let centre = CallCentre::for_test();
    centre.step(Duration::from_secs(60));
    let inner = centre.lock();
    assert_eq!(snapshot(&inner.state, inner.clock.now())["now"], json!(inner.clock.now()));
}
