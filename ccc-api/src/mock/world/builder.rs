//! The configuration of a call centre: what it begins with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use super::clock::{WorldClock, since_1970};
use super::settings::{Behaviour, Settings};
use super::state::agent::Agent;
use super::state::directory::{PhoneNumber, SkillGroup, User};
use super::state::{Instance, State};
use super::{CallCentre, Inner};

/// Configures a [`CallCentre`].
///
/// ```
/// use std::time::Duration;
/// use ccc_api::mock::world::{Behaviour, CallCentre};
///
/// let centre = CallCentre::builder()
///     .skill_group("sales")
///     .number("02188888888")
///     .agent("li")
///     .manager("wang")
///     .behaviour_of("13100000000", Behaviour::Busy)
///     .wrap_up(Duration::from_secs(3))
///     .build();
/// # drop(centre);
/// ```
#[derive(Clone, Debug)]
#[must_use = "call `build` to make the call centre"]
pub struct CallCentreBuilder {
    seeds: Vec<Seed>,
    settings: Settings,
    stepped: bool,
    begins: Option<SystemTime>,
}

/// Something that the call centre begins with. It belongs to the instance before it.
#[derive(Clone, Debug)]
enum Seed {
    Instance(String),
    User { login: String, role: &'static str },
    SkillGroup(String),
    Number(String),
}

impl CallCentreBuilder {
    pub(super) fn new() -> Self {
        let seeds = vec![
            Seed::Instance(super::super::INSTANCE.to_owned()),
            Seed::SkillGroup("skill-group".to_owned()),
            Seed::Number("0109898989".to_owned()),
            Seed::User { login: "user-test".to_owned(), role: "Agent" },
        ];
        Self { seeds, settings: Settings::default(), stepped: false, begins: None }
    }

    /// Adds an instance. Whatever is added after it belongs to it.
    pub fn instance(self, id: impl Into<String>) -> Self {
        self.seed(Seed::Instance(id.into()))
    }

    /// Adds an agent with the id `login@instance` to the instance, and to all skill groups that it has so far.
    ///
    /// Requests that name no user come from the instance's first user. In [`INSTANCE`](super::super::INSTANCE) that is
    /// always [`USER`](super::super::USER).
    pub fn agent(self, login: impl Into<String>) -> Self {
        self.seed(Seed::User { login: login.into(), role: "Agent" })
    }

    /// Adds a manager of skill groups, as [`agent`](Self::agent) does.
    pub fn manager(self, login: impl Into<String>) -> Self {
        self.seed(Seed::User { login: login.into(), role: "Manager" })
    }

    /// Adds an administrator, as [`agent`](Self::agent) does.
    pub fn admin(self, login: impl Into<String>) -> Self {
        self.seed(Seed::User { login: login.into(), role: "Admin" })
    }

    /// Adds a skill group with the id `name@instance`.
    pub fn skill_group(self, name: impl Into<String>) -> Self {
        self.seed(Seed::SkillGroup(name.into()))
    }

    /// Adds a number for inbound and outbound calls to the instance, and to all skill groups that it has so far.
    pub fn number(self, number: impl Into<String>) -> Self {
        self.seed(Seed::Number(number.into()))
    }

    fn seed(mut self, seed: Seed) -> Self {
        self.seeds.push(seed);
        self
    }

    /// Stops the clock, so that only [`CallCentre::step`] moves it. By default it runs.
    pub fn stepped(mut self) -> Self {
        self.stepped = true;
        self
    }

    /// Sets the time at which the call centre begins. By default it is the machine's time.
    pub fn begins(mut self, time: SystemTime) -> Self {
        self.begins = Some(time);
        self
    }

    /// Sets what external parties do when they are called. By default they answer after two seconds.
    pub fn behaviour(mut self, behaviour: Behaviour) -> Self {
        self.settings.behaviour = behaviour;
        self
    }

    /// Sets what the party at one external number does when it is called.
    pub fn behaviour_of(mut self, number: impl Into<String>, behaviour: Behaviour) -> Self {
        self.settings.behaviours.insert(number.into(), behaviour);
        self
    }

    /// Sets the time from a request until the call rings: 500 ms by default.
    pub fn dialing(mut self, span: Duration) -> Self {
        self.settings.dialing = span;
        self
    }

    /// Sets how long a call may ring at an agent: 20 s by default.
    pub fn agent_rings(mut self, span: Duration) -> Self {
        self.settings.agent_rings = span;
        self
    }

