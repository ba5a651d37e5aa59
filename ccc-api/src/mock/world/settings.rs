//! The times of a call centre, and the behaviour of external parties.

use std::collections::BTreeMap;
use std::time::Duration;

/// What an external party does when it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Behaviour {
    /// Answers after a while, and stays until the other party hangs up.
    Answers {
        /// How long it rings.
        after: Duration,
    },
    /// Answers after a while, talks for a while, and hangs up.
    AnswersAndHangsUp {
        /// How long it rings.
        after: Duration,
        /// How long the party talks.
        talks: Duration,
    },
    /// Is busy: the call ends at once, with `486 - Busy Here`.
    Busy,
    /// Rejects the call after a while, with `603 - Decline`.
    Rejects {
        /// How long it rings.
        after: Duration,
    },
    /// Never answers: the call ends when it has rung for too long.
    NeverAnswers,
    /// Does nothing until a test answers or rejects the call, or makes the number busy.
    Waits,
}

/// The settings of a call centre, which [`CallCentre::builder`](super::CallCentre::builder) sets.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// The time from the request until the call rings at the callee.
    pub(super) dialing: Duration,
    /// How long a call may ring at an agent.
    pub(super) agent_rings: Duration,
    /// How long a call may ring at a callee, unless the request sets another time.
    pub(super) callee_rings: Duration,
    /// How long a call waits for an agent.
    pub(super) queue: Duration,
    /// How long after-call work lasts.
    pub(super) wrap_up: Duration,
    /// The time from the end of a call until its record appears.
    pub(super) record: Duration,
    /// The time from the end of a call until its recording appears.
    pub(super) recording: Duration,
    /// The behaviour of numbers that are not in `behaviours`.
    pub(super) behaviour: Behaviour,
    /// The behaviour of single numbers.
    pub(super) behaviours: BTreeMap<String, Behaviour>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            dialing: Duration::from_millis(500),
            agent_rings: Duration::from_secs(20),
            callee_rings: Duration::from_secs(60),
            queue: Duration::from_secs(120),
            wrap_up: Duration::from_secs(10),
            record: Duration::from_secs(1),
            recording: Duration::from_secs(3),
            behaviour: Behaviour::Answers { after: Duration::from_secs(2) },
            behaviours: BTreeMap::new(),
        }
    }
}
