//! When a request is sent again: whether it may be, how long after, and how often at all. Pure but for the budget.
//!
//! Two questions decide: did the request ever reach the service, and is its operation safe to repeat?

#[cfg(feature = "client")]
mod backoff;
mod budget;
mod classify;
#[cfg(feature = "client")]
mod course;
mod hints;
mod policy;
mod record;
mod skew;

#[cfg(feature = "client")]
pub(crate) use backoff::{Wait, random};
#[cfg(feature = "client")]
pub(crate) use course::{Course, Failed, Shared};
pub(crate) use hints::Hints;
pub use policy::RetryPolicy;
pub(crate) use record::Attempts;
pub use record::FailedAttempt;
pub use skew::ClockSkew;
#[cfg(feature = "client")]
pub(crate) use skew::{ClockCorrection, corrected};
