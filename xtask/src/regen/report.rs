//! The output of `regen` for people.

use std::fmt::Write as _;

use ccc_codegen::report::{EntryChange, Impact, Meaning, Subject};
use clap::builder::styling::Style;

use super::Regeneration;
use super::changes::{Changes, Replaced};
use crate::files::Fate;
use crate::specs::ProductKey;
use crate::terminal::{ADDED, BOLD, DIM, ERROR, NOTE, REMOVED, WARNING, counted, paint, visible};
use crate::workspace::MANIFESTS;

/// The command that updates stale files.
pub(crate) const REMEDY: &str = "cargo xtask regen";

/// Writes the changes of the spec, field by field, and what each means for users of the client. [`replaced`] writes what
/// could not be compared.
pub(crate) fn changes(changes: &Changes) -> String {
    let mut lines = String::new();
    for entry in changes.report.entries() {
        let title = paint(BOLD, visible(&entry.title()));
        let what = if matches!(entry.subject, Subject::Operation(_)) { "operation" } else { "type" };
        match &entry.change {
            EntryChange::Added => {
                push(&mut lines, &format!("{title}: {}", paint(ADDED, format!("new {what}"))));
            }
            EntryChange::Removed => {
                let what = paint(REMOVED, format!("{what} removed"));
                push(&mut lines, &format!("{title}: {what}, no page documents it any more"));
            }
            EntryChange::Changed { changes, reaches } => {
                let of =
                    if reaches.is_empty() { String::new() } else { format!(" of {}", reaches.join(", ")) };
                push(&mut lines, &format!("{title}{}", visible(&of)));
                for change in changes {
                    let meaning = Meaning::from_change(change);
                    let impact = paint(style(meaning.impact), meaning.impact.as_str());
                    push(&mut lines, &format!("  {impact}: {}", visible(&change.to_string())));
                    // Most changes are of texts, which need no reason.
                    if meaning.impact != Impact::Documentation {
                        push(&mut lines, &format!("    {}", visible(&meaning.reason)));
                    }
                }
            }
        }
    }
    lines
}

/// Writes the release that the changes ask for; empty if nothing changed.
pub(crate) fn release(changes: &Changes) -> String {
    match changes.report.impact() {
        None => String::new(),
        Some(impact) => {
            format!("{}: the spec {}\n", paint(style(impact), "release"), changes.release())
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

/// Writes the specs on disk that could not be compared, one line each.
pub(crate) fn replaced(changes: &Changes) -> String {
    let mut lines = String::new();
    for Replaced { spec, reason, is_documented } in &changes.replaced {
        let fate = if *is_documented { "it is replaced" } else { "it is removed" };
        let warning = paint(WARNING, "warning");
        push(&mut lines, &format!("{warning}: {spec} is no spec ({}); {fate}", visible(reason)));
    }
    lines
}

/// Writes the products without a manifest, one line each.
pub(crate) fn unnamed(regeneration: &Regeneration) -> String {
    let mut lines = String::new();
    for (product, folder) in &regeneration.unnamed {
        let warning = paint(WARNING, "warning");
        push(&mut lines, &format!("{warning}: {}", visible(&without_manifest(product, folder))));
    }
    lines
}

/// Says that a product has no manifest, and names the consequences.
pub(crate) fn without_manifest(product: &ProductKey, folder: &str) -> String {
    format!(
        "{product} has no manifest below {MANIFESTS}; its client goes to {folder}, with the usual endpoints"
    )
}

/// Writes the changed files, one line each.
pub(crate) fn touched(regeneration: &Regeneration) -> String {
    let mut lines = String::new();
    for file in regeneration.stale() {
        let fate = match file.fate() {
            Fate::Removed => paint(REMOVED, "removed"),
            Fate::Written | Fate::Unchanged => paint(ADDED, "written"),
        };
        push(&mut lines, &format!("{fate}  {}", visible(&file.name)));
    }
    lines
}

/// Writes the problems, one line each.
pub(crate) fn problems(regeneration: &Regeneration) -> String {
    let mut lines = String::new();
    for problem in &regeneration.problems {
        push(&mut lines, &format!("{}: {}", paint(ERROR, "error"), visible(&problem.to_string())));
    }
    lines
}

/// Writes the number of stale files and how to update them; empty if there are none.
pub(crate) fn remedy(regeneration: &Regeneration) -> String {
    let stale = regeneration.stale().count();
    if stale == 0 {
        return String::new();
    }
    let error = paint(ERROR, "error");
    let verb = if stale == 1 { "is" } else { "are" };
    format!("{error}: {} {verb} stale; run `{REMEDY}`\n", counted(stale, "file"))
}

/// Writes the last line: the figures.
pub(crate) fn summary(regeneration: &Regeneration, check: bool) -> String {
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
    let figure =
        |style, number: usize, noun| paint(if number == 0 { DIM } else { style }, counted(number, noun));
    format!(
        "{}: {}, {}; {}, {}, {}; {files}\n",
        paint(BOLD, "regen"),
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
