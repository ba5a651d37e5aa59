//! Tests of the backend over HTTP, with a simulated call centre in this process.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic as tests do, but the lints exempt only tests"
)]

mod agents;
mod calls;
mod doubt;
mod keys;
mod metrics;
mod refusals;
mod support;
