//! What `regen` tells machines: one JSON object per line, told apart by `reason`.

use serde_json::{Value, json};

use super::{OperationChange, Regeneration};
use crate::files::{Fate, PlannedFile};

/// Everything the run found out and did, as lines of JSON.
pub(crate) fn messages(regeneration: &Regeneration, check: bool) -> String {
    let diagnostics = regeneration.diagnostics.lines().map(diagnostic);
    let problems = regeneration
        .problems
        .iter()
        .map(|problem| json!({ "reason": "problem", "message": problem.to_string() }));
    let changes = regeneration.changes.iter().flat_map(change);
    let files = regeneration.stale().map(|file| self::file(file, check));
    let summary = std::iter::once(summary(regeneration, check));
    diagnostics
        .chain(problems)
        .chain(changes)
        .chain(files)
        .chain(summary)
        .map(|line| format!("{line}\n"))
        .collect()
}

fn diagnostic(line: &str) -> Value {
    // The lines are JSON already; parsing them keeps each message one value.
    json!({ "reason": "diagnostic", "diagnostic": serde_json::from_str(line).unwrap_or(Value::Null) })
}

fn change(change: &OperationChange) -> Vec<Value> {
    match change {
        OperationChange::Added(key) => {
            vec![json!({ "reason": "operation-added", "operation": key.to_string() })]
        }
        OperationChange::Removed(key) => {
            vec![json!({ "reason": "operation-removed", "operation": key.to_string() })]
        }
        OperationChange::Changed(key, fields) => fields
            .iter()
            .map(|field| {
                json!({ "reason": "change", "operation": key.to_string(), "message": field.to_string() })
            })
            .collect(),
        OperationChange::Replaced { spec, reason, .. } => {
            vec![json!({ "reason": "damaged-spec", "file": spec, "message": reason })]
        }
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
    json!({
        "reason": "summary",
        "check": check,
        "pages": regeneration.pages,
        "operations": regeneration.operations,
        "errors": regeneration.counts.errors + regeneration.problems.len(),
        "warnings": regeneration.counts.warnings,
        "notes": regeneration.counts.notes,
        "stale": stale,
        "unchanged": regeneration.count(Fate::Unchanged),
        "blocked": regeneration.is_blocked(),
    })
}
