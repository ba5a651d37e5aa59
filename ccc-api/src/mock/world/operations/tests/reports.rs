use serde_json::{Value, json};

use crate::mock::world::CallCentre;
use crate::mock::world::testing::{BEGINS, CUSTOMER, FIRST, GROUP, NUMBER, SECOND, each};

fn agent_report(centre: &CallCentre) -> Value {
    centre.ask("ListHistoricalAgentReport", &[])["List"].clone()
}

/// Returns figures of an agent or a skill group, named `group/name`.
fn figures(report: &Value, names: &[&str]) -> Vec<Value> {
    let figure = |name: &&str| report.pointer(&format!("/{name}")).unwrap().clone();
    names.iter().map(figure).collect()
}

/// Makes a day with calls of all kinds, some of which are transferred, missed or abandoned.
fn busy_day() -> CallCentre {
    let centre = CallCentre::for_test();
    centre.whole_call(FIRST);
    centre.whole_call(SECOND);
    let talking = || {
        centre.dial(FIRST);
        centre.seconds(5);
        centre.answer(CUSTOMER).unwrap();
        centre.seconds(10);
    };
    talking();
    centre.ask("BlindTransfer", &[("UserId", FIRST), ("Transferee", SECOND)]);
    centre.seconds(3);
    centre.ask("AnswerCall", &[("UserId", SECOND)]);
    centre.seconds(10);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(60);
    talking();
    centre.ask("InitiateAttendedTransfer", &[("UserId", FIRST), ("Transferee", SECOND)]);
    centre.seconds(3);
    centre.ask("AnswerCall", &[("UserId", SECOND)]);
    centre.ask("CompleteAttendedTransfer", &[("UserId", FIRST)]);
    centre.seconds(10);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(60);
    centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    // It rings at one agent for too long, then at the other, who answers it.
    centre.seconds(24);
    let answering =
        [FIRST, SECOND].into_iter().find(|user| centre.try_to("AnswerCall", &[("UserId", user)]).is_ok());
    centre.seconds(40);
    centre.ask("ReleaseCall", &[("UserId", answering.unwrap())]);
    centre.seconds(60);
    // No agent is left to answer this one.
    for user in [FIRST, SECOND] {
        centre.ask("TakeBreak", &[("UserId", user), ("Code", "Lunch")]);
    }
    centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    centre.seconds(9);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(60);
    centre
}

#[test]
fn calls_of_an_agent_are_the_records_of_the_agent() {
    let centre = busy_day();
    let agents = agent_report(&centre);
    let counted = each(&agents, "AgentId").into_iter().zip(each(&agents, "Overall"));
    for (agent, overall) in counted {
        let records = centre.ask("ListCallDetailRecords", &[("AgentId", agent.as_str().unwrap())]);
        assert_eq!(overall["TotalCalls"], records["TotalCount"], "{agent}");
    }
}

#[test]
fn calls_of_the_instance_are_all_records() {
    let centre = busy_day();
    let report = centre.ask("GetHistoricalInstanceReport", &[]);
    let records = centre.ask("ListCallDetailRecords", &[]);
    assert_eq!((&report["Overall"]["TotalCalls"], &records["TotalCount"]), (&json!(6), &json!(6)));
}

#[test]
fn times_of_the_instance_are_the_sum_over_agents() {
    let centre = busy_day();
    let report = centre.ask("GetHistoricalInstanceReport", &[]);
    let agents = agent_report(&centre);
    for name in [
        "Outbound/TotalTalkTime",
        "Outbound/TotalDialingTime",
        "Outbound/TotalWorkTime",
        "Inbound/TotalTalkTime",
        "Inbound/TotalRingTime",
        "Overall/TotalReadyTime",
        "Overall/TotalBreakTime",
        "Overall/TotalLoggedInTime",
        "Outbound/CallsDialed",
        "Outbound/CallsBlindTransferOut",
        "Outbound/CallsAttendedTransferIn",
    ] {
        let of = |report: &Value| report.pointer(&format!("/{name}")).and_then(Value::as_i64).unwrap();
        let sum: i64 = agents.as_array().unwrap().iter().map(of).sum();
        assert_eq!((of(&report), sum > 0), (sum, true), "{name}");
    }
}

