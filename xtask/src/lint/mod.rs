//! Linting pages: which diagnostics are meant by a word of the command line, and how often each kind comes.

mod selector;
mod summary;

pub(crate) use selector::{Selector, code};
pub(crate) use summary::Summary;
