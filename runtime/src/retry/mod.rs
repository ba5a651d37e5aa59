//! How often and after how long something is sent again.
//!
//! Layer 6. Pure but for the budget.

#[cfg(feature = "client")]
pub(crate) mod backoff;
pub(crate) mod budget;
pub(crate) mod hints;
pub(crate) mod policy;

pub use self::policy::RetryPolicy;
pub use crate::text::skew::ClockSkew;
