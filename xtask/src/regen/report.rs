//! What `regen` tells people.

use std::fmt::Write as _;

use super::{OperationChange, Regeneration};
use crate::files::Fate;
use crate::terminal::{ADDED, BOLD, DIM, ERROR, NOTE, Paint, REMOVED, WARNING, counted, visible};

/// The command that mends what is stale.
pub(crate) const REMEDY: &str = "cargo xtask regen";

/// What changes in the spec, a line per field; what could not be compared is said by [`replaced`].
pub(crate) fn changes(changes: &[OperationChange], paint: Paint) -> String {
    let mut lines = String::new();
    for change in changes {
        match change {
            OperationChange::Added(key) => {
                let key = visible(&key.to_string()).into_owned();
                push(
                    &mut lines,
                    &format!("{}: {}", paint.paint(BOLD, key), paint.paint(ADDED, "new operation")),
                );
            }
            OperationChange::Removed(key) => {
                let key = visible(&key.to_string()).into_owned();
                let what = paint.paint(REMOVED, "operation removed");
                push(
                    &mut lines,
                    &format!("{}: {what}, no page documents it any more", paint.paint(BOLD, key)),
                );
            }
            OperationChange::Changed(key, fields) => {
                push(&mut lines, &paint.paint(BOLD, visible(&key.to_string())));
                for field in fields {
                    push(&mut lines, &format!("  {}", visible(&field.to_string())));
                }
            }
            OperationChange::Replaced { .. } => {}
        }
    }
    lines
}

/// Specs on disk that could not be compared, a line each.
pub(crate) fn replaced(changes: &[OperationChange], paint: Paint) -> String {
    let mut lines = String::new();
    for change in changes {
        if let OperationChange::Replaced { spec, reason, operation } = change {
            let fate = if operation.is_some() { "it is replaced" } else { "it is removed" };
            let warning = paint.paint(WARNING, "warning");
            push(&mut lines, &format!("{warning}: {spec} is no spec ({}); {fate}", visible(reason)));
        }
    }
    lines
}

/// The files that were touched, a line each.
pub(crate) fn touched(regeneration: &Regeneration, paint: Paint) -> String {
    let mut lines = String::new();
    for file in regeneration.stale() {
        let fate = match file.fate() {
            Fate::Removed => paint.paint(REMOVED, "removed"),
            Fate::Written | Fate::Unchanged => paint.paint(ADDED, "written"),
        };
        push(&mut lines, &format!("{fate}  {}", visible(&file.name)));
    }
    lines
}

/// What went wrong, a line per problem.
pub(crate) fn problems(regeneration: &Regeneration, paint: Paint) -> String {
    let mut lines = String::new();
    for problem in &regeneration.problems {
        push(&mut lines, &format!("{}: {}", paint.paint(ERROR, "error"), visible(&problem.to_string())));
    }
    lines
}

/// What is stale and how to mend it; empty if nothing is.
pub(crate) fn remedy(regeneration: &Regeneration, paint: Paint) -> String {
    let stale = regeneration.stale().count();
    if stale == 0 {
        return String::new();
    }
    let error = paint.paint(ERROR, "error");
    let verb = if stale == 1 { "is" } else { "are" };
    format!("{error}: {} {verb} stale; run `{REMEDY}`\n", counted(stale, "file"))
}

/// One line of figures to end with.
pub(crate) fn summary(regeneration: &Regeneration, check: bool, paint: Paint) -> String {
    let Regeneration { pages, operations, counts, .. } = regeneration;
    let (written, removed) = if check { ("to write", "to remove") } else { ("written", "removed") };
    let files = if regeneration.is_blocked() {
        "nothing written".to_owned()
    } else {
        format!(
            "{} {written}, {} {removed}, {} unchanged",
            counted(regeneration.count(Fate::Written), "file"),
            regeneration.count(Fate::Removed),
            regeneration.count(Fate::Unchanged),
        )
    };
    let figure = |style, number: usize, noun| {
        paint.paint(if number == 0 { DIM } else { style }, counted(number, noun))
    };
    format!(
        "{}: {}, {}; {}, {}, {}; {files}\n",
        paint.paint(BOLD, "regen"),
        counted(*pages, "page"),
        counted(*operations, "operation"),
        figure(ERROR, counts.errors + regeneration.problems.len(), "error"),
        figure(WARNING, counts.warnings, "warning"),
        figure(NOTE, counts.notes, "note"),
    )
}

fn push(lines: &mut String, line: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(lines, "{line}");
}
