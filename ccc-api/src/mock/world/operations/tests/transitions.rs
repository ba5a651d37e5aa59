//! Tests of transitions in which several features meet.

use serde_json::{Value, json};

use crate::mock::world::CallCentre;
use crate::mock::world::testing::{CUSTOMER, FIRST, GROUP, NUMBER, SECOND, each};

const THIRD: &str = "wang@ccc-test";
const OTHER: &str = "13100000001";

/// Makes a centre in which the first agent talks with the customer and the second is ready. Returns the call's id, too.
fn talking() -> (CallCentre, String) {
    let centre = CallCentre::for_test();
    let job = centre.dial(FIRST);
    centre.seconds(1);
    centre.answer(CUSTOMER).unwrap();
    (centre, job)
}

/// Makes the same centre with a third agent who is ready.
fn talking_of_three() -> CallCentre {
    let (centre, _) = talking();
    centre.add_agent("ccc-test", "wang").unwrap();
    centre.ask("SignInGroup", &[("UserId", THIRD), ("SignedSkillGroupIdList", GROUP), ("DeviceId", "d")]);
    centre.ask("ReadyForService", &[("UserId", THIRD)]);
    centre
}

/// Makes a centre in which a customer has called in and talks with the first agent, and the second is on a break.
fn called_in() -> CallCentre {
    let centre = CallCentre::for_test();
    take_break(&centre, SECOND);
    centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    centre.seconds(10);
    centre.ask("AnswerCall", &[("UserId", FIRST)]);
    centre
}

fn take_break(centre: &CallCentre, user: &str) {
    centre.ask("TakeBreak", &[("UserId", user), ("Code", "Lunch")]);
}

fn transfer(centre: &CallCentre, from: &str, to: &str) {
    centre.ask("BlindTransfer", &[("UserId", from), ("Transferee", to)]);
}

fn consult(centre: &CallCentre, to: &str) {
    centre.ask("InitiateAttendedTransfer", &[("UserId", FIRST), ("Transferee", to)]);
}

fn state(centre: &CallCentre, user: &str) -> Value {
    centre.ask("PollUserStatus", &[("UserId", user)])["UserContext"]["UserState"].clone()
}

fn channels(centre: &CallCentre, user: &str) -> Value {
    centre.ask("PollUserStatus", &[("UserId", user)])["CallContext"]["ChannelContexts"].clone()
}

/// Returns a field of a party's channel in the first agent's call; the customer's user id is empty.
fn field(centre: &CallCentre, party: &str, field: &str) -> Value {
    let channels = channels(centre, FIRST);
    let channel = channels.as_array().unwrap().iter().find(|channel| channel["UserId"] == party);
    channel.unwrap()[field].clone()
}

fn channel_id(centre: &CallCentre, party: &str) -> String {
    field(centre, party, "ChannelId").as_str().unwrap().to_owned()
}

#[test]
fn timer_of_an_earlier_wait_does_not_end_a_later_one() {
    let centre = called_in();
    centre.seconds(105);
    transfer(&centre, FIRST, GROUP);
    centre.seconds(9);
    assert_eq!(centre.hang_up(CUSTOMER), Ok(()));
}

#[test]
fn timer_of_earlier_after_call_work_does_not_end_later_one() {
    let (centre, _) = talking();
    transfer(&centre, FIRST, SECOND);
    centre.ask("AnswerCall", &[("UserId", SECOND)]);
    centre.ask("ReadyForService", &[("UserId", FIRST)]);
    centre.seconds(5);
    transfer(&centre, SECOND, FIRST);
    centre.ask("AnswerCall", &[("UserId", FIRST)]);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(6);
    assert_eq!(state(&centre, FIRST), "WORKING");
    centre.seconds(4);
    assert_eq!(state(&centre, FIRST), "READY");
}

#[test]
fn agent_who_releases_the_customers_channel_is_the_one_who_hung_up() {
    let (centre, _) = talking();
    let extension = field(&centre, FIRST, "UserExtension");
    centre.ask("ReleaseCall", &[("UserId", FIRST), ("ChannelId", &channel_id(&centre, ""))]);
    let channels = channels(&centre, FIRST);
    assert_eq!(each(&channels, "ReleaseInitiator"), [&extension, &extension]);
}

