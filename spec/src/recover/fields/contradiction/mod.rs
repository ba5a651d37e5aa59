//! Compares a page's table with its samples: one diagnostic for each field in which they differ, with labels on both
//! sides.

mod coverage;
mod disagreement;
#[cfg(test)]
mod tests;
mod value;

use super::tree::{Branch, Page};
use crate::diagnostic::Diagnostic;

/// Reports every contradiction between the fields of a response and the samples.
pub(super) fn report(page: &Page<'_>, branches: &[Branch], diagnostics: &mut Vec<Diagnostic>) {
    for branch in branches {
        each(page, branch, diagnostics);
    }
    coverage::report(page, branches, diagnostics);
    disagreement::report(page, diagnostics);
}

/// Reports the contradictions of a field and its members. Fields nest no deeper than the search lets them, so
/// recursion is safe.
fn each(page: &Page<'_>, branch: &Branch, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(value::contradiction(page, branch));
    for member in &branch.members {
        each(page, member, diagnostics);
    }
}