#[test]
fn agent_report_counts_what_happened() {
    let agents = agent_report(&busy_day());
    let first = agents.as_array().unwrap().iter().find(|agent| agent["AgentId"] == FIRST).unwrap();
    let names = [
        "Outbound/CallsDialed",
        "Outbound/CallsAnswered",
        "Outbound/AnswerRate",
        "Outbound/AverageDialingTime",
        "Outbound/CallsBlindTransferOut",
        "Outbound/CallsBlindTransferIn",
        "Outbound/CallsAttendedTransferOut",
        "Outbound/TotalTalkTime",
        "Overall/FirstCheckInTime",
        "Overall/LastCheckOutTime",
        "Overall/OneTransferCalls",
    ];
    let wanted = json!([3, 3, 1.0, 5.0, 1, 0, 1, 30 + 10 + 13, BEGINS, null, 1]);
    assert_eq!(json!(figures(first, &names)), wanted);
}

#[test]
fn skill_group_report_counts_its_queue() {
    let centre = busy_day();
    let group = &centre.ask("ListHistoricalSkillGroupReport", &[])["List"][0];
    let names = [
        "SkillGroupId",
        "Inbound/CallsQueued",
        "Inbound/CallsOffered",
        "Inbound/CallsHandled",
        "Inbound/CallsAbandonedInQueue",
        "Inbound/MaxAbandonTime",
        "Inbound/TotalWaitTime",
        "Inbound/ServiceLevel20",
        "Inbound/ServiceLevel30",
        "Outbound/CallsDialed",
    ];
    assert_eq!(json!(figures(group, &names)), json!([GROUP, 2, 2, 1, 1, 9, 24, 0.0, 0.5, 4]));
}

#[test]
fn groups_together_are_the_instance() {
    let centre = busy_day();
    centre.ask("CreateSkillGroup", &[("Name", "sales"), ("DisplayName", "Sales"), ("MediaType", "AUDIO")]);
    let sales = "sales@ccc-test";
    centre.ask("SignInGroup", &[("UserId", SECOND), ("SignedSkillGroupIdList", sales), ("DeviceId", "d")]);
    centre.whole_call(SECOND);
    centre.ask("TakeBreak", &[("UserId", SECOND), ("Code", "Lunch")]);
    centre.call_in(CUSTOMER, NUMBER, sales).unwrap();
    centre.seconds(4);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(60);
    let groups = centre.ask("ListHistoricalSkillGroupReport", &[]);
    let instance = centre.ask("GetHistoricalInstanceReport", &[]);
    for name in [
        "Inbound/CallsOffered",
        "Inbound/CallsAbandonedInQueue",
        "Outbound/CallsDialed",
        "Outbound/TotalTalkTime",
    ] {
        let of = |report: &Value| figures(report, &[name])[0].as_i64().unwrap();
        let parts: Vec<_> = groups["List"].as_array().unwrap().iter().map(of).collect();
        assert!(parts.len() == 2 && parts.iter().all(|part| *part > 0), "{name}: {parts:?}");
        assert_eq!(parts.iter().sum::<i64>(), of(&instance), "{name}");
    }
}

#[test]
fn figures_of_chats_are_zero() {
    let centre = busy_day();
    let report = centre.ask("GetHistoricalInstanceReport", &[("MediaType", "Chat")]);
    let names = ["Overall/TotalCalls", "Overall/TotalLoggedInTime", "Outbound/TotalTalkTime"];
    assert_eq!(figures(&report, &names), [0, 0, 0].map(Value::from));
}

