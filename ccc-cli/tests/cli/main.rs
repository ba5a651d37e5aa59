//! The program itself, against the local endpoint: what it sends, what it prints, and how it ends.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod calls;
mod check;
mod documentation;
mod dry_run;
mod output;
mod parameters;
mod support;
