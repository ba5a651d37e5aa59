//! Timers of future events.

use std::collections::BTreeMap;

use super::Millis;

/// An event at a future time. If its call or channel is gone by then, nothing happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Event {
    /// A channel begins to ring.
    Rings { job: String, channel: String },
    /// The party of a channel answers.
    Answers { job: String, channel: String },
    /// The party of a channel declines the call, for this reason.
    Declines { job: String, channel: String, reason: &'static str },
    /// The party of a channel hangs up.
    HangsUp { job: String, channel: String },
    /// A channel has rung for too long.
    RingsTooLong { job: String, channel: String },
    /// A call has waited for an agent for too long.
    WaitsTooLong { job: String },
    /// After-call work ends.
    WrapUpEnds { user: String, job: String },
}

/// Events ordered by time. Events of the same time stay in the order in which they were set.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Timers {
    events: BTreeMap<(Millis, u64), Event>,
    set: u64,
}

impl Timers {
    pub(in super::super) fn set(&mut self, at: Millis, event: Event) {
        self.set += 1;
        self.events.insert((at, self.set), event);
    }

    /// Removes the events that `which` accepts.
    pub(in super::super) fn cancel(&mut self, which: impl Fn(&Event) -> bool) {
        self.events.retain(|_, event| !which(event));
    }

    #[cfg(test)]
    pub(in super::super) fn len(&self) -> usize {
        self.events.len()
    }

    /// Takes the next event that is due, with its time.
    pub(in super::super) fn due(&mut self, now: Millis) -> Option<(Millis, Event)> {
        let entry = self.events.first_entry()?;
        let at = entry.key().0;
        (at <= now).then(|| (at, entry.remove()))
    }
}
