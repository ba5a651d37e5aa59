//! Tests of the directory: what it refuses, and that all its lists agree after any requests.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use acs_mock::{Call, Outcome, World};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::super::CallCentre;
use crate::description;

type Given<'a> = &'a [(&'a str, &'a str)];

const GROUP: &str = "skill-group@ccc-test";
const NUMBER: &str = "0109898989";
const USER: &str = "user-test@ccc-test";

fn centre() -> CallCentre {
    CallCentre::builder().stepped().build()
}

/// Sends a request. Returns the fields of the response, or the code of the refusal.
fn request(centre: &CallCentre, action: &str, given: Given<'_>) -> Result<Map<String, Value>, &'static str> {
    let operation = description::operation(action).unwrap();
    let mut parameters = BTreeMap::from([("InstanceId".to_owned(), "ccc-test".to_owned())]);
    parameters.extend(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    match World::answer(centre, &Call { operation, parameters: &parameters }) {
        Outcome::Done(fields) => Ok(fields),
        Outcome::Refused(refused) => Err(refused.code),
        Outcome::ByPage => panic!("{action} is not covered"),
    }
}

fn data(centre: &CallCentre, action: &str, given: Given<'_>) -> Value {
    let fields = request(centre, action, given).unwrap_or_else(|code| panic!("{action}: {code}"));
    fields.get("Data").cloned().unwrap_or_default()
}

fn code(centre: &CallCentre, action: &str, given: Given<'_>) -> &'static str {
    request(centre, action, given).err().unwrap_or("OK")
}

/// Returns all items of a list, over pages of two. Checks that every page has their number as its total.
fn all(centre: &CallCentre, action: &str, given: Given<'_>) -> Vec<Value> {
    let mut items = Vec::new();
    for number in 1.. {
        let number = number.to_string();
        let paged = [&[("PageNumber", number.as_str()), ("PageSize", "2")], given].concat();
        let page = data(centre, action, &paged);
        let list = page["List"].as_array().unwrap();
        if list.is_empty() {
            assert_eq!(page["TotalCount"], items.len(), "{action}");
            break;
        }
        items.extend(list.clone());
    }
    items
}

fn texts(items: &[Value], name: &str) -> BTreeSet<String> {
    items.iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
}

/// Returns levels by the field `name`.
fn levels(items: &[Value], name: &str) -> BTreeMap<String, i64> {
    let pair = |item: &Value| (item[name].as_str().unwrap().to_owned(), item["SkillLevel"].as_i64().unwrap());
    items.iter().map(pair).collect()
}

#[test]
fn request_for_what_does_not_exist_is_refused_by_its_code() {
    let centre = centre();
    let level = r#"[{"skillGroupId":"none@ccc-test","skillLevel":1}]"#;
    for (action, given, wanted) in [
        ("GetUser", &[("UserId", "none@ccc-test")][..], "NotExists.UserId"),
        ("GetUser", &[("Extension", "1")], "NotExists.UserId"),
        ("GetUser", &[], "Parameter.Blank"),
        ("GetUser", &[("InstanceId", "none"), ("UserId", USER)], "NotExists.InstanceId"),
        ("ListUsers", &[("SkillGroupId", "none@ccc-test")], "NotExists.SkillGroupId"),
        ("ModifyUser", &[("UserId", USER), ("RoleId", "Chief@ccc-test")], "NotExists.RoleId"),
        ("RemoveUsers", &[("UserIdList", r#"["none@ccc-test"]"#)], "NotExists.UserId"),
        ("RemoveUsers", &[], "Parameter.Empty"),
        ("AddSkillGroupsToUser", &[("UserId", USER), ("SkillLevelList", level)], "NotExists.SkillGroupId"),
        ("ModifySkillGroup", &[("SkillGroupId", "none@ccc-test")], "NotExists.SkillGroupId"),
        ("DeleteSkillGroup", &[("SkillGroupId", "none@ccc-test")], "NotExists.SkillGroupId"),
        ("ModifyPhoneNumber", &[("Number", "1"), ("Usage", "Inbound")], "NotExists.Number"),
        ("AddNumbersToSkillGroup", &[("SkillGroupId", GROUP), ("NumberList", "[\"1\"]")], "NotExists.Number"),
        ("DeleteInstance", &[("InstanceId", "none")], "NotExists.InstanceId"),
    ] {
        assert_eq!(code(&centre, action, given), wanted, "{action} {given:?}");
    }
}

#[test]
fn request_for_what_exists_already_is_refused_by_its_code() {
    let centre = centre();
    let user = &[("LoginName", "user-test"), ("DisplayName", "x"), ("RoleId", "Agent@ccc-test")];
    assert_eq!(code(&centre, "CreateUser", user), "AlreadyExists.User");
    let group = &[("Name", "skill-group"), ("DisplayName", "x")];
    assert_eq!(code(&centre, "CreateSkillGroup", group), "AlreadyExists.SkillGroupId");
    let instance = &[("DomainName", "ccc-test"), ("Name", "Test"), ("AdminRamIdList", "[\"1\"]")];
    assert_eq!(code(&centre, "CreateInstance", instance), "AlreadyExists.InstanceId");
}

#[test]
fn names_and_levels_out_of_range_are_refused_by_their_codes() {
    let centre = centre();
    let add = |level: &str| {
        let levels = format!(r#"[{{"skillGroupId":"{GROUP}","skillLevel":{level}}}]"#);
        code(&centre, "AddSkillGroupsToUser", &[("UserId", USER), ("SkillLevelList", &levels)])
    };
    assert_eq!(
        ["0", "1", "\"10\"", "11", "{}"].map(add),
        ["Parameter.Minimum", "OK", "OK", "Parameter.Maximum", "Parameter.Format"]
    );
    let group = |name: &str| code(&centre, "CreateSkillGroup", &[("Name", name), ("DisplayName", "x")]);
    assert_eq!(["1st", "a b", "sales_2"].map(group), ["Parameter.Format", "Parameter.Format", "OK"]);
    let user = |login: &str| {
        let given = [("LoginName", login), ("DisplayName", "x"), ("RoleId", "Agent@ccc-test")];
        code(&centre, "CreateUser", &given)
    };
    assert_eq!(["abc", "a b c", "li.na"].map(user), ["Parameter.Format", "Parameter.Format", "OK"]);
}

#[test]
fn level_of_a_user_who_is_not_a_member_is_not_changed() {
    let centre = centre();
    data(&centre, "CreateSkillGroup", &[("Name", "sales"), ("DisplayName", "Sales")]);
    let user = format!(r#"[{{"userId":"{USER}","skillLevel":3}}]"#);
    let given = [("SkillGroupId", "sales@ccc-test"), ("UserLevelList", user.as_str())];
    assert_eq!(code(&centre, "ModifyUserLevelsOfSkillGroup", &given), "Parameter.Invalid");
    let group = r#"[{"skillGroupId":"sales@ccc-test","skillLevel":3}]"#;
    let given = [("UserId", USER), ("SkillLevelList", group)];
    assert_eq!(code(&centre, "ModifySkillLevelsOfUser", &given), "Parameter.Invalid");
}

#[test]
fn signed_in_agent_is_removed_only_by_force_and_the_call_ends() {
    let centre = centre();
    data(&centre, "SignInGroup", &[("DeviceId", "d"), ("SignedSkillGroupIdList", &format!("[\"{GROUP}\"]"))]);
    data(&centre, "MakeCall", &[("Callee", "13188888888")]);
    let users = format!("[\"{USER}\"]");
    let given = [("UserIdList", users.as_str())];
    assert_eq!(code(&centre, "RemoveUsers", &given), "InvalidOperation.UserState");
    data(&centre, "RemoveUsers", &[("UserIdList", &users), ("Force", "true")]);
    assert_eq!(code(&centre, "GetUser", &[("UserId", USER)]), "NotExists.UserId");
    let inner = centre.lock();
    let instance = &inner.state.instances["ccc-test"];
    assert_eq!((instance.jobs.len(), instance.records.len()), (0, 1));
}

#[test]
fn removed_agent_gets_no_waiting_call_when_the_present_one_ends() {
    let centre = centre();
    data(&centre, "SignInGroup", &[("DeviceId", "d"), ("SignedSkillGroupIdList", &format!("[\"{GROUP}\"]"))]);
    data(&centre, "ReadyForService", &[]);
    data(&centre, "MakeCall", &[("Callee", "13188888888")]);
    let waiting = centre.call_in("13100000000", NUMBER, GROUP).unwrap();
    data(&centre, "RemoveUsers", &[("UserIdList", &format!("[\"{USER}\"]")), ("Force", "true")]);
    let inner = centre.lock();
    assert!(inner.state.instances["ccc-test"].jobs[&waiting].waits());
}

#[test]
fn work_mode_of_a_signed_in_agent_is_changed_only_by_force() {
    let centre = centre();
    data(&centre, "SignInGroup", &[("DeviceId", "d")]);
    let given = [("UserId", USER), ("WorkMode", "OFF_SITE"), ("Mobile", "13100000000")];
    assert_eq!(code(&centre, "ModifyUser", &given), "InvalidOperation.UserState");
    assert_eq!(code(&centre, "ModifyUser", &[("UserId", USER), ("WorkMode", "ON_SITE")]), "OK");
    data(&centre, "ModifyUser", &[&given[..], &[("Force", "true")]].concat());
    let user = data(&centre, "GetUser", &[("UserId", USER)]);
    assert_eq!((&user["WorkMode"], &user["Mobile"]), (&"OFF_SITE".into(), &"13100000000".into()));
}

#[test]
fn skill_group_is_in_use_while_it_has_users_numbers_or_a_waiting_call() {
    let centre = centre();
    let delete = || code(&centre, "DeleteSkillGroup", &[("SkillGroupId", GROUP)]);
    assert_eq!(delete(), "InUse.SkillGroup");
    data(
        &centre,
        "RemoveUsersFromSkillGroup",
        &[("SkillGroupId", GROUP), ("UserIdList", &format!("[\"{USER}\"]"))],
    );
    assert_eq!(delete(), "InUse.SkillGroup");
    let numbers = format!("[\"{NUMBER}\"]");
    data(&centre, "RemovePhoneNumbersFromSkillGroup", &[("SkillGroupId", GROUP), ("NumberList", &numbers)]);
    centre.call_in("13100000000", NUMBER, GROUP).unwrap();
    assert_eq!(delete(), "InUse.SkillGroup");
    centre.hang_up("13100000000").unwrap();
    assert_eq!(delete(), "OK");
}

#[test]
fn skill_group_deleted_by_force_ends_the_calls_that_seek_its_agents() {
    let centre = centre();
    data(&centre, "SignInGroup", &[("DeviceId", "d"), ("SignedSkillGroupIdList", &format!("[\"{GROUP}\"]"))]);
    data(&centre, "ReadyForService", &[]);
    centre.call_in("13100000000", NUMBER, GROUP).unwrap();
    centre.call_in("13100000001", NUMBER, GROUP).unwrap();
    data(&centre, "DeleteSkillGroup", &[("SkillGroupId", GROUP), ("Force", "true")]);
    let context = data(&centre, "PollUserStatus", &[])["UserContext"].clone();
    assert_eq!(
        (&context["UserState"], &context["SignedSkillGroupIdList"]),
        (&"READY".into(), &Value::Array(vec![]))
    );
    assert!(centre.lock().state.instances["ccc-test"].jobs.is_empty());
}

#[test]
fn numbers_that_cannot_be_added_or_removed_are_returned() {
    let centre = centre();
    let add = |numbers: &str, usage: &str| {
        data(&centre, "AddPhoneNumbers", &[("NumberList", numbers), ("Usage", usage)])
    };
    assert_eq!(add("[\"0109898989\",\"0211\",\"4008\"]", "Bidirection"), serde_json::json!([NUMBER, "4008"]));
    assert_eq!(add("[\"4008\"]", "Inbound"), serde_json::json!([]));
    let remove = |force: &str| {
        let numbers = "[\"0109898989\",\"0211\",\"none\"]";
        data(&centre, "RemovePhoneNumbers", &[("NumberList", numbers), ("Force", force)])
    };
    assert_eq!(remove("false"), serde_json::json!([NUMBER, "none"]));
    assert_eq!(remove("true"), serde_json::json!(["0211", "none"]));
    assert_eq!(
        texts(&all(&centre, "ListUnassignedNumbers", &[]), "Number"),
        [NUMBER, "0211"].map(str::to_owned).into()
    );
}

#[test]
fn number_is_bound_to_skill_groups_or_a_users_personal_number() {
    let centre = centre();
    let numbers = format!("[\"{NUMBER}\",\"0211\"]");
    data(&centre, "AddPhoneNumbers", &[("NumberList", "[\"0211\"]"), ("Usage", "Outbound")]);
    let given = [("UserId", USER), ("NumberList", numbers.as_str())];
    assert_eq!(data(&centre, "AddPersonalNumbersToUser", &given), serde_json::json!([NUMBER]));
    let given = [("SkillGroupId", GROUP), ("NumberList", numbers.as_str())];
    assert_eq!(code(&centre, "AddNumbersToSkillGroup", &given), "Parameter.Invalid");
    let outbound = all(&centre, "ListOutboundNumbersOfUser", &[]);
    assert_eq!(texts(&outbound, "Number"), [NUMBER, "0211"].map(str::to_owned).into());
    let groups = format!("[\"{GROUP}\"]");
    let of_group = all(&centre, "ListOutboundNumbersOfUser", &[("SkillGroupIdList", &groups)]);
    assert_eq!(texts(&of_group, "Number"), [NUMBER.to_owned()].into());
}

#[test]
fn number_that_a_skill_group_does_not_have_is_not_unbound() {
    let centre = centre();
    data(&centre, "CreateSkillGroup", &[("Name", "sales"), ("DisplayName", "Sales")]);
    let groups = format!("[\"{GROUP}\",\"sales@ccc-test\"]");
    let given = [("Number", NUMBER), ("SkillGroupIdList", groups.as_str())];
    assert_eq!(code(&centre, "RemovePhoneNumberFromSkillGroups", &given), "Parameter.Invalid");
    data(&centre, "AddPhoneNumberToSkillGroups", &given);
    data(&centre, "RemovePhoneNumberFromSkillGroups", &given);
    assert_eq!(all(&centre, "ListPhoneNumbers", &[])[0]["SkillGroups"], serde_json::json!([]));
}

#[test]
fn numbers_for_an_outbound_call_are_those_of_the_skill_groups_that_call_out() {
    let centre = centre();
    let groups = format!("[\"{GROUP}\"]");
    let pick = || {
        let given = [("CalledNumber", "131"), ("SkillGroupIdList", groups.as_str()), ("Count", "5")];
        let pairs = data(&centre, "PickOutboundNumbers", &given);
        pairs.as_array().unwrap().iter().map(|pair| pair["Caller"]["Number"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(pick(), [NUMBER]);
    data(&centre, "ModifyPhoneNumber", &[("Number", NUMBER), ("Usage", "Inbound")]);
    assert_eq!(pick(), Vec::<Value>::new());
}

#[test]
fn ram_users_are_imported_once() {
    let centre = centre();
    let given = [("RamIdList", "[\"28\",\"29\"]"), ("RoleId", "Manager@ccc-test"), ("WorkMode", "OFF_SITE")];
    let fields = request(&centre, "AssignUsers", &given).unwrap();
    assert_eq!(fields["Data"], fields["WorkflowId"]);
    let user = data(&centre, "GetUser", &[("UserId", "ram-28@ccc-test")]);
    assert_eq!((&user["RoleName"], &user["WorkMode"]), (&"Manager".into(), &"OFF_SITE".into()));
    assert_eq!(code(&centre, "ImportRamUsers", &given), "AlreadyExists.User");
}

const LOGINS: [&str; 4] = ["anna", "bert", "cora", "user-test"];
const NAMES: [&str; 3] = ["sales", "orders", "skill-group"];
const NUMBERS: [&str; 4] = ["0211", "0212", "0213", NUMBER];

/// Sends a request of some kind for one of the users, groups and numbers. It may be refused.
fn act(centre: &CallCentre, (kind, user, group, number, level): (u8, usize, usize, usize, i64)) {
    let (login, name, number) = (LOGINS[user], NAMES[group], NUMBERS[number]);
    let (user, group) = (format!("{login}@ccc-test"), format!("{name}@ccc-test"));
    let list = |id: &str| format!("[\"{id}\"]");
    let (users, groups, numbers) = (list(&user), list(&group), list(number));
    let by_group = format!(r#"[{{"skillGroupId":"{group}","skillLevel":{level}}}]"#);
    let by_user = format!(r#"[{{"userId":"{user}","skillLevel":{level}}}]"#);
    let usage = if level > 5 { "Bidirection" } else { "Inbound" };
    let force = if level > 5 { "true" } else { "false" };
    let of_user = ("UserId", user.as_str());
    let of_group = ("SkillGroupId", group.as_str());
    let (action, given): (_, Given<'_>) = match kind {
        0 => (
            "CreateUser",
            &[
                ("LoginName", login),
                ("DisplayName", login),
                ("RoleId", "Agent@ccc-test"),
                ("SkillLevelList", &by_group),
            ],
        ),
        1 => ("RemoveUsers", &[("UserIdList", &users), ("Force", force)]),
        2 => ("CreateSkillGroup", &[("Name", name), ("DisplayName", name)]),
        3 => ("DeleteSkillGroup", &[of_group, ("Force", force)]),
        4 => ("AddPhoneNumbers", &[("NumberList", &numbers), ("Usage", usage)]),
        5 => ("RemovePhoneNumbers", &[("NumberList", &numbers), ("Force", force)]),
        6 => ("AddSkillGroupsToUser", &[of_user, ("SkillLevelList", &by_group)]),
        7 => ("RemoveSkillGroupsFromUser", &[of_user, ("SkillGroupIdList", &groups)]),
        8 => ("AddUsersToSkillGroup", &[of_group, ("UserSkillLevelList", &by_user)]),
        9 => ("RemoveUsersFromSkillGroup", &[of_group, ("UserIdList", &users)]),
        10 => ("ModifyUserLevelsOfSkillGroup", &[of_group, ("UserLevelList", &by_user)]),
        11 => ("AddNumbersToSkillGroup", &[of_group, ("NumberList", &numbers)]),
        12 => ("RemovePhoneNumberFromSkillGroups", &[("Number", number), ("SkillGroupIdList", &groups)]),
        13 => ("AddPersonalNumbersToUser", &[of_user, ("NumberList", &numbers)]),
        14 => ("RemovePersonalNumbersFromUser", &[of_user, ("NumberList", &numbers)]),
        15 => ("ModifyPhoneNumber", &[("Number", number), ("Usage", usage)]),
        16 => ("SignInGroup", &[of_user, ("DeviceId", "d"), ("SignedSkillGroupIdList", &groups)]),
        17 => ("ReadyForService", &[of_user]),
        18 => ("MakeCall", &[of_user, ("Callee", "13188888888")]),
        19 => {
            // The group may not exist.
            centre.call_in("13100000000", number, &group).ok();
            return;
        }
        _ => return centre.step(Duration::from_secs(level.unsigned_abs())),
    };
    request(centre, action, given).ok();
}

/// Checks that all lists of the directory agree.
fn agrees(centre: &CallCentre) {
    let users = all(centre, "ListUsers", &[]);
    let groups = all(centre, "ListSkillGroups", &[]);
    let numbers = all(centre, "ListPhoneNumbers", &[]);
    let group_ids = texts(&groups, "SkillGroupId");
    for user in &users {
        let id = user["UserId"].as_str().unwrap();
        let own = levels(user["SkillLevelList"].as_array().unwrap(), "SkillGroupId");
        assert_eq!(levels(&all(centre, "ListSkillLevelsOfUser", &[("UserId", id)]), "SkillGroupId"), own);
        for group in &group_ids {
            let members =
                all(centre, "ListUserLevelsOfSkillGroup", &[("SkillGroupId", group), ("IsMember", "true")]);
            assert_eq!(levels(&members, "UserId").get(id), own.get(group), "{id} in {group}");
        }
        let personal = texts(
            &all(centre, "ListPersonalNumbersOfUser", &[("UserId", id), ("IsMember", "true")]),
            "Number",
        );
        let owned = numbers.iter().filter(|number| number["UserId"] == id).cloned().collect::<Vec<_>>();
        assert_eq!(texts(&owned, "Number"), personal);
        let context = data(centre, "PollUserStatus", &[("UserId", id)])["UserContext"].clone();
        for signed_in in context["SignedSkillGroupIdList"].as_array().unwrap() {
            assert!(group_ids.contains(signed_in.as_str().unwrap()), "{id} is signed in to {signed_in}");
        }
    }
    for group in &groups {
        let id = group["SkillGroupId"].as_str().unwrap();
        let list = |action, member| all(centre, action, &[("SkillGroupId", id), ("IsMember", member)]);
        let members = list("ListUserLevelsOfSkillGroup", "true");
        assert_eq!(group["UserCount"], members.len());
        assert_eq!(members.len() + list("ListUserLevelsOfSkillGroup", "false").len(), users.len());
        let bound = list("ListPhoneNumbersOfSkillGroup", "true");
        assert_eq!(group["PhoneNumberCount"], bound.len());
        let has =
            |number: &&Value| texts(number["SkillGroups"].as_array().unwrap(), "SkillGroupId").contains(id);
        let of_group = numbers.iter().filter(has).cloned().collect::<Vec<_>>();
        assert_eq!(texts(&of_group, "Number"), texts(&bound, "Number"));
    }
    for number in &numbers {
        let bound = !number["SkillGroups"].as_array().unwrap().is_empty();
        assert!(!(bound && number["UserId"] != ""), "{number} is bound and somebody's own");
    }
    let unassigned = texts(&all(centre, "ListUnassignedNumbers", &[]), "Number");
    assert!(unassigned.is_disjoint(&texts(&numbers, "Number")));
}

/// Checks that no removed user is in a call, and that no agent is in a call that does not exist.
fn calls_have_their_agents(centre: &CallCentre) {
    let inner = centre.lock();
    let instance = &inner.state.instances["ccc-test"];
    assert!(instance.users.keys().eq(instance.agents.keys()));
    for job in instance.jobs.values() {
        let live = job.channels.iter().filter(|channel| channel.is_live());
        for user in live.filter_map(|channel| channel.party.user()) {
            assert!(instance.agents.get(user).is_some_and(|agent| agent.job.as_ref() == Some(&job.id)));
        }
        if job.waits() {
            let queue = job.queue.as_ref().unwrap();
            assert!(instance.skill_groups.contains_key(&queue.skill_group), "{queue:?}");
        }
    }
    for (user, agent) in &instance.agents {
        let in_call = agent
            .job
            .as_ref()
            .is_some_and(|job| instance.jobs.get(job).is_some_and(|job| job.channel_of(user).is_some()));
        assert_eq!(in_call, agent.state().is_busy(), "{user}: {agent:?}");
    }
}

proptest! {
    #[test]
    fn lists_agree_after_any_requests(
        acts in prop::collection::vec((0..21u8, 0..4usize, 0..3usize, 0..4usize, 1..=10i64), 1..40),
    ) {
        let centre = centre();
        for each in acts {
            act(&centre, each);
            calls_have_their_agents(&centre);
        }
        agrees(&centre);
    }
}
