//! Layer 6: how often, and after how long, a request is sent again. Pure except for the budget.

#[cfg(feature = "client")]
pub(crate) mod backoff;
pub(crate) mod budget;
pub(crate) mod hints;
pub(crate) mod policy;

pub use self::policy::RetryPolicy;
pub use crate::text::skew::ClockSkew;
