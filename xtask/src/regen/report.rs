//! What `regen` tells people.

use std::fmt::Write as _;

use ccc_codegen::report::{EntryChange, Impact, Meaning, Subject};
use clap::builder::styling::Style;

use super::Regeneration;
use super::changes::{Changes, Replaced};
use crate::files::Fate;
use crate::specs::ProductKey;
use crate::terminal::{ADDED, BOLD, DIM, ERROR, NOTE, Paint, REMOVED, WARNING, counted, visible};
use crate::workspace::MANIFESTS;

/// The command that mends what is stale.
pub(crate) const REMEDY: &str = "cargo xtask regen";

/// What changes in the spec, field by field, and what each change means for users of the client; what could not
/// be compared is said by [`replaced`].
pub(crate) fn changes(changes: &Changes, paint: Paint) -> String {
    let mut lines = String::new();
    for entry in changes.report.entries() {
        let title = paint.paint(BOLD, visible(&entry.title()));
        let what = if matches!(entry.subject, Subject::Operation(_)) { "operation" } else { "type" };
        match &entry.change {
            EntryChange::Added => {
                push(&mut lines, &format!("{title}: {}", paint.paint(ADDED, format!("new {what}"))));
            }
            EntryChange::Removed => {
                let what = paint.paint(REMOVED, format!("{what} removed"));
                push(&mut lines, &format!("{title}: {what}, no page documents it any more"));
            }
            EntryChange::Changed { changes, reaches } => {
                let of =
                    if reaches.is_empty() { String::new() } else { format!(" of {}", reaches.join(", ")) };
                push(&mut lines, &format!("{title}{}", visible(&of)));
                for change in changes {
                    let meaning = Meaning::from_change(change);
                    let impact = paint.paint(style(meaning.impact), meaning.impact.as_str());
                    push(&mut lines, &format!("  {impact}: {}", visible(&change.to_string())));
                    // Most changes are of texts, and no text needs a reason.
                    if meaning.impact != Impact::Documentation {
                        push(&mut lines, &format!("    {}", visible(&meaning.reason)));
                    }
                }
            }
        }
    }
    lines
}

/// The release that the changes ask for; empty if nothing changed.
pub(crate) fn release(changes: &Changes, paint: Paint) -> String {
    match changes.report.impact() {
        None => String::new(),
        Some(impact) => {
            format!("{}: the spec {}\n", paint.paint(style(impact), "release"), changes.release())
        }
    }
}

fn style(impact: Impact) -> Style {
    match impact {
        Impact::Breaking => ERROR,
        Impact::Behaviour => WARNING,
        Impact::Addition => ADDED,
        Impact::Documentation => DIM,
    }
}

/// Specs on disk that could not be compared, a line each.
pub(crate) fn replaced(changes: &Changes, paint: Paint) -> String {
    let mut lines = String::new();
    for Replaced { spec, reason, is_documented } in &changes.replaced {
        let fate = if *is_documented { "it is replaced" } else { "it is removed" };
        let warning = paint.paint(WARNING, "warning");
        push(&mut lines, &format!("{warning}: {spec} is no spec ({}); {fate}", visible(reason)));
    }
    lines
}

/// Products without a manifest, a line each.
pub(crate) fn unnamed(regeneration: &Regeneration, paint: Paint) -> String {
    let mut lines = String::new();
    for (product, folder) in &regeneration.unnamed {
        let warning = paint.paint(WARNING, "warning");
        push(&mut lines, &format!("{warning}: {}", visible(&without_manifest(product, folder))));
    }
    lines
}

/// That a product has no manifest, and what follows from it.
pub(crate) fn without_manifest(product: &ProductKey, folder: &str) -> String {
    format!(
        "{product} has no manifest below {MANIFESTS}; its client goes to {folder}, with the usual endpoints"
    )
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
