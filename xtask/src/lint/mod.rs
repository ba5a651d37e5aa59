//! Linting pages: selects diagnostics by level or code, and counts them.

mod selector;
mod summary;

pub(crate) use selector::{Selector, code};
pub(crate) use summary::Summary;
