//! Retries: whether a request may be sent again, after how long, and how often. Pure except for the budget.
//!
//! Two questions decide: did the request ever reach the service, and is its operation safe to repeat?

mod classify;
#[cfg(feature = "client")]
mod course;

#[cfg(feature = "client")]
pub(crate) use course::{Course, Failed, Shared};
