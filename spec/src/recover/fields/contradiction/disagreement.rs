//! Compares the JSON and XML samples of one response.

use super::super::tree::{LABELS, Page};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::SampleFormat;
use crate::recover::nest::outline::{Node, Outline, TOP};
use crate::recover::sampled::format_name;

pub(super) fn report(page: &Page<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let outline = page.outline;
    if !outline.node(TOP).is_some_and(in_both) {
        return;
    }
    for (with, without) in [(SampleFormat::Json, SampleFormat::Xml), (SampleFormat::Xml, SampleFormat::Json)]
    {
        diagnostics.extend(one_sided(outline, with, without));
    }
    diagnostics.extend(other_values(outline));
}

fn in_both(node: &Node) -> bool {
    node.is_shown_in(SampleFormat::Json) && node.is_shown_in(SampleFormat::Xml)
}

/// Reports fields that one format shows and the other leaves out, of parents that both show.
fn one_sided(outline: &Outline, with: SampleFormat, without: SampleFormat) -> Option<Diagnostic> {
    let nodes = outline.iter().skip(1).map(|(_, node)| node);
    let nodes: Vec<&Node> = nodes
        .filter(|node| node.is_shown_in(with) && !node.is_shown_in(without))
        .filter(|node| outline.node(node.parent).is_some_and(|parent| parent.has_members_in(without)))
        .collect();
    let first = nodes.first()?;
    let (shown, silent) = (format_name(with), format_name(without));
    let message = match nodes.len() {
        1 => format!("the {shown} sample shows `{}`, the {silent} sample does not", first.name),
        count => format!("the {shown} sample shows {count} fields that the {silent} sample does not"),
    };
    label(Code::SamplesDisagree, message, &nodes, with, |_| format!("not in the {silent} sample"))
}

/// Reports fields with one value in JSON and another in XML.
fn other_values(outline: &Outline) -> Option<Diagnostic> {
    let nodes: Vec<&Node> = outline
        .iter()
        .skip(1)
        .map(|(_, node)| node)
        .filter(|node| values(node).is_some_and(|(a, b)| a != b))
        .collect();
    let first = nodes.first()?;
    let message = match nodes.len() {
        1 => format!("the JSON and XML samples show different values of `{}`", first.name),
        count => format!("the JSON and XML samples show different values of {count} fields"),
    };
    label(Code::SampleValues, message, &nodes, SampleFormat::Json, |node| {
        values(node).map(|(_, xml)| format!("`{xml}` in XML")).unwrap_or_default()
    })
}

fn values<'a>(node: &Node<'a>) -> Option<(&'a str, &'a str)> {
    let text = |format| {
        let occurrence = node.occurrences.iter().find(|occurrence| occurrence.format == format)?;
        occurrence.text.map(str::trim).filter(|text| !text.is_empty())
    };
    Some((text(SampleFormat::Json)?, text(SampleFormat::Xml)?))
}

fn label(
    code: Code,
    message: String,
    nodes: &[&Node],
    format: SampleFormat,
    text: impl Fn(&Node) -> String,
) -> Option<Diagnostic> {
    let place = |node: &Node| {
        let occurrence = node.occurrences.iter().find(|occurrence| occurrence.format == format);
        occurrence.map(|occurrence| occurrence.name_span)
    };
    let mut diagnostic = Diagnostic::new(code, place(nodes.first()?)?, message);
    for node in nodes.iter().take(LABELS) {
        if let Some(span) = place(node) {
            diagnostic = diagnostic.with_label(span, text(node));
        }
    }
    Some(diagnostic)
}
