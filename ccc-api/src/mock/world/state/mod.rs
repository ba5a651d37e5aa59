//! The state of a call centre: plain values, with only the methods that keep them consistent.

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

/// Everything that a call centre remembers.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) instances: BTreeMap<String, Instance>,
    /// The settings of instances that are created later.
    pub(super) settings: Settings,
    /// Numbers that were removed from an instance and belong to none now.
    pub(super) unassigned: BTreeSet<String>,
}

/// An instance of the service.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) created: Millis,
    /// The present time; it never goes back.
    pub(super) now: Millis,
    pub(super) settings: Settings,
    /// The user of requests that name none; if this is `None`, the first user by id.
    pub(super) caller: Option<String>,
    pub(super) users: BTreeMap<String, User>,
    /// The work of each user, by the user's id. Every user has an entry.
    pub(super) agents: BTreeMap<String, Agent>,
    pub(super) skill_groups: BTreeMap<String, SkillGroup>,
    pub(super) numbers: BTreeMap<String, PhoneNumber>,
    /// Calls that go on, and calls that ended while an agent still does after-call work for them.
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

    /// Returns a new serial number.
    pub(super) fn serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// Returns the user of requests that name none.
    pub(super) fn caller(&self) -> Option<&str> {
        self.caller.as_deref().or_else(|| self.users.keys().next().map(String::as_str))
    }

    /// Returns the number that a user calls from: a personal number, a number of a skill group that the user is signed in
    /// to, or else any number of the instance for outbound calls.
    pub(super) fn number_of(&self, user: &str) -> Option<&str> {
        let mut own = self.numbers.values().filter(|number| self.may_call_from(user, &number.number));
        let mut others = self.numbers.values().filter(|number| number.calls_out());
        own.next().or_else(|| others.next()).map(|number| number.number.as_str())
    }

    /// Whether a user may call from a number.
    pub(super) fn may_call_from(&self, user: &str, number: &str) -> bool {
        let personal = self.users.get(user).is_some_and(|user| user.personal_numbers.contains(number));
        let signed_in = self.agents.get(user).map_or(&[][..], |agent| &agent.signed_in);
        self.numbers.get(number).is_some_and(|number| {
            let of_group = || number.skill_groups.iter().any(|group| signed_in.contains(group));
            number.calls_out() && (personal || of_group())
        })
    }

    /// Returns the user whose personal number this is, if any.
    pub(super) fn owner(&self, number: &str) -> Option<&str> {
        let mut users = self.users.values();
        users.find(|user| user.personal_numbers.contains(number)).map(|user| user.id.as_str())
    }

    /// Returns the user of an extension, if any.
    pub(super) fn user_of_extension(&self, extension: &str) -> Option<&User> {
        self.users.values().find(|user| user.extension == extension)
    }

    /// Returns a call that goes on or has ended.
    pub(super) fn call(&self, job: &str) -> Option<&Job> {
        let ended = || self.records.iter().rev().map(|record| &record.job).find(|record| record.id == job);
        self.jobs.get(job).or_else(ended)
    }

    /// Returns a user's work, to change it.
    pub(super) fn agent(&mut self, user: &str) -> Option<&mut Agent> {
        self.agents.get_mut(user)
    }
}
