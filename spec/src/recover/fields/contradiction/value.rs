//! A field's values against its declared type.

use super::super::tree::{Branch, Page};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::SampleFormat;
use crate::recover::declared::Declared;
use crate::recover::nest::outline::{Kind, Occurrence};
use crate::recover::row::Row;
use crate::recover::sampled::format_name;
use crate::sample::{self, is_none_word};
use crate::source::Span;

/// Faults of a value, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// The word for "none" where the type has no such value.
    None,
    /// JSON in a string where the type is a list, map or structure.
    Embedded,
    /// Another kind of value altogether.
    Kind,
    /// The right value in a string.
    Quoted,
    /// A number or truth value where the type is text.
    Unquoted,
}

/// Reports the gravest contradiction between a field's declared type and its values, at the table's sample value if
/// that is at fault too, else at the type.
pub(super) fn contradiction(page: &Page<'_>, branch: &Branch) -> Option<Diagnostic> {
    let row = page.rows.get(branch.row?)?;
    let node = branch.value_node().or(branch.node).and_then(|node| page.outline.node(node));
    let in_cell = row.sample.as_deref().and_then(|text| cell_fault(&row.declared, text));
    let occurrences = node.into_iter().flat_map(|node| &node.occurrences);
    let faulty: Vec<(Fault, &Occurrence)> =
        occurrences.filter_map(|occurrence| Some((fault(&row.declared, occurrence)?, occurrence))).collect();
    let gravest = faulty.iter().map(|(fault, _)| *fault).chain(in_cell).min()?;
    // JSON in a cell is how a table shows a list; only a sample that does so contradicts it.
    if faulty.is_empty() && gravest != Fault::None {
        return None;
    }
    let same: Vec<&Occurrence> =
        faulty.iter().filter(|(fault, _)| *fault == gravest).map(|(_, occurrence)| *occurrence).collect();
    Some(describe(row, gravest, in_cell == Some(gravest), &same))
}

fn describe(row: &Row, fault: Fault, in_cell: bool, at: &[&Occurrence]) -> Diagnostic {
    let declared = kind_name(&row.declared);
    let name = &row.name;
    let text = at.iter().find_map(|occurrence| occurrence.text).or(row.sample.as_deref()).unwrap_or("");
    let shown = at.first().map_or("text", |occurrence| shown_name(occurrence.kind));
    let (code, message, help) = match fault {
        Fault::None => (
            Code::SampleIsNone,
            format!("`{name}` is {declared}, but its sample value is `{text}`, the word for none"),
            "the declared type is taken; a sample leaves out a value that is not there",
        ),
        Fault::Embedded => (
            Code::JsonInString,
            format!("`{name}` is {declared}, but a sample shows it as JSON inside a string"),
            "the declared type is taken, and both forms are read",
        ),
        Fault::Kind => (
            Code::SampleKind,
            format!("`{name}` is {declared}, but a sample shows {shown}"),
            "the declared type is taken",
        ),
        Fault::Quoted => (
            Code::SampleType,
            format!("`{name}` is {declared}, but a sample shows it as a string"),
            "the declared type is taken, and both forms are read",
        ),
        Fault::Unquoted => (
            Code::SampleType,
            format!("`{name}` is {declared}, but a sample shows {shown}"),
            "the declared type is taken, and both forms are read",
        ),
    };
    let type_span = if row.type_span.is_empty() { row.name_span } else { row.type_span };
    let main = if in_cell { row.sample_span } else { type_span };
    let mut diagnostic = Diagnostic::new(code, main, message);
    if in_cell {
        diagnostic = diagnostic.with_label(main, "this value");
    }
    diagnostic = diagnostic.with_label(type_span, format!("declared as {declared}"));
    for (format, span) in firsts(at) {
        diagnostic = diagnostic.with_label(span, format!("the {} sample", format_name(format)));
    }
    diagnostic.with_help(help)
}

/// Returns the first occurrence in each format.
fn firsts(at: &[&Occurrence]) -> Vec<(SampleFormat, Span)> {
    let mut firsts: Vec<(SampleFormat, Span)> = Vec::new();
    for occurrence in at {
        if firsts.iter().all(|(format, _)| *format != occurrence.format) {
            firsts.push((occurrence.format, occurrence.span));
        }
    }
    firsts
}

