//! The transitions of a call centre, which operations, external parties and time cause.
//!
//! A property test checks these invariants after random operations: an agent is in one state, and in a call exactly if
//! that state says so; a channel belongs to one call; a call that goes on has two parties or waits for an agent; a call
//! that ended has one record, and a call that goes on has none.

mod calls;
mod events;
mod queue;
mod release;

pub(super) use calls::Dial;
pub(super) use events::{millis, reason};

#[cfg(test)]
mod invariants;
