//! The figures of a run: a row per product, the findings case by case, and whether thresholds are met.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::cases::CaseKind;
use super::compare::differences;
use super::grouping::Product;
use super::outcome::{CaseOutcome, Outcome};
use super::reading::Counts;
use super::source::Prepared;
use crate::specs::ProductKey;
use crate::usable::{Aside, Reason};

/// Percentages that the total of all products must reach.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Thresholds {
    /// Share of the readable samples that are decoded with no field left over.
    pub(crate) samples: Option<f64>,
    /// Share of the documented requests that are built as documented.
    pub(crate) requests: Option<f64>,
}

/// The results of a run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: BTreeMap<ProductKey, Row>,
    /// Pages without generated code.
    pub(crate) aside: Vec<Aside>,
    /// Findings, one line each: kind, page, description.
    pub(crate) findings: Vec<Finding>,
}

/// A defect that a run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) kind: &'static str,
    /// The page, or the crate if it did not compile.
    pub(crate) place: String,
    pub(crate) what: String,
}

/// The figures of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) counts: Counts,
    /// Number of crates that did not compile or whose program crashed.
    pub(crate) failed_crates: usize,
    /// Number of sample responses that can be read without repairs, and of broken ones.
    pub(crate) samples: usize,
    pub(crate) broken: usize,
    /// Number of samples that were decoded with no field left over.
    pub(crate) whole: usize,
    /// Number of fields left over.
    pub(crate) left_over: usize,
    /// Number of values that did not fit their types.
    pub(crate) notes: usize,
    pub(crate) requests: usize,
    /// Number of requests that were built as documented.
    pub(crate) same: usize,
}

impl Report {
    pub(crate) fn new(counts: &BTreeMap<ProductKey, Counts>, aside: Vec<Aside>) -> Self {
        let row = |counts: &Counts| Row { counts: *counts, ..Row::default() };
        let rows = counts.iter().map(|(key, counts)| (key.clone(), row(counts))).collect();
        Self { rows, aside, findings: Vec::new() }
    }

    /// Adds the outcome of a crate.
    pub(crate) fn add(&mut self, product: &Product, prepared: &Prepared, outcome: Outcome) {
        let row = self.rows.entry(product.key.clone()).or_default();
        row.broken += prepared.broken;
        let mut find = |kind, place: &str, what: String| {
            self.findings.push(Finding { kind, place: place.to_owned(), what });
        };
        let outcomes = match outcome {
            Outcome::Ran(outcomes) => outcomes,
            Outcome::NotCompiled => {
                row.failed_crates += 1;
                find("not-compiled", &prepared.name, "the compiler's messages are above".to_owned());
                BTreeMap::new()
            }
            Outcome::Stopped(said) => {
                row.failed_crates += 1;
                find("stopped", &prepared.name, said);
                BTreeMap::new()
            }
        };
        for (id, case) in prepared.cases.iter().enumerate() {
            match (&case.kind, outcomes.get(&id)) {
                (CaseKind::Answer { .. }, outcome) => {
                    row.samples += 1;
                    match outcome {
                        Some(CaseOutcome::Decoded { notes, unknown }) => {
                            row.whole += usize::from(unknown.is_empty());
                            row.left_over += unknown.len();
                            row.notes += notes.len();
                            unknown.iter().for_each(|path| find("left-over", &case.page, path.clone()));
                            notes.iter().for_each(|note| find("note", &case.page, note.clone()));
                        }
                        Some(CaseOutcome::Malformed(error)) => find("malformed", &case.page, error.clone()),
                        _ => {}
                    }
                }
                (CaseKind::Request { parameters }, outcome) => {
                    row.requests += 1;
                    let Some(CaseOutcome::Built(built)) = outcome else { continue };
                    let construction = prepared.constructions.get(&id);
                    let filled_in = construction.map(|built| built.filled_in.as_slice()).unwrap_or_default();
                    let different = differences(parameters, built, filled_in);
                    row.same += usize::from(different.is_empty());
                    let left_out = construction.map(|built| built.left_out.as_slice()).unwrap_or_default();
                    for what in different.iter().chain(left_out) {
                        find("request", &case.page, what.clone());
                    }
                }
            }
        }
    }

