//! Counts diagnostics by code, and the pages that have them.

use std::collections::BTreeMap;

use ccc_spec::diagnostic::{Code, Level};
use serde_json::json;

use crate::terminal::{DIM, ERROR, NOTE, WARNING, counted, paint};

/// Counts over any number of pages.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pages: usize,
    operations: usize,
    kinds: BTreeMap<Code, Kind>,
}

#[derive(Debug, Default)]
struct Kind {
    count: usize,
    pages: usize,
    denied: bool,
}

impl Summary {
    /// Counts a page, and its diagnostics in any order, each with whether it is denied.
    pub(crate) fn count(&mut self, is_operation: bool, mut codes: Vec<(Code, bool)>) {
        self.pages += 1;
        self.operations += usize::from(is_operation);
        codes.sort();
        for of_code in codes.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((code, _)) = of_code.first() else { continue };
            let kind = self.kinds.entry(*code).or_default();
            kind.count += of_code.len();
            kind.pages += 1;
            kind.denied |= of_code.iter().any(|(_, denied)| *denied);
        }
    }

    /// Whether anything counted is denied.
    pub(crate) fn is_denied(&self) -> bool {
        self.kinds.values().any(|kind| kind.denied)
    }

    /// Returns the kinds, worst level and most frequent first.
    fn kinds(&self) -> Vec<(Code, &Kind)> {
        let mut kinds: Vec<_> = self.kinds.iter().map(|(code, kind)| (*code, kind)).collect();
        kinds.sort_by_key(|(code, kind)| (code.level(), std::cmp::Reverse(kind.count), *code));
        kinds
    }

    fn of_level(&self, level: Level) -> usize {
        self.kinds.iter().filter(|(code, _)| code.level() == level).map(|(_, kind)| kind.count).sum()
    }

    /// Writes a line per kind, and one for all.
    pub(crate) fn to_text(&self) -> String {
        let mut lines = String::new();
        for (code, kind) in self.kinds() {
            let level = paint(style(code.level()), format_args!("{:>7}", code.level().as_str()));
            let denied = if kind.denied { paint(ERROR, "  denied") } else { String::new() };
            let pages = paint(DIM, format_args!("on {}", counted(kind.pages, "page")));
            lines.push_str(&format!("{:>7} {level}  {:<24} {pages}{denied}\n", kind.count, code.as_str()));
        }
        let [errors, warnings, notes] = [Level::Error, Level::Warning, Level::Note]
            .map(|level| counted(self.of_level(level), level.as_str()));
        let (pages, operations) = (counted(self.pages, "page"), counted(self.operations, "operation"));
        lines.push_str(&format!("{pages}, {operations}: {errors}, {warnings}, {notes}\n"));
        lines
    }

    /// Writes the same as lines of JSON: one `code` per kind, and one `summary`.
    pub(crate) fn to_json_lines(&self) -> String {
        let kinds = self.kinds().into_iter().map(|(code, kind)| {
            json!({
                "reason": "code",
                "code": code.as_str(),
                "level": code.level().as_str(),
                "count": kind.count,
                "pages": kind.pages,
                "denied": kind.denied,
            })
        });
        let summary = json!({
            "reason": "summary",
            "pages": self.pages,
            "operations": self.operations,
            "errors": self.of_level(Level::Error),
            "warnings": self.of_level(Level::Warning),
            "notes": self.of_level(Level::Note),
            "denied": self.is_denied(),
        });
        kinds.chain([summary]).map(|line| format!("{line}\n")).collect()
    }
}

fn style(level: Level) -> clap::builder::styling::Style {
    match level {
        Level::Error => ERROR,
        Level::Warning => WARNING,
        Level::Note => NOTE,
    }
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;

    use super::*;

    fn summary() -> Summary {
        let mut summary = Summary::default();
        summary.count(true, vec![(Code::NoTitle, false), (Code::TornRow, true), (Code::NoTitle, false)]);
        summary.count(false, vec![(Code::NoTitle, false)]);
        summary
    }

    #[test]
    fn the_worst_comes_first_then_the_most_frequent() {
        insta::assert_snapshot!(strip_str(&summary().to_text()), @r"
              1   error  torn-row                 on 1 page  denied
              3 warning  no-title                 on 2 pages
        2 pages, 1 operation: 1 error, 3 warnings, 0 notes
        ");
    }

    #[test]
    fn what_is_denied_is_remembered() {
        assert!(summary().is_denied());
        assert!(!Summary::default().is_denied());
    }
}
