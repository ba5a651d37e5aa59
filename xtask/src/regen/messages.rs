//! The output of `regen` for programs: one JSON object per line, each with its `reason`.

use ccc_codegen::report::{Entry, EntryChange, Impact, Meaning, Subject};
use serde_json::{Value, json};

use super::Regeneration;
use super::changes::{Changes, Replaced};
use super::report::without_manifest;
use crate::files::{Fate, PlannedFile};

/// Writes all findings of a run as lines of JSON.
pub(crate) fn found(regeneration: &Regeneration) -> String {
    let diagnostics = regeneration.diagnostics.lines().map(diagnostic);
    let problems = regeneration
        .problems
        .iter()
        .map(|problem| json!({ "reason": "problem", "message": problem.to_string() }));
    let unnamed = regeneration.unnamed.iter().map(
        |(product, folder)| json!({ "reason": "no-manifest", "message": without_manifest(product, folder) }),
    );
    lines(diagnostics.chain(unnamed).chain(problems).chain(changes(&regeneration.changes)))
}

/// Writes what a run did as lines of JSON, the summary last.
pub(crate) fn done(regeneration: &Regeneration, check: bool) -> String {
    let files = regeneration.stale().map(|file| self::file(file, check));
    lines(files.chain([summary(regeneration, check)]))
}

fn lines(messages: impl Iterator<Item = Value>) -> String {
    messages.map(|message| format!("{message}\n")).collect()
}

fn diagnostic(line: &str) -> Value {
    // The lines are JSON already; they are parsed so that each message is one value.
    json!({ "reason": "diagnostic", "diagnostic": serde_json::from_str(line).unwrap_or(Value::Null) })
}

fn changes(changes: &Changes) -> Vec<Value> {
    let damaged = changes.replaced.iter().map(
        |Replaced { spec, reason, .. }| json!({ "reason": "damaged-spec", "file": spec, "message": reason }),
    );
    damaged.chain(changes.report.entries().iter().flat_map(entry)).collect()
}

fn entry(entry: &Entry) -> Vec<Value> {
    let title = entry.title();
    let (subject, added, removed) = match entry.subject {
        Subject::Operation(_) => ("operation", "operation-added", "operation-removed"),
        Subject::Type(_) => ("type", "type-added", "type-removed"),
    };
    let whole =
        |reason: &str| vec![json!({ "reason": reason, subject: title, "impact": entry.impact().as_str() })];
    match &entry.change {
        EntryChange::Added => whole(added),
        EntryChange::Removed => whole(removed),
        EntryChange::Changed { changes, reaches } => changes
            .iter()
            .map(|change| {
                let meaning = Meaning::of(change);
                json!({
                    "reason": "change",
                    subject: title,
                    "path": change.path,
                    "message": change.to_string(),
                    "impact": meaning.impact.as_str(),
                    "because": meaning.reason,
                    "reaches": reaches,
                })
            })
            .collect(),
    }
}

fn file(file: &PlannedFile, check: bool) -> Value {
    let fate = match (file.fate(), check) {
        (Fate::Removed, true) => "to-remove",
        (Fate::Removed, false) => "removed",
        (Fate::Written | Fate::Unchanged, true) => "to-write",
        (Fate::Written | Fate::Unchanged, false) => "written",
    };
    json!({ "reason": "file", "file": file.name, "fate": fate })
}

fn summary(regeneration: &Regeneration, check: bool) -> Value {
    let stale = regeneration.stale().count();
    let release = regeneration.changes.release();
    json!({
        "reason": "summary",
        "check": check,
        "pages": regeneration.pages,
        "operations": regeneration.operations,
        "errors": regeneration.counts.errors + regeneration.problems.len(),
        "warnings": regeneration.counts.warnings,
        "notes": regeneration.counts.notes,
        "stale": stale,
        "impact": release.impact.map(Impact::as_str),
        "version": release.current.to_string(),
        "next_version": release.next().to_string(),
        "unchanged": regeneration.count(Fate::Unchanged),
        "blocked": regeneration.is_blocked(),
    })
}
