//! When a request is sent again: whether it may be, how long after, and how often at all. Pure but for the budget.
//!
//! Two questions decide: did the request ever reach the service, and is its operation safe to repeat?

mod classify;
#[cfg(feature = "client")]
mod course;

#[cfg(feature = "client")]
pub(crate) use course::{Course, Failed, Shared};
