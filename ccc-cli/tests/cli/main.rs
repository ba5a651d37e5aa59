//! Tests of the program with the local endpoint: requests, output and exit codes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod calls;
mod check;
mod documentation;
mod dry_run;
mod output;
mod parameters;
mod support;