#[test]
fn colleague_whom_the_agent_stops_calling_has_not_rejected_the_call() {
    let (centre, _) = talking();
    consult(&centre, SECOND);
    centre.ask("ReleaseCall", &[("UserId", FIRST), ("ChannelId", &channel_id(&centre, SECOND))]);
    assert_eq!((state(&centre, FIRST), state(&centre, SECOND)), (json!("TALKING"), json!("READY")));
}

#[test]
fn released_channel_is_not_released_again() {
    let (centre, _) = talking();
    consult(&centre, SECOND);
    centre.ask("CancelAttendedTransfer", &[("UserId", FIRST)]);
    let again =
        centre.try_to("ReleaseCall", &[("UserId", FIRST), ("ChannelId", &channel_id(&centre, SECOND))]);
    assert_eq!(again, Err("InvalidOperation.ChannelState"));
}

#[test]
fn supervisor_who_begins_to_coach_gets_no_waiting_call_in_between() {
    let (centre, job) = talking();
    centre.ask("MonitorCall", &[("UserId", SECOND), ("MonitoredUserId", FIRST)]);
    centre.call_in(OTHER, NUMBER, GROUP).unwrap();
    let data = centre.ask("CoachCall", &[("UserId", SECOND), ("CoachedUserId", FIRST)]);
    assert_eq!(data["UserContext"]["JobId"], json!(job));
}

#[test]
fn supervisor_leaves_with_the_agent() {
    let (centre, _) = talking();
    centre.ask("MonitorCall", &[("UserId", SECOND), ("MonitoredUserId", FIRST)]);
    transfer(&centre, FIRST, OTHER);
    assert_eq!(state(&centre, SECOND), "READY");
}

#[test]
fn log_keeps_the_outbound_scenario_of_former_states() {
    let centre = CallCentre::for_test();
    centre.seconds(5);
    centre.ask("ReadyForService", &[("UserId", FIRST), ("OutboundScenario", "true")]);
    centre.seconds(7);
    centre.ask("SignOutGroup", &[("UserId", FIRST)]);
    let logs = centre.ask("ListAgentStateLogs", &[("AgentId", FIRST)]);
    assert_eq!(each(&logs, "State"), ["Offline", "Break", "Ready", "Ready", "Offline"]);
    assert_eq!(each(&logs, "Duration"), [0, 0, 5, 7, 0].map(Value::from).each_ref());
    let only_out = [false, false, false, true, false].map(Value::from);
    assert_eq!(each(&logs, "OutboundScenario"), only_out.each_ref());
}

#[test]
fn colleague_whose_consultation_is_cancelled_gets_a_waiting_call() {
    let (centre, _) = talking();
    consult(&centre, SECOND);
    let waiting = centre.call_in(OTHER, NUMBER, GROUP).unwrap();
    centre.ask("CancelAttendedTransfer", &[("UserId", FIRST)]);
    let status = centre.ask("PollUserStatus", &[("UserId", SECOND)]);
    assert_eq!(status["UserContext"]["JobId"], json!(waiting));
}

#[test]
fn agent_who_signs_in_to_a_skill_group_gets_its_waiting_call() {
    let centre = CallCentre::for_test();
    take_break(&centre, FIRST);
    centre.ask("SignInGroup", &[("UserId", SECOND), ("DeviceId", "d")]);
    centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    assert_eq!(state(&centre, SECOND), "READY");
    let mode = [("UserId", SECOND), ("WorkMode", "ON_SITE"), ("SignedSkillGroupIdList", GROUP)];
    centre.ask("ChangeWorkMode", &mode);
    assert_eq!(state(&centre, SECOND), "RINGING");
}

#[test]
fn call_whose_blind_transfer_nobody_answers_was_a_success() {
    let (centre, job) = talking();
    transfer(&centre, FIRST, SECOND);
    centre.seconds(21);
    assert_eq!(state(&centre, SECOND), "BREAK");
    let record = centre.ask("GetCallDetailRecord", &[("ContactId", &job)]);
    assert_eq!(record["ContactDisposition"], "Success");
}

