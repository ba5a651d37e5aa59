//! A review: one HTML file with pages, the fields recovered from them, and the effects of a change. [`State`] is read from
//! disk; everything else is pure.

mod anchors;
mod document;
mod fields;
mod html;
mod index;
mod lines;
mod markdown;
mod page;
mod samples;
mod state;
mod subject;
#[cfg(test)]
mod tests;

use ccc_codegen::report::Report;
use ccc_spec::model::ProductSpec;

pub(crate) use state::State;
pub(crate) use subject::Subject;

use crate::regen::{Changes, current};

/// Two states of the workspace, and the result of their comparison.
#[derive(Debug)]
pub(crate) struct Review<'a> {
    /// The workspace as it is.
    now: &'a State,
    /// The workspace as it was, with the name of that state.
    base: Option<(&'a State, &'a str)>,
    /// The changes of the specs.
    report: Report,
    /// The pages to show.
    subjects: Vec<Subject<'a>>,
}

impl<'a> Review<'a> {
    /// Reviews the pages whose names `wants` accepts. With a base, these are pages whose text, overlay or spec changed since.
    /// Without a base, they are all pages, compared with the specs on disk.
    pub(crate) fn new(
        now: &'a State,
        base: Option<(&'a State, &'a str)>,
        wants: impl Fn(&str) -> bool,
    ) -> Self {
        let before: Vec<ProductSpec> = match base {
            Some((base, _)) => base.specs(),
            None => now.outcome.before.products.values().cloned().collect(),
        };
        let report = Report::between(&before, &now.specs());
        let mut subjects = Subject::all(now, base.map(|(base, _)| base), &report);
        subjects.retain(|subject| wants(subject.name()));
        Self { now, base, report, subjects }
    }

    /// Counts the pages to show.
    pub(crate) fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Sums up the changes, and the release that they ask for.
    pub(crate) fn verdict(&self) -> String {
        let changes = Changes { report: self.report.clone(), replaced: Vec::new() };
        format!("the spec {}", changes.release())
    }

    /// Writes the HTML file.
    pub(crate) fn to_html(&self) -> String {
        document::write(self)
    }

    fn release(&self) -> ccc_codegen::report::Release {
        self.report.release(current())
    }
}