/// Finds the fault of a value in a sample. In XML everything is text, and a single element looks like a list of one.
fn fault(declared: &Declared, occurrence: &Occurrence) -> Option<Fault> {
    let text = occurrence.text.unwrap_or_default();
    let is_xml = occurrence.format == SampleFormat::Xml;
    match (declared, occurrence.kind) {
        _ if is_agreed(declared, occurrence.kind) || occurrence.kind == Kind::String && text.is_empty() => {
            None
        }
        (Declared::String, Kind::Number | Kind::Bool) => Some(Fault::Unquoted),
        (_, Kind::String) if is_none_word(text) => Some(Fault::None),
        (Declared::Integer | Declared::Long | Declared::Float, Kind::String) => number_fault(text, is_xml),
        (Declared::Boolean, Kind::String) if is_boolean(text) => (!is_xml).then_some(Fault::Quoted),
        (Declared::List(element), Kind::String) => {
            if is_json(text) {
                return Some(Fault::Embedded);
            }
            let of_scalars = element.as_ref().is_none_or(|element| !element.is_container());
            (!is_xml || !of_scalars).then_some(Fault::Kind)
        }
        (Declared::List(_), Kind::Object) => (!is_xml).then_some(Fault::Kind),
        (Declared::Map(_) | Declared::Structure(_), Kind::String) if is_json(text) => Some(Fault::Embedded),
        _ => Some(Fault::Kind),
    }
}

/// Returns whether a value of that kind fits the type exactly.
fn is_agreed(declared: &Declared, kind: Kind) -> bool {
    match declared {
        Declared::Absent | Declared::Unknown | Declared::Json => true,
        Declared::String => matches!(kind, Kind::String | Kind::Null),
        Declared::Integer | Declared::Long | Declared::Float => matches!(kind, Kind::Number | Kind::Null),
        Declared::Boolean => matches!(kind, Kind::Bool | Kind::Null),
        Declared::Structure(_) | Declared::Map(_) => matches!(kind, Kind::Object | Kind::Null),
        Declared::List(_) => matches!(kind, Kind::List | Kind::Null),
    }
}

/// Finds the fault of a number in text. Masked digits are still a number.
fn number_fault(text: &str, is_xml: bool) -> Option<Fault> {
    let is_number = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE*xX".contains(&b));
    match is_number {
        false => Some(Fault::Kind),
        true if is_xml => None,
        true => Some(Fault::Quoted),
    }
}

/// Finds the fault of the table's own sample value, which is text whatever the type.
fn cell_fault(declared: &Declared, text: &str) -> Option<Fault> {
    match declared {
        Declared::Absent | Declared::Unknown | Declared::Json | Declared::String => None,
        // A structure's value is in its members; some pages write so in its own cell.
        Declared::Structure(_) if is_none_word(text) => None,
        Declared::List(Some(element)) if is_none_word(text) && element.is_container() => None,
        _ if is_none_word(text) => Some(Fault::None),
        Declared::List(_) | Declared::Map(_) | Declared::Structure(_) if is_json(text) => {
            Some(Fault::Embedded)
        }
        _ => None,
    }
}

fn is_boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

/// Returns whether a text is a JSON list or object.
fn is_json(text: &str) -> bool {
    let text = text.trim();
    let is_enclosed =
        text.starts_with('[') && text.ends_with(']') || text.starts_with('{') && text.ends_with('}');
    is_enclosed && sample::parse(SampleFormat::Json, text, 0).tree.is_some()
}

/// Returns a declared type with its article.
fn kind_name(declared: &Declared) -> &'static str {
    match declared {
        Declared::String => "a string",
        Declared::Integer => "an integer",
        Declared::Long => "a long",
        Declared::Float => "a float",
        Declared::Boolean => "a boolean",
        Declared::Structure(_) => "a structure",
        Declared::List(_) => "a list",
        Declared::Map(_) => "a map",
        Declared::Json | Declared::Absent | Declared::Unknown => "of no known type",
    }
}

fn shown_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "nothing",
        Kind::Bool => "a boolean",
        Kind::Number => "a number",
        Kind::String => "text",
        Kind::List => "a list",
        Kind::Object => "an object",
    }
}
