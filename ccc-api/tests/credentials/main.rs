//! Tests of credentials: one folder for each case below `cases/`, which has a README, and many callers at once.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails"
)]

mod case;
mod cases;
mod concurrency;
mod process;
mod recorded;
