//! Layer 6: how often and after how long something is sent again. Pure but for the budget.

#[cfg(feature = "client")]
pub(crate) mod backoff;
pub(crate) mod budget;
pub(crate) mod hints;
pub(crate) mod policy;
