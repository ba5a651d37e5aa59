//! Client for Alibaba Cloud Call Center.

#[cfg(feature = "mock")]
pub mod mock;
mod runtime;

pub use runtime::sign;
