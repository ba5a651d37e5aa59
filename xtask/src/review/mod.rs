//! A review page: pages as they read, what was recovered of them beside, and what a change of them changes. [`State`] is
//! read from disk; all else is pure, and ends in one HTML file.

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

/// What is compared, and what came out.
#[derive(Debug)]
pub(crate) struct Review<'a> {
    /// The workspace as it is.
    now: &'a State,
    /// The workspace as it was, with what people call that state.
    base: Option<(&'a State, &'a str)>,
    /// What changed in the specs.
    report: Report,
    /// The pages to look at, by name.
    subjects: Vec<Subject<'a>>,
}

impl<'a> Review<'a> {
    /// Looks at the pages whose names `wants` takes. With a base, those that changed since: their text, their overlay or
    /// their spec. Without, all, compared with the specs on disk.
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

    /// How many pages there are to look at.
    pub(crate) fn len(&self) -> usize {
        self.subjects.len()
    }

    /// What changes and which release that asks for.
    pub(crate) fn verdict(&self) -> String {
        let changes = Changes { report: self.report.clone(), replaced: Vec::new() };
        format!("the spec {}", changes.release())
    }

    /// The whole page.
    pub(crate) fn to_html(&self) -> String {
        document::write(self)
    }

    fn release(&self) -> ccc_codegen::report::Release {
        self.report.release(current())
    }
}