#[test]
fn transfer_sets_how_long_the_call_may_wait() {
    let centre = called_in();
    let transfer = [("UserId", FIRST), ("Transferee", GROUP), ("QueuingTimeoutSeconds", "5")];
    centre.ask("BlindTransfer", &transfer);
    centre.seconds(4);
    assert_eq!(state(&centre, FIRST), "WORKING");
    centre.seconds(1);
    assert!(centre.hang_up(CUSTOMER).is_err());
}

#[test]
fn redialling_an_inbound_call_calls_the_customer() {
    let centre = called_in();
    let call = centre.ask("ReleaseCall", &[("UserId", FIRST)])["CallContext"]["JobId"].clone();
    centre.seconds(10);
    let again = centre.ask("RedialCall", &[("UserId", FIRST), ("JobId", call.as_str().unwrap())]);
    assert_eq!(again["CallContext"]["ChannelContexts"][1]["Destination"], CUSTOMER);
}

#[test]
fn call_of_another_agent_is_not_redialled() {
    let centre = CallCentre::for_test();
    let job = centre.whole_call(FIRST);
    let again = centre.try_to("RedialCall", &[("UserId", SECOND), ("JobId", &job)]);
    assert_eq!(again, Err("NotExists.JobId"));
}

#[test]
fn transfers_to_unknown_users_and_from_unknown_numbers_are_refused() {
    let (centre, _) = talking();
    for (to, from, code) in
        [("nobody@ccc-test", NUMBER, "NotExists.UserId"), (OTHER, "02100000000", "NotExists.Number")]
    {
        for action in ["BlindTransfer", "InitiateAttendedTransfer"] {
            let refused =
                centre.try_to(action, &[("UserId", FIRST), ("Transferee", to), ("Transferor", from)]);
            assert_eq!(refused, Err(code), "{action} to {to} from {from}");
        }
    }
}

#[test]
fn supervisors_are_not_put_on_hold() {
    let centre = talking_of_three();
    centre.ask("MonitorCall", &[("UserId", THIRD), ("MonitoredUserId", FIRST)]);
    consult(&centre, SECOND);
    assert_eq!(field(&centre, THIRD, "ChannelFlags"), json!(["MONITORING"]));
    assert_eq!(field(&centre, "", "ChannelFlags"), json!(["HOLD"]));
}

#[test]
fn customer_who_was_on_hold_before_the_consultation_stays_on_hold() {
    let (centre, _) = talking();
    centre.ask("HoldCall", &[("UserId", FIRST), ("ChannelId", &channel_id(&centre, ""))]);
    consult(&centre, SECOND);
    centre.ask("CancelAttendedTransfer", &[("UserId", FIRST)]);
    assert_eq!(field(&centre, "", "ChannelFlags"), json!(["HOLD"]));
}

#[test]
fn intercepting_a_consulting_agent_connects_the_customer_with_the_supervisor() {
    let centre = talking_of_three();
    consult(&centre, SECOND);
    centre.ask("InterceptCall", &[("UserId", THIRD), ("InterceptedUserId", FIRST)]);
    assert_eq!(field(&centre, "", "ChannelFlags"), json!([]));
    assert_eq!((state(&centre, SECOND), state(&centre, THIRD)), (json!("READY"), json!("TALKING")));
}

#[test]
fn record_of_an_intercepted_call_names_both_agents() {
    let (centre, job) = talking();
    centre.ask("InterceptCall", &[("UserId", SECOND), ("InterceptedUserId", FIRST)]);
    centre.hang_up(CUSTOMER).unwrap();
    centre.seconds(2);
    let record = centre.ask("GetCallDetailRecord", &[("ContactId", &job)]);
    assert_eq!(record["AgentIds"], json!(format!("{FIRST},{SECOND}")));
}

#[test]
fn customer_who_has_hung_up_is_not_transferred() {
    let (centre, _) = talking();
    consult(&centre, SECOND);
    centre.ask("AnswerCall", &[("UserId", SECOND)]);
    centre.hang_up(CUSTOMER).unwrap();
    let complete = centre.try_to("CompleteAttendedTransfer", &[("UserId", FIRST)]);
    assert_eq!(complete, Err("InvalidOperation.ChannelState"));
}

