//! How long things take in a call centre, and what people do.

use std::collections::BTreeMap;
use std::time::Duration;

/// What somebody who is called does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Behaviour {
    /// Answers after ringing for so long, and stays until somebody else hangs up.
    Answers {
        /// How long it rings.
        after: Duration,
    },
    /// Answers after ringing for so long, talks for so long, and hangs up.
    AnswersAndHangsUp {
        /// How long it rings.
        after: Duration,
        /// How long the call is.
        talks: Duration,
    },
    /// Is on the telephone: the call ends at once, with `486 - Busy Here`.
    Busy,
    /// Rejects the call after ringing for so long, with `603 - Decline`.
    Rejects {
        /// How long it rings.
        after: Duration,
    },
    /// Never answers: the call ends when it has rung for too long.
    NeverAnswers,
    /// Rings until a test lets the party answer, reject or be busy.
    Waits,
}

/// How long things take. Set with [`CallCentre::builder`](super::CallCentre::builder).
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// From the request until it rings at the callee.
    pub(super) dialing: Duration,
    /// How long an agent may let an inbound call ring.
    pub(super) agent_rings: Duration,
    /// How long a callee may let it ring, where the request does not say it.
    pub(super) callee_rings: Duration,
    /// How long a call waits for an agent.
    pub(super) queue: Duration,
    /// How long after-call work lasts.
    pub(super) wrap_up: Duration,
    /// From the end of a call until its record is there.
    pub(super) record: Duration,
    /// From the end of a call until its recording is there.
    pub(super) recording: Duration,
    /// What everybody does who is called and of whom `behaviours` says nothing.
    pub(super) behaviour: Behaviour,
    /// What somebody does, by number.
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
