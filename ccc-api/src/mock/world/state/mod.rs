//! What a call centre is made of: values without behaviour, but for what keeps them consistent.

pub(super) mod agent;
pub(super) mod directory;
pub(super) mod job;
pub(super) mod measures;
pub(super) mod record;
pub(super) mod timers;

use std::collections::{BTreeMap, BTreeSet};

use self::agent::Agent;
use self::directory::{PhoneNumber, SkillGroup, User};
use self::job::Job;
use self::record::Record;
use self::timers::Timers;
use super::settings::Settings;

/// A time in milliseconds since 1970, as the service writes times.
pub(super) type Millis = i64;

/// Everything that a world knows.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) instances: BTreeMap<String, Instance>,
    /// Those of instances that are created later.
    pub(super) settings: Settings,
    /// Numbers that an instance had, and that no instance has now.
    pub(super) unassigned: BTreeSet<String>,
}

/// One call centre.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) created: Millis,
    /// The present time of the centre; it never goes back.
    pub(super) now: Millis,
    pub(super) settings: Settings,
    /// The user whom requests mean that name none; if there is none, the first by id.
    pub(super) caller: Option<String>,
    pub(super) users: BTreeMap<String, User>,
    /// Each user's work, by the user's id. A user who has never worked has one, too.
    pub(super) agents: BTreeMap<String, Agent>,
    pub(super) skill_groups: BTreeMap<String, SkillGroup>,
    pub(super) numbers: BTreeMap<String, PhoneNumber>,
    /// Calls that go on, and those that ended of which an agent still does after-call work.
    pub(super) jobs: BTreeMap<String, Job>,
    /// Calls that ended, oldest first.
    pub(super) records: Vec<Record>,
    pub(super) timers: Timers,
    serial: u64,
}

impl Instance {
    pub(super) fn new(id: &str, now: Millis, settings: Settings) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            description: String::new(),
            created: now,
            now,
            settings,
            caller: None,
            users: BTreeMap::new(),
            agents: BTreeMap::new(),
            skill_groups: BTreeMap::new(),
            numbers: BTreeMap::new(),
            jobs: BTreeMap::new(),
            records: Vec::new(),
            timers: Timers::default(),
            serial: 0,
        }
    }

    /// A number that this instance has not given out before.
    pub(super) fn serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// The user whom a request means that names none.
    pub(super) fn caller(&self) -> Option<&str> {
        self.caller.as_deref().or_else(|| self.users.keys().next().map(String::as_str))
    }

    /// The number from which a user's calls go out: one of the user's own, one of a skill group that the user is signed
    /// in to, or any of the instance from which calls go out.
    pub(super) fn number_of(&self, user: &str) -> Option<&str> {
        let mut own = self.numbers.values().filter(|number| self.may_call_from(user, &number.number));
        let mut others = self.numbers.values().filter(|number| number.calls_out());
        own.next().or_else(|| others.next()).map(|number| number.number.as_str())
    }

    /// Whether a user's calls may go out from a number.
    pub(super) fn may_call_from(&self, user: &str, number: &str) -> bool {
        let personal = self.users.get(user).is_some_and(|user| user.personal_numbers.contains(number));
        let signed_in = self.agents.get(user).map_or(&[][..], |agent| &agent.signed_in);
        self.numbers.get(number).is_some_and(|number| {
            let of_group = || number.skill_groups.iter().any(|group| signed_in.contains(group));
            number.calls_out() && (personal || of_group())
        })
    }

    /// The user of an extension, if any.
    pub(super) fn user_of_extension(&self, extension: &str) -> Option<&User> {
        self.users.values().find(|user| user.extension == extension)
    }

    /// A call that goes on or has ended.
    pub(super) fn call(&self, job: &str) -> Option<&Job> {
        let ended = || self.records.iter().rev().map(|record| &record.job).find(|record| record.id == job);
        self.jobs.get(job).or_else(ended)
    }

    /// What a user's work is, to be changed.
    pub(super) fn agent(&mut self, user: &str) -> Option<&mut Agent> {
        self.agents.get_mut(user)
    }
}
