//! Tests of what operations return about calls and agents.

mod live;
mod recordings;
mod records;
mod reports;
mod transitions;
