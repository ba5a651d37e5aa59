//! The documentation of an operation as a page for a terminal.

use ccc_api::description::{FieldDescription, Kind, OperationDescription};

use crate::text::{columns, padded, quoted, wrapped};

/// Writes the page, wrapped to `width` columns.
pub(crate) fn text(operation: &OperationDescription, width: usize) -> String {
    let OperationDescription { action, summary, documentation, area, idempotent, .. } = *operation;
    let mut parts = vec![format!("{action}: {summary}\n")];
    // Some summaries are the first sentence.
    let more =
        documentation.strip_prefix(summary).unwrap_or(documentation).trim_start_matches(['.', '。']).trim();
    if !more.is_empty() {
        parts.push(format!("{}\n", wrapped(more, width)));
    }
    let repeats = if idempotent {
        "Idempotent: sending it again does no harm."
    } else {
        "Not idempotent: after a lost response, check whether it was carried out before you send it again."
    };
    let area = area.map(|area| format!("Area: {area}. ")).unwrap_or_default();
    parts.push(format!("{}\n", wrapped(&format!("{area}{repeats}"), width)));
    parts.push(format!("Usage: {}\n", example(operation)));
    if !operation.parameters.is_empty() {
        let fields = operation.parameters.iter().map(|field| parameter(field, width));
        parts.push(format!("Parameters:\n{}", fields.collect::<String>()));
    }
    if !operation.errors.is_empty() {
        parts.push(format!("Errors:\n{}", errors(operation)));
    }
    parts.push(
        "--dry-run shows the request and sends nothing; --unchecked sends parameters and values that are newer.\n\
         `ccc help` lists the options of all commands.\n"
            .to_owned(),
    );
    parts.join("\n")
}

/// Writes a command line with a documented value for each required parameter.
fn example(operation: &OperationDescription) -> String {
    let mut line = format!("ccc {}", operation.action);
    for field in operation.parameters.iter().filter(|field| field.required) {
        let value = field.sample.or(match field.kind {
            Kind::Text { values } => values.first().map(|value| value.value),
            _ => None,
        });
        line.push_str(&format!(" --{} {}", field.name, value.map_or("VALUE".into(), quoted)));
    }
    line
}

fn parameter(field: &FieldDescription, width: usize) -> String {
    const INDENT: &str = "      ";
    let required = if field.required { ", required" } else { "" };
    let mut text = format!("  --{}  {}{required}\n", field.name, kind(&field.kind, field.json));
    let mut push = |line: &str| {
        for line in wrapped(line, width.saturating_sub(INDENT.len())).lines() {
            text.push_str(format!("{INDENT}{line}").trim_end());
            text.push('\n');
        }
    };
    push(field.documentation);
    if let Kind::Text { values } = field.kind {
        // Some documentation lists the values itself.
        let is_listed = |value: &str| field.documentation.contains(&format!("- {value}"));
        let values: Vec<_> = values.iter().filter(|value| !is_listed(value.value)).collect();
        let longest = values.iter().map(|value| columns(value.value)).max().unwrap_or_default();
        for value in values {
            push(&format!("- {}  {}", padded(value.value, longest), value.documentation));
        }
    }
    if let Some(sample) = field.sample {
        push(&format!("For example --{} {}", field.name, quoted(sample)));
    }
    text
}

/// Names the type of a value.
fn kind(kind: &Kind, json: bool) -> String {
    let words = match kind {
        Kind::Text { .. } => "text".to_owned(),
        Kind::Integer | Kind::Long => "whole number".to_owned(),
        Kind::Float => "number".to_owned(),
        Kind::Boolean => "true or false".to_owned(),
        Kind::Json => "JSON".to_owned(),
        Kind::Within { kind: inner, min, max } => {
            let bound = |word: &str, bound: &Option<i64>| bound.map(|bound| format!(" {word} {bound}"));
            let bounds = [bound("from", min), bound("to", max)];
            format!("{}{}", self::kind(inner, false), bounds.into_iter().flatten().collect::<String>())
        }
        Kind::Structure { .. } => "structure".to_owned(),
        Kind::List { element, .. } => format!("list of {}", self::kind(element, false)),
        Kind::Map { value } => format!("map of {}", self::kind(value, false)),
    };
    if json { format!("{words}, as JSON") } else { words }
}

fn errors(operation: &OperationDescription) -> String {
    let longest = operation.errors.iter().map(|error| columns(error.code)).max().unwrap_or_default();
    let line = |code: &str, message: &str| format!("  {}  {message}", padded(code, longest));
    operation.errors.iter().map(|error| format!("{}\n", line(error.code, error.message).trim_end())).collect()
}
