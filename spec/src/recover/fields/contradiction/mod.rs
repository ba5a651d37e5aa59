//! Where a page's table and samples say different things: one diagnostic for each field, with the
//! table's side and the sample's side labelled.

mod coverage;
mod disagreement;
#[cfg(test)]
mod tests;
mod value;

use super::tree::{Branch, Page};
use crate::diagnostic::Diagnostic;

/// Reports every contradiction between the fields of an answer and the samples.
pub(super) fn report(page: &Page<'_>, branches: &[Branch], diagnostics: &mut Vec<Diagnostic>) {
    for branch in branches {
        each(page, branch, diagnostics);
    }
    coverage::report(page, branches, diagnostics);
    disagreement::report(page, diagnostics);
}

/// Fields nest no deeper than the search lets them, so recursion is safe.
fn each(page: &Page<'_>, branch: &Branch, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(value::contradiction(page, branch));
    for member in &branch.members {
        each(page, member, diagnostics);
    }
}
