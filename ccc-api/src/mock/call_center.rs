//! What the local endpoint knows of Call Center, as data: who exists, who is busy, and how a call reads.

use super::answer::Fill;
use super::rules::{Condition, Rule, World};

/// The instance that exists from the start: the documented sample's.
pub const INSTANCE: &str = "ccc-test";
/// The user that exists from the start: the documented sample's.
pub const USER: &str = "user-test@ccc-test";
/// A number that is always busy. No telephone has it.
pub const BUSY_CALLEE: &str = "10000000486";

pub(super) const INSTANCES: &str = "instances";
pub(super) const USERS: &str = "users";
pub(super) const BUSY: &str = "busy";
pub(super) const EXTENSIONS: &str = "extensions";

/// The first that holds is the answer.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "NotExists.InstanceId",
        when: Condition::NotListed { parameter: "InstanceId", list: INSTANCES },
        arguments: &["InstanceId"],
    },
    Rule {
        code: "NotExists.UserId",
        when: Condition::NotListed { parameter: "UserId", list: USERS },
        arguments: &["UserId", "InstanceId"],
    },
    Rule {
        code: "UserBusy",
        when: Condition::Listed { parameter: "Callee", list: BUSY },
        arguments: &["Callee"],
    },
    Rule { code: "NotExists.Extension", when: Condition::UsedUp { stock: EXTENSIONS }, arguments: &[] },
];

/// Fields that follow from the request without bearing a parameter's name, as they do in the documented samples:
/// the callee is the channel's originator, and the channel's id tells of callee, extension, time and job.
pub(super) const FILLS: &[Fill] = &[
    Fill { field: "JobId", template: "job-{serial}" },
    Fill { field: "Originator", template: "{Callee}" },
    Fill { field: "ChannelId", template: "ch:user:{Callee}->80011474:{millis}:{JobId}" },
    Fill { field: "Timestamp", template: "{millis}" },
];

/// The world before a test says otherwise.
pub(super) fn world() -> World {
    let mut world = World::default();
    world.list(INSTANCES, INSTANCE.to_owned());
    world.list(USERS, USER.to_owned());
    world.list(BUSY, BUSY_CALLEE.to_owned());
    world
}
