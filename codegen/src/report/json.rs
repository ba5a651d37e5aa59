//! Writes the report as JSON.

use ccc_spec::diff::Change;
use serde::Serialize;

use super::{Entry, EntryChange, Impact, Meaning, Release, Report, Subject};

#[derive(Serialize)]
struct Document<'a> {
    current: String,
    next: String,
    impact: Option<&'static str>,
    operations: Vec<Row<'a>>,
    types: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    product: &'a str,
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    type_name: Option<&'a str>,
    change: &'static str,
    impact: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    operations: &'a [String],
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
    let (operations, types) = report.entries.iter().map(row).partition(|row| row.action.is_some());
    let document = Document {
        current: release.current.to_string(),
        next: release.next().to_string(),
        impact: release.impact.map(Impact::as_str),
        operations,
        types,
    };
    // It holds only strings, so it cannot fail to serialise.
    let mut json = serde_json::to_string_pretty(&document).unwrap_or_default();
    json.push('\n');
    json
}

fn row(entry: &Entry) -> Row<'_> {
    let Entry { product, version, subject, change } = entry;
    let (word, changes, operations): (_, _, &[String]) = match change {
        EntryChange::Added => ("added", Vec::new(), &[]),
        EntryChange::Removed => ("removed", Vec::new(), &[]),
        EntryChange::Changed { changes, reaches } => ("changed", changes.iter().map(item).collect(), reaches),
    };
    let (action, type_name) = match subject {
        Subject::Operation(action) => (Some(action.as_str()), None),
        Subject::Type(name) => (None, Some(name.as_str())),
    };
    let impact = entry.impact().as_str();
    Row { product, version, action, type_name, change: word, impact, operations, changes }
}

fn item(change: &Change) -> Item<'_> {
    let meaning = Meaning::from_change(change);
    Item {
        path: &change.path,
        change: change.kind.to_string(),
        impact: meaning.impact.as_str(),
        reason: meaning.reason,
    }
}
