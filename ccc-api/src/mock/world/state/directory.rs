//! Users, skill groups and numbers, and how they are assigned to each other.

use std::collections::{BTreeMap, BTreeSet};

use super::Millis;
use super::agent::Agent;

/// A user of an instance. The user's present state is in [`Agent`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct User {
    /// In the form `login@instance`.
    pub(in super::super) id: String,
    pub(in super::super) login_name: String,
    pub(in super::super) display_name: String,
    pub(in super::super) nickname: String,
    pub(in super::super) display_id: String,
    pub(in super::super) email: String,
    pub(in super::super) avatar_url: String,
    pub(in super::super) extension: String,
    pub(in super::super) ram_id: i64,
    /// `Admin`, `Manager` or `Agent`.
    pub(in super::super) role: String,
    /// Skill levels, 1 to 10, by skill group id.
    pub(in super::super) skill_levels: BTreeMap<String, i64>,
    /// Numbers that only this user calls from.
    pub(in super::super) personal_numbers: BTreeSet<String>,
}

impl User {
    /// Whether the user belongs to a skill group, or is signed in to it.
    pub(in super::super) fn is_in(&self, agent: &Agent, group: &str) -> bool {
        self.skill_levels.contains_key(group) || agent.signed_in.iter().any(|signed_in| signed_in == group)
    }

    /// Returns the texts in which `SearchPattern` is searched.
    pub(in super::super) fn names(&self) -> [&str; 2] {
        [&self.login_name, &self.display_name]
    }
}

/// A skill group: agents who do the same work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct SkillGroup {
    /// In the form `name@instance`.
    pub(in super::super) id: String,
    pub(in super::super) name: String,
    pub(in super::super) display_name: String,
    pub(in super::super) description: String,
    pub(in super::super) media_type: String,
}

impl SkillGroup {
    /// Returns the texts in which `SearchPattern` is searched.
    pub(in super::super) fn names(&self) -> [&str; 2] {
        [&self.name, &self.display_name]
    }
}

/// A phone number of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct PhoneNumber {
    pub(in super::super) number: String,
    /// `Inbound`, `Outbound` or `Bidirection`.
    pub(in super::super) usage: String,
    pub(in super::super) contact_flow: String,
    pub(in super::super) active: bool,
    pub(in super::super) created: Millis,
    /// Skill groups whose agents may call from it.
    pub(in super::super) skill_groups: BTreeSet<String>,
}

impl PhoneNumber {
    /// Whether it can be used for outbound calls.
    pub(in super::super) fn calls_out(&self) -> bool {
        self.usage != "Inbound"
    }

    /// Whether it can be used for inbound calls.
    pub(in super::super) fn is_called(&self) -> bool {
        self.usage != "Outbound"
    }
}
