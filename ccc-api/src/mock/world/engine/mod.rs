//! What happens in a call centre: the transitions that operations, people and time bring about.
//!
//! They keep these promises, which a property test checks after random operations: an agent is in one state, and in a call
//! exactly if that state says so; a channel belongs to one call; a call that goes on has two parties or waits for an agent; a
//! call that ended has one record, and no other call has one.

mod calls;
mod events;
mod queue;
mod release;

pub(super) use calls::Dial;
pub(super) use events::{millis, reason};

#[cfg(test)]
pub(super) mod invariants;
