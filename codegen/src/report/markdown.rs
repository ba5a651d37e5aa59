//! Writes the report as Markdown.

use ccc_spec::diff::Change;

use super::{Entry, EntryChange, Impact, Meaning, Release, Report, Subject};

pub(super) fn write(report: &Report, release: Release) -> String {
    let mut lines = vec!["# Changes of the generated client".to_owned(), String::new()];
    lines.push(format!("The spec {release}."));
    for entry in &report.entries {
        lines.push(String::new());
        lines.push(format!("## {}", one_line(&entry.title())));
        lines.extend(body(entry));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn body(entry: &Entry) -> Vec<String> {
    let (what, use_of) = match &entry.subject {
        Subject::Operation(_) => ("operation", "calls"),
        Subject::Type(_) => ("type", "names"),
    };
    match &entry.change {
        EntryChange::Added => single(Impact::Addition, &format!("The {what} is new.")),
        EntryChange::Removed => {
            let text = format!("The {what} is gone: code that {use_of} it no longer compiles.");
            single(Impact::Breaking, &text)
        }
        EntryChange::Changed { changes, reaches } => {
            let used = (!reaches.is_empty()).then(|| format!("Used by {}.", one_line(&reaches.join(", "))));
            let sections = Impact::ALL.into_iter().flat_map(|impact| section(impact, changes));
            used.into_iter().flat_map(|used| [String::new(), used]).chain(sections).collect()
        }
    }
}

fn single(impact: Impact, text: &str) -> Vec<String> {
    vec![String::new(), heading(impact), String::new(), format!("- {text}")]
}

/// Writes the changes of one impact, if there are any.
fn section(impact: Impact, changes: &[Change]) -> Vec<String> {
    let items: Vec<String> = changes
        .iter()
        .map(|change| (change, Meaning::from_change(change)))
        .filter(|(_, meaning)| meaning.impact == impact)
        .map(|(change, meaning)| {
            let what = change.kind.to_string();
            let what =
                if change.path.is_empty() { sentence(&what) } else { format!("`{}`: {what}", change.path) };
            format!("- {}. {}.", one_line(&what), sentence(&meaning.reason))
        })
        .collect();
    if items.is_empty() {
        return items;
    }
    [String::new(), heading(impact), String::new()].into_iter().chain(items).collect()
}

fn heading(impact: Impact) -> String {
    let title = match impact {
        Impact::Breaking => "Breaking",
        Impact::Addition => "Additions",
        Impact::Behaviour => "Behaviour",
        Impact::Documentation => "Documentation",
    };
    format!("### {title}")
}

/// Puts a text of a page on one line, since a line break would end an item.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
