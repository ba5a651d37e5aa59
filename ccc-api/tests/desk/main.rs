//! Tests of an agent's desk with a simulated call centre, over real sockets.
#![cfg(all(feature = "desk", feature = "mock"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod calls;
mod events;
mod finding;
mod office;
mod waits;
