//! The report for people.

use super::{OperationChange, OperationReport, Release, Report};
use crate::diff::{Change, Impact};

pub(super) fn write(report: &Report, release: Release) -> String {
    let mut lines = vec!["# Changes of the generated client".to_owned(), String::new()];
    lines.push(format!("The spec {release}."));
    for operation in &report.operations {
        lines.push(String::new());
        lines.push(format!("## {}", one_line(&operation.title())));
        lines.extend(body(operation));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn body(operation: &OperationReport) -> Vec<String> {
    match &operation.change {
        OperationChange::Added => single(Impact::Addition, "The operation is new."),
        OperationChange::Removed => {
            single(Impact::Breaking, "The operation is gone: code that calls it no longer compiles.")
        }
        OperationChange::Changed(changes) => {
            Impact::ALL.into_iter().flat_map(|impact| section(impact, changes)).collect()
        }
    }
}

fn single(impact: Impact, text: &str) -> Vec<String> {
    vec![String::new(), heading(impact), String::new(), format!("- {text}")]
}

/// The changes of one impact, if there are any.
fn section(impact: Impact, changes: &[Change]) -> Vec<String> {
    let items: Vec<String> = changes
        .iter()
        .map(|change| (change, change.meaning()))
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

/// Texts of a page may hold line breaks, which would end an item.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