#[test]
fn only_one_party_is_consulted_at_a_time() {
    let centre = talking_of_three();
    consult(&centre, SECOND);
    let second = centre.try_to("InitiateAttendedTransfer", &[("UserId", FIRST), ("Transferee", THIRD)]);
    assert_eq!(second, Err("InvalidOperation.ChannelState"));
}

#[test]
fn consultation_rings_at_an_agent_of_the_group_or_at_an_external_number() {
    for (to, party) in [(GROUP, SECOND), (OTHER, "")] {
        let (centre, _) = talking();
        consult(&centre, to);
        centre.seconds(1);
        let channels = channels(&centre, FIRST);
        let last = channels.as_array().and_then(|channels| channels.last()).unwrap();
        assert_eq!((&last["UserId"], &last["ChannelState"]), (&json!(party), &json!("RINGING")), "{to}");
    }
}

#[test]
fn channel_is_muted_and_unmuted_once() {
    let (centre, _) = talking();
    let own = [("UserId", FIRST)];
    assert_eq!(centre.try_to("UnmuteCall", &own), Err("InvalidOperation.ChannelState"));
    centre.ask("MuteCall", &own);
    assert_eq!(centre.try_to("MuteCall", &own), Err("InvalidOperation.ChannelState"));
}

#[test]
fn keys_are_sent_only_to_a_party_that_has_answered() {
    let centre = CallCentre::for_test();
    centre.dial(FIRST);
    centre.seconds(1);
    let customer = channel_id(&centre, "");
    let keys = [("UserId", FIRST), ("ChannelId", &*customer), ("Dtmf", "1")];
    assert_eq!(centre.try_to("SendDtmfSignaling", &keys), Err("InvalidOperation.ChannelState"));
    centre.answer(CUSTOMER).unwrap();
    assert!(centre.try_to("SendDtmfSignaling", &keys).is_ok());
}

#[test]
fn agent_who_has_not_answered_cannot_hold_the_customer() {
    let centre = CallCentre::for_test();
    take_break(&centre, SECOND);
    centre.call_in(CUSTOMER, NUMBER, GROUP).unwrap();
    let customer = channel_id(&centre, "");
    let hold = centre.try_to("HoldCall", &[("UserId", FIRST), ("ChannelId", &customer)]);
    assert_eq!(hold, Err("InvalidOperation.ChannelState"));
}

#[test]
fn agent_who_is_ready_again_ends_the_after_call_work() {
    let (centre, _) = talking();
    centre.hang_up(CUSTOMER).unwrap();
    assert_eq!(state(&centre, FIRST), "WORKING");
    centre.ask("ReadyForService", &[("UserId", FIRST)]);
    assert_eq!(state(&centre, FIRST), "READY");
}

#[test]
fn nobody_signs_out_while_dialling_or_ringing() {
    let centre = CallCentre::for_test();
    let extension = centre.ask("PollUserStatus", &[("UserId", SECOND)])["UserContext"]["Extension"].clone();
    centre.ask("MakeCall", &[("UserId", FIRST), ("Callee", extension.as_str().unwrap())]);
    for user in [FIRST, SECOND] {
        assert_eq!(centre.try_to("SignOutGroup", &[("UserId", user)]), Err("InvalidOperation.UserState"));
    }
}

#[test]
fn agent_without_a_ringing_call_cannot_answer() {
    let (centre, _) = talking();
    assert_eq!(centre.try_to("AnswerCall", &[("UserId", FIRST)]), Err("InvalidOperation.UserState"));
}

#[test]
fn inbound_number_is_not_called_from() {
    let centre = CallCentre::for_test();
    centre.ask("ModifyPhoneNumber", &[("Number", NUMBER), ("Usage", "Inbound")]);
    let call = centre.try_to("MakeCall", &[("UserId", FIRST), ("Callee", CUSTOMER)]);
    assert_eq!(call, Err("NotExists.Number"));
}

#[test]
fn device_is_listed_from_registering_until_unregistering() {
    let centre = CallCentre::for_test();
    let own = [("UserId", FIRST), ("DeviceId", "headset")];
    centre.ask("RegisterDevice", &own);
    assert_eq!(each(&centre.ask("ListDevices", &own), "DeviceId"), ["headset"]);
    centre.ask("UnregisterDevice", &own);
    assert_eq!(centre.ask("ListDevices", &own), json!([]));
}
