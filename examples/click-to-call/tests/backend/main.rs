//! The backend over HTTP, at a call centre in this process.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "functions that tests share fail as tests do; the exception for tests does not cover them"
)]

mod agents;
mod calls;
mod doubt;
mod keys;
mod metrics;
mod refusals;
mod support;