    /// Sets how long a call may ring at an external number, unless its request sets another time: 60 s by default.
    pub fn callee_rings(mut self, span: Duration) -> Self {
        self.settings.callee_rings = span;
        self
    }

    /// Sets how long a call waits for an agent: 120 s by default.
    pub fn queue(mut self, span: Duration) -> Self {
        self.settings.queue = span;
        self
    }

    /// Sets how long after-call work lasts: 10 s by default.
    pub fn wrap_up(mut self, span: Duration) -> Self {
        self.settings.wrap_up = span;
        self
    }

    /// Sets the time from the end of a call until its record appears: 1 s by default.
    pub fn record_delay(mut self, span: Duration) -> Self {
        self.settings.record = span;
        self
    }

    /// Sets the time from the end of a call until its recording appears: 3 s by default.
    pub fn recording_delay(mut self, span: Duration) -> Self {
        self.settings.recording = span;
        self
    }

    /// Makes the call centre.
    #[must_use]
    pub fn build(self) -> CallCentre {
        let machine = since_1970(SystemTime::now());
        let now = self.begins.map_or(machine, since_1970);
        let clock = if self.stepped { WorldClock::Stepped(now) } else { WorldClock::Running(now - machine) };
        let mut instances = BTreeMap::new();
        let mut current = None::<Instance>;
        for seed in self.seeds {
            if let Seed::Instance(id) = &seed {
                let instance = Instance::new(id, now, self.settings.clone());
                instances.extend(current.replace(instance).map(|done| (done.id.clone(), done)));
            }
            if let Some(instance) = &mut current {
                add_seed(instance, seed);
            }
        }
        instances.extend(current.map(|done| (done.id.clone(), done)));
        let state = State { instances, settings: self.settings, ..State::default() };
        CallCentre(Arc::new(Mutex::new(Inner { state, clock })))
    }
}

fn add_seed(instance: &mut Instance, seed: Seed) {
    match seed {
        Seed::Instance(_) => {}
        Seed::User { login, role } => {
            let user = instance.add_member(&login, role);
            // Requests that name no user come from the first one.
            instance.caller.get_or_insert(user);
        }
        Seed::SkillGroup(name) => {
            instance.add_skill_group(SkillGroup {
                id: format!("{name}@{}", instance.id),
                display_name: name.clone(),
                name,
                description: String::new(),
                media_type: "AUDIO".to_owned(),
            });
        }
        Seed::Number(number) => {
            let skill_groups = instance.skill_groups.keys().cloned().collect();
            instance.add_number(&number, "Bidirection", skill_groups);
        }
    }
}

impl Instance {
    /// Adds a user who belongs to every skill group. Returns the user's id.
    pub(super) fn add_member(&mut self, login: &str, role: &str) -> String {
        let levels = self.skill_groups.keys().map(|group| (group.clone(), 5)).collect();
        self.add_user(login, role, levels)
    }

    /// Adds a user with a login name and a new extension. Returns the user's id.
    pub(super) fn add_user(
        &mut self,
        login: &str,
        role: &str,
        skill_levels: BTreeMap<String, i64>,
    ) -> String {
        let id = format!("{login}@{}", self.id);
        let serial = self.serial();
        let user = User {
            id: id.clone(),
            login_name: login.to_owned(),
            display_name: login.to_owned(),
            nickname: String::new(),
            display_id: (1000 + serial).to_string(),
            email: format!("{login}@example.com"),
            avatar_url: String::new(),
            extension: (80_000_000 + serial).to_string(),
            ram_id: i64::try_from(260_000_000_000_000_000 + serial).unwrap_or_default(),
            role: role.to_owned(),
            skill_levels,
            personal_numbers: BTreeSet::new(),
        };
        self.users.insert(id.clone(), user);
        self.agents.insert(id.clone(), Agent::new(self.now));
        id
    }

    pub(super) fn add_skill_group(&mut self, group: SkillGroup) {
        self.skill_groups.insert(group.id.clone(), group);
    }

    pub(super) fn add_number(&mut self, number: &str, usage: &str, skill_groups: BTreeSet<String>) {
        let entry = PhoneNumber {
            number: number.to_owned(),
            usage: usage.to_owned(),
            contact_flow: String::new(),
            active: true,
            created: self.now,
            skill_groups,
        };
        self.numbers.insert(number.to_owned(), entry);
    }
}
