//! What supervisors see of calls and agents.

mod live;
mod recordings;
mod records;
mod reports;
mod transitions;
