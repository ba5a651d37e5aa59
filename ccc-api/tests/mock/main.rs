//! Tests of the local endpoint over raw sockets: what it accepts, what it refuses, and hostile requests.
#![cfg(feature = "mock")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "functions that tests share fail as tests do; the exception for tests does not cover them"
)]

mod answers;
mod client;
mod control;
mod errors;
mod hostile;
mod orders;
mod signatures;
mod wire;
#[cfg(feature = "all-areas")]
mod world;