    /// Iterates over the products' rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&ProductKey, &Row)> {
        self.rows.iter().filter(|(key, _)| !key.product.is_empty())
    }

    /// Adds up all products.
    pub(crate) fn total(&self) -> Row {
        self.rows.values().fold(Row::default(), Row::plus)
    }

    /// Lists what fails the run, one line each.
    pub(crate) fn failures(&self, thresholds: Thresholds) -> Vec<String> {
        let total = self.total();
        let mut failures = Vec::new();
        if total.failed_crates > 0 {
            failures.push(format!("{} of the generated crates did not compile or run", total.failed_crates));
        }
        let mut at_least = |what: &str, reached: f64, wanted: Option<f64>| {
            if let Some(wanted) = wanted.filter(|wanted| reached < *wanted) {
                failures.push(format!("{what}: {reached:.2} % are less than {wanted} %"));
            }
        };
        at_least(
            "samples decoded with nothing left over",
            percent(total.whole, total.samples),
            thresholds.samples,
        );
        at_least("requests built as documented", percent(total.same, total.requests), thresholds.requests);
        failures
    }

    /// Writes the report as lines of JSON, each with its `reason`.
    pub(crate) fn to_json_lines(&self, thresholds: Thresholds) -> String {
        let products = self.rows().map(|(key, row)| {
            row.to_json("product", json!({ "product": key.product, "version": key.version }))
        });
        let aside = self
            .aside
            .iter()
            .map(|aside| json!({ "reason": "page-aside", "page": aside.page, "why": aside.reason.as_str() }));
        let findings = self.findings.iter().map(|finding| {
            json!({
                "reason": "finding", "kind": finding.kind, "place": finding.place, "message": finding.what,
            })
        });
        let summary = self.total().to_json("summary", json!({ "failures": self.failures(thresholds) }));
        products.chain(aside).chain(findings).chain([summary]).map(|line| format!("{line}\n")).collect()
    }

    /// Counts the pages that were set aside for a reason.
    pub(crate) fn count_aside(&self, reason: Reason) -> usize {
        self.aside.iter().filter(|aside| aside.reason == reason).count()
    }
}

impl Row {
    fn plus(self, other: &Self) -> Self {
        let (one, two) = (self.counts, other.counts);
        Self {
            counts: Counts {
                pages: one.pages + two.pages,
                operations: one.operations + two.operations,
                errors: one.errors + two.errors,
                warnings: one.warnings + two.warnings,
                notes: one.notes + two.notes,
            },
            failed_crates: self.failed_crates + other.failed_crates,
            samples: self.samples + other.samples,
            broken: self.broken + other.broken,
            whole: self.whole + other.whole,
            left_over: self.left_over + other.left_over,
            notes: self.notes + other.notes,
            requests: self.requests + other.requests,
            same: self.same + other.same,
        }
    }

    /// Writes the figures, and the members of `more`, as one line.
    fn to_json(self, reason: &str, more: Value) -> Value {
        let mut line = json!({
            "reason": reason,
            "pages": self.counts.pages,
            "operations": self.counts.operations,
            "errors": self.counts.errors,
            "warnings": self.counts.warnings,
            "notes": self.counts.notes,
            "failed_crates": self.failed_crates,
            "samples": self.samples,
            "broken_samples": self.broken,
            "samples_whole": self.whole,
            "fields_left_over": self.left_over,
            "values_unfit": self.notes,
            "requests": self.requests,
            "requests_same": self.same,
        });
        if let (Value::Object(line), Value::Object(more)) = (&mut line, more) {
            line.extend(more);
        }
        line
    }
}

/// Computes a percentage; 100 if `whole` is 0.
pub(crate) fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 100.0;
    }
    // No run has more than 32 bits of pages; larger counts are capped.
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    count(part) * 100.0 / count(whole)
}
