//! The report for machines.

use serde::Serialize;

use super::{OperationChange, OperationReport, Release, Report};
use crate::diff::{Change, Impact};

#[derive(Serialize)]
struct Document<'a> {
    current: String,
    next: String,
    impact: Option<&'static str>,
    operations: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    product: &'a str,
    version: &'a str,
    action: &'a str,
    change: &'static str,
    impact: &'static str,
    changes: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    path: &'a str,
    change: String,
    impact: &'static str,
    reason: String,
}

pub(super) fn write(report: &Report, release: Release) -> String {
    let document = Document {
        current: release.current.to_string(),
        next: release.next().to_string(),
        impact: release.impact.map(Impact::as_str),
        operations: report.operations.iter().map(entry).collect(),
    };
    // Strings alone: there is nothing in it that could fail to serialise.
    let mut json = serde_json::to_string_pretty(&document).unwrap_or_default();
    json.push('\n');
    json
}

fn entry(operation: &OperationReport) -> Entry<'_> {
    let OperationReport { product, version, action, change } = operation;
    let (word, changes) = match change {
        OperationChange::Added => ("added", Vec::new()),
        OperationChange::Removed => ("removed", Vec::new()),
        OperationChange::Changed(changes) => ("changed", changes.iter().map(item).collect()),
    };
    Entry { product, version, action, change: word, impact: operation.impact().as_str(), changes }
}

fn item(change: &Change) -> Item<'_> {
    let meaning = change.meaning();
    Item {
        path: &change.path,
        change: change.kind.to_string(),
        impact: meaning.impact.as_str(),
        reason: meaning.reason,
    }
}
