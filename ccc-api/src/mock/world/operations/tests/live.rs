use serde_json::{Value, json};

use crate::mock::world::CallCentre;
use crate::mock::world::testing::{BEGINS, CUSTOMER, FIRST, GROUP, NUMBER, SECOND, each};

/// Makes a centre in which the first agent talks and the second is ready.
fn at_work() -> CallCentre {
    let centre = CallCentre::for_test();
    centre.dial(FIRST);
    centre.seconds(5);
    centre.answer(CUSTOMER).unwrap();
    centre.seconds(8);
    centre
}

fn states(centre: &CallCentre, parameters: &[(&str, &str)]) -> Value {
    centre.ask("ListRealtimeAgentStates", parameters)["List"].clone()
}

#[test]
fn agent_is_listed_with_state_and_call() {
    let listed = states(&at_work(), &[("AgentIdList", FIRST)]);
    for (field, wanted) in [
        ("State", json!("Talking")),
        ("StateTime", json!(BEGINS + 5000)),
        ("Duration", json!(8)),
        ("CallType", json!("OUTBOUND")),
        ("SkillGroupIdList", json!([GROUP])),
        ("SkillGroupNameList", json!(["skill-group"])),
        ("StateCode", json!("")),
    ] {
        assert_eq!(listed[0][field], wanted, "{field}");
    }
}

#[test]
fn agents_are_filtered() {
    let centre = at_work();
    centre.add_agent("ccc-test", "zhao").unwrap();
    for (filter, value, wanted) in [
        ("StateList", "[\"Talking\",\"ACW\"]", 1),
        ("StateList", "Offline", 1),
        ("CallTypeList", "[\"OUTBOUND\"]", 1),
        ("CallTypeList", "[\"INBOUND\"]", 0),
        ("AgentName", "user", 1),
        ("Query", "@ccc-test", 3),
        ("Query", "nobody", 0),
        ("SkillGroupId", GROUP, 3),
        ("SkillGroupId", "sales@ccc-test", 0),
        ("OutboundScenario", "false", 3),
        ("OutboundScenario", "true", 0),
        ("WorkModeList", "[\"OFF_SITE\"]", 0),
        ("MediaType", "Chat", 0),
    ] {
        let found = states(&centre, &[(filter, value)]);
        assert_eq!(found.as_array().map(Vec::len), Some(wanted), "{filter}={value}");
    }
}

#[test]
fn more_than_twenty_agents_are_refused() {
    let many = serde_json::to_string(&vec![FIRST; 21]).unwrap();
    let refused = at_work().try_to("ListRealtimeAgentStates", &[("AgentIdList", &many)]);
    assert_eq!(refused, Err("Parameter.Invalid"));
}

#[test]
fn supervisor_and_agent_name_each_other() {
    let centre = at_work();
    centre.ask("MonitorCall", &[("UserId", SECOND), ("MonitoredUserId", FIRST)]);
    let listed = states(&centre, &[]);
    assert_eq!(each(&listed, "AgentId"), [SECOND, FIRST]);
    assert_eq!(each(&listed, "StateCode"), ["Monitoring", "Monitored"]);
    assert_eq!(each(&listed, "CounterParty"), [FIRST, SECOND]);
}

#[test]
fn signed_out_agent_is_not_in_the_older_list() {
    let centre = at_work();
    centre.ask("SignOutGroup", &[("UserId", SECOND)]);
    let listed = centre.ask("ListAgentStates", &[]);
    assert_eq!(each(&listed["List"], "AgentId"), [FIRST]);
}

fn logs(centre: &CallCentre, parameters: &[(&str, &str)]) -> Value {
    centre.ask("ListAgentStateLogs", &[&[("AgentId", FIRST)], parameters].concat())
}

#[test]
fn states_follow_one_another_up_to_the_present_one() {
    let logs = logs(&at_work(), &[]);
    assert_eq!(each(&logs, "State"), ["Offline", "Break", "Ready", "Dialing", "Talking"]);
    assert_eq!(each(&logs, "Duration"), [0, 0, 0, 5, 8].map(Value::from).each_ref());
    assert_eq!(logs[1]["StateCode"], "CHECK_IN_BREAK");
}

#[test]
fn states_outside_the_window_are_left_out() {
    let (start, end) = ((BEGINS + 1000).to_string(), (BEGINS + 2000).to_string());
    let logs = logs(&at_work(), &[("StartTime", &start), ("EndTime", &end)]);
    assert_eq!(each(&logs, "State"), ["Dialing"]);
}

#[test]
fn more_than_a_week_of_states_is_refused() {
    let start = (BEGINS - 8 * 86_400_000).to_string();
    let refused = at_work().try_to("ListAgentStateLogs", &[("AgentId", FIRST), ("StartTime", &start)]);
    assert_eq!(refused, Err("Parameter.Invalid"));
}

#[test]
fn states_of_an_unknown_user_are_refused() {
    let refused = at_work().try_to("ListAgentStateLogs", &[("AgentId", "nobody")]);
    assert_eq!(refused, Err("NotExists.UserId"));
}

#[test]
fn skill_group_has_counts_of_its_agents_and_waiting_calls() {
    let centre = at_work();
    centre.ask("TakeBreak", &[("UserId", SECOND), ("Code", "Lunch")]);
    centre.call_in("13100000001", NUMBER, GROUP).unwrap();
    centre.seconds(18);
    let figures = &centre.ask("ListRealtimeSkillGroupStates", &[])["List"][0];
    for (field, wanted) in [
        ("SkillGroupId", json!(GROUP)),
        ("TotalAgents", json!(2)),
        ("LoggedInAgents", json!(2)),
        ("TalkingAgents", json!(1)),
        ("BreakingAgents", json!(1)),
        ("ReadyAgents", json!(0)),
        ("WaitingCalls", json!(1)),
        ("LongestWaitingTime", json!(18)),
        ("BreakCodeDetailList", json!([{ "BreakCode": "Lunch", "Count": 1 }])),
        ("WaitingCallsLevel10", json!(0)),
        ("WaitingCallsLevel20", json!(1)),
        ("OutboundTalkingAgents", json!(1)),
    ] {
        assert_eq!(figures[field], wanted, "{field}");
    }
}

#[test]
fn agents_by_state_add_up_to_those_signed_in() {
    let centre = at_work();
    centre.add_agent("ccc-test", "zhao").unwrap();
    for seconds in 0..30 {
        let figures = centre.ask("GetRealtimeInstanceStates", &[]);
        let count = |field: &str| figures[field].as_u64().unwrap();
        let states = ["BreakingAgents", "ReadyAgents", "TalkingAgents", "WorkingAgents"];
        assert_eq!(states.map(count).iter().sum::<u64>(), count("LoggedInAgents"), "after {seconds} s");
        if seconds == 10 {
            centre.hang_up(CUSTOMER).unwrap();
        }
        centre.seconds(1);
    }
}
