//! The figures of reports: counts of calls that ended and of agents' states in a span of time.
//!
//! An event counts if it happens in the span: a call is offered when it comes in, a conversation counts when it is over.
//! If a state lasts longer than the span, the part within the span counts.

mod calls;
mod times;

use std::collections::BTreeMap;

pub(super) use self::calls::Calls;
pub(super) use self::times::{Presence, Times};

use super::state::Millis;
use super::state::agent::{Agent, StateLog};
use super::state::directory::User;
use super::state::job::{CallType, Channel, Job, Party};

/// A span of time. Its end is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: Millis,
    pub(super) until: Millis,
}

impl Window {
    pub(super) const fn contains(self, time: Millis) -> bool {
        self.from <= time && time < self.until
    }
}

/// What the figures of a report are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope<'a> {
    Instance,
    Agent(&'a str),
    SkillGroup(&'a str),
}

impl Scope<'_> {
    fn covers(self, channel: &Channel) -> bool {
        match self {
            Self::Instance => true,
            Self::Agent(user) => matches!(&channel.party, Party::Agent(of) if of == user),
            Self::SkillGroup(group) => channel.works_for == group,
        }
    }

    fn concerns(self, user: &User, agent: &Agent) -> bool {
        match self {
            Self::Instance => true,
            Self::Agent(id) => user.id == id,
            Self::SkillGroup(group) => user.is_in(agent, group),
        }
    }

    fn covers_queue(self, group: &str) -> bool {
        match self {
            Self::Instance => true,
            Self::Agent(_) => false,
            Self::SkillGroup(of) => of == group,
        }
    }
}

/// Spans of time of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans {
    pub(super) count: i64,
    pub(super) total: Millis,
    pub(super) longest: Millis,
}

impl Spans {
    fn add(&mut self, span: Millis) {
        self.count += 1;
        self.total += span;
        self.longest = self.longest.max(span);
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            total: self.total + other.total,
            longest: self.longest.max(other.longest),
        }
    }
}

/// The states of an agent, oldest first.
#[derive(Clone, Debug)]
pub(super) struct States<'a> {
    former: &'a [StateLog],
    present: StateLog,
}

impl<'a> States<'a> {
    /// Returns the states of an agent until now.
    pub(super) fn until(agent: &'a Agent, now: Millis) -> Self {
        Self { former: &agent.log, present: agent.present(now) }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &StateLog> {
        self.former.iter().chain([&self.present])
    }
}

/// The calls and agents from which figures are counted.
pub(super) struct Work<'a> {
    /// Calls that ended.
    pub(super) calls: Vec<&'a Job>,
    /// The kinds of all calls, by id.
    pub(super) types: BTreeMap<&'a str, CallType>,
    pub(super) agents: Vec<(&'a User, &'a Agent, States<'a>)>,
}

/// The figures of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub(super) inbound: Calls,
    pub(super) outbound: Calls,
    pub(super) internal: Calls,
    pub(super) times: Times,
}

impl Figures {
    /// Counts what happened in a span of time.
    pub(super) fn count(work: &Work<'_>, scope: Scope<'_>, window: Window) -> Self {
        let mut figures = Self::default();
        for job in &work.calls {
            figures.of_type(job.call_type).count(job, scope, window);
        }
        let concerned = work.agents.iter().filter(|(user, agent, _)| scope.concerns(user, agent));
        let concerned: Vec<_> = concerned.map(|(_, _, states)| states).collect();
        for states in &concerned {
            for (state, within) in figures.times.count(states, window) {
                let call_type = state.job.as_deref().and_then(|job| work.types.get(job));
                if let Some(call_type) = call_type {
                    figures.of_type(*call_type).work.add(within);
                }
            }
        }
        figures.times.count_signed_in(&concerned, window);
        figures
    }

    fn of_type(&mut self, call_type: CallType) -> &mut Calls {
        match call_type {
            CallType::Inbound => &mut self.inbound,
            CallType::Internal => &mut self.internal,
            _ => &mut self.outbound,
        }
    }

    pub(super) const fn each(&self) -> [&Calls; 3] {
        [&self.inbound, &self.outbound, &self.internal]
    }
}