#[test]
fn calls_of_other_hours_do_not_count() {
    let centre = CallCentre::for_test();
    centre.past(FIRST, false, 7200, 10);
    centre.past(FIRST, false, 10, 5);
    let now = BEGINS.to_string();
    let report = centre.ask("GetHistoricalInstanceReport", &[("StartTime", &now)]);
    assert_eq!(
        figures(&report, &["Outbound/CallsDialed", "Outbound/TotalTalkTime"]),
        [1, 5].map(Value::from)
    );
}

#[test]
fn hours_add_up_to_the_day() {
    let centre = busy_day();
    centre.past(FIRST, false, 3 * 3600, 100);
    centre.seconds(3600);
    for (action, about) in [
        ("ListIntervalAgentReport", ("AgentId", FIRST)),
        ("ListIntervalSkillGroupReport", ("SkillGroupId", GROUP)),
        ("ListIntervalInstanceReport", ("InstanceId", "ccc-test")),
    ] {
        let hours = centre.ask(action, &[about, ("Interval", "Hourly")]);
        let days = centre.ask(action, &[about]);
        assert_eq!(each(&days, "StatsTime"), [&json!(1_609_171_200_000_i64)]);
        for name in ["Overall/TotalCalls", "Overall/TotalTalkTime", "Overall/TotalBreakTime"] {
            let of = |report: &Value| report.pointer(&format!("/{name}")).and_then(Value::as_i64).unwrap();
            let sum: i64 = hours.as_array().unwrap().iter().map(of).sum();
            assert!(sum > 0 && sum == of(&days[0]), "{action}: {name} is {sum} in all hours");
        }
    }
}

#[test]
fn too_many_hours_are_refused() {
    let start = (BEGINS - 11 * 86_400_000).to_string();
    let given = [("AgentId", FIRST), ("StartTime", start.as_str()), ("Interval", "Hourly")];
    assert_eq!(busy_day().try_to("ListIntervalAgentReport", &given), Err("Parameter.Invalid"));
}

#[test]
fn summary_of_named_agents_is_not_paged() {
    let centre = busy_day();
    let named = [("AgentIds", "[\"user-test@ccc-test\",\"li@ccc-test\"]"), ("PageSize", "1")];
    let summary = centre.ask("ListAgentSummaryReportsSinceMidnight", &named);
    let [paged, named] = [centre.ask("ListAgentSummaryReportsSinceMidnight", &[("PageSize", "1")]), summary]
        .map(|summary| summary["List"].as_array().unwrap().len());
    assert_eq!((paged, named), (1, 2));
}

#[test]
fn summary_has_averages_in_whole_seconds() {
    let summary = busy_day().ask("ListAgentSummaryReportsSinceMidnight", &[("AgentIds", FIRST)]);
    // The agent talked for 30, 10 and 13 seconds.
    assert_eq!(summary["List"][0]["Outbound"]["AverageTalkTime"], "17");
}

#[test]
fn summary_agrees_with_the_report_of_the_day() {
    let centre = busy_day();
    let summary = centre.ask("ListAgentSummaryReportsSinceMidnight", &[])["List"].clone();
    let totals =
        |list: &Value| each(list, "Overall").iter().map(|all| all["TotalCalls"].clone()).collect::<Vec<_>>();
    assert_eq!(totals(&summary), totals(&agent_report(&centre)));
}

#[test]
fn attended_transfer_counts_as_outbound_on_both_sides() {
    let agents = agent_report(&busy_day());
    let attended = |group: &str, name: &str| {
        let of = |agent: &Value| agent[group][name].as_i64().unwrap();
        agents.as_array().unwrap().iter().map(of).sum::<i64>()
    };
    let (out, into) = ("CallsAttendedTransferOut", "CallsAttendedTransferIn");
    assert_eq!((attended("Outbound", out), attended("Outbound", into)), (1, 1));
}
