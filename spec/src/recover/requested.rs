//! The sample request against the request table: both list the parameters, and may disagree.

use super::row::Row;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, SampleFormat};
use crate::sample;
use crate::source::{Source, Span};

/// Parameters of every request; pages describe them elsewhere, and some samples spell them out.
const COMMON: &[&str] = &[
    "Action",
    "Version",
    "Format",
    "AccessKeyId",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "SignatureNonce",
    "SignatureType",
    "Timestamp",
];

/// Names what the sample requests, given by their spans, and the request table say differently.
pub(super) fn check(
    action: &str,
    fields: &[Field],
    rows: &[Row],
    samples: &[Span],
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let samples = samples.iter().filter_map(|&span| {
        let parsed = sample::parse(SampleFormat::Http, source.slice(span), span.start);
        parsed.tree.map(|tree| (span, tree))
    });
    for (span, tree) in samples {
        let Some(stated) = tree.get("Action") else {
            // Without the action it is no complete request, such as the body of one.
            continue;
        };
        if source.slice(stated.span) != action {
            let message = format!("the sample request's action is not `{action}`");
            diagnostics.push(Diagnostic::new(Code::ActionMismatch, stated.span, message));
        }
        for entry in tree.entries() {
            let name = entry.name.as_str();
            if !COMMON.contains(&name) && !fields.iter().any(|field| field.name == name) {
                let message = format!("the sample request has a parameter `{name}` that the table has not");
                diagnostics.push(Diagnostic::new(Code::UndocumentedParameter, entry.name_span, message));
            }
        }
        for field in fields.iter().filter(|field| field.required && tree.get(&field.name).is_none()) {
            let first_line = source.slice(span).lines().next().unwrap_or_default();
            let first_line = Span::new(span.start, span.start + first_line.len());
            let row = rows.iter().find(|row| row.name.split('.').next() == Some(field.name.as_str()));
            let declared = row.map_or(first_line, |row| row.name_span);
            diagnostics.push(
                Diagnostic::new(
                    Code::MissingParameter,
                    declared,
                    format!("the sample request lacks the required parameter `{}`", field.name),
                )
                .with_label(declared, "required here")
                .with_label(first_line, "not in this request"),
            );
        }
    }
}
