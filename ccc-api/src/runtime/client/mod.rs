//! Layer 9: the configuration, and what sends operations as it says.

pub(crate) mod config;
#[cfg(feature = "blocking")]
pub(crate) mod driver;
mod exchange;
pub(crate) mod pipeline;
