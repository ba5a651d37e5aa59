//! Layer 9: the configuration, and the clients that send operations.

pub(crate) mod asynchronous;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod call_by_name;
pub(crate) mod config;
#[cfg(feature = "blocking")]
pub(crate) mod driver;
mod exchange;
mod own;
pub(crate) mod pipeline;
