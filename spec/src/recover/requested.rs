//! The sample request against the request table: both list the parameters, and may disagree.

use std::collections::{HashMap, HashSet};

use super::row::Row;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, SampleFormat};
use crate::sample::{self, Tree, Value};
use crate::source::{Source, Span};

/// Parameters of every request; pages describe them elsewhere, and some samples spell them out.
pub const COMMON_PARAMETERS: &[&str] = &[
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

/// A sample request, read.
pub(super) struct Requested<'t> {
    span: Span,
    text: &'t str,
    tree: Tree<'t>,
}

impl<'t> Requested<'t> {
    /// Reads a sample request; nothing if it has no parameters.
    pub(super) fn read(span: Span, source: &'t Source) -> Option<Self> {
        let text = source.slice(span);
        let parsed = sample::parse(SampleFormat::Http, text, span.start);
        parsed.tree.map(|tree| Self { span, text, tree })
    }

    /// The API version it states, if it spells the common parameters out.
    pub(super) fn version(&self) -> Option<&str> {
        match &self.tree.get("Version")?.value {
            Value::String(version) => Some(version.as_ref()),
            _ => None,
        }
    }

    /// The service it is sent to, and where that stands: the first part of a host such as `bell.region.example.com`.
    pub(super) fn service(&self) -> Option<(&str, Span)> {
        let start = self.text.find("://")? + "://".len();
        let host = self.text.get(start..)?.split(['/', '?', '\n', ' ']).next()?;
        let mut labels = host.split('.');
        let service =
            labels.next().filter(|service| service.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let is_name = |label: &str| label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let start = self.span.start + start;
        let is_host = is_name(service) && labels.clone().all(is_name) && labels.count() >= 2;
        is_host.then(|| (service, Span::new(start, start + service.len())))
    }

    /// The action it asks for, and where.
    pub(super) fn action(&self) -> Option<(String, Span)> {
        let tree = self.tree.get("Action")?;
        match &tree.value {
            Value::String(action) => Some((action.to_string(), tree.span)),
            _ => None,
        }
    }

    /// Names what the request and the table say differently. One without an action is no complete
    /// request, such as the body of one.
    pub(super) fn check(
        &self,
        fields: &[Field],
        rows: &[Row],
        source: &Source,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if self.action().is_none() {
            return;
        }
        let known: HashSet<&str> =
            fields.iter().map(|field| field.name.as_str()).chain(COMMON_PARAMETERS.iter().copied()).collect();
        let sent: HashSet<&str> = self.tree.entries().iter().map(|entry| entry.name.as_ref()).collect();
        for entry in self.tree.entries().iter().filter(|entry| !known.contains(entry.name.as_ref())) {
            let message =
                format!("the sample request has a parameter `{}` that the table has not", entry.name);
            diagnostics.push(Diagnostic::new(Code::UndocumentedParameter, entry.name_span, message));
        }
        let first_line = source.slice(self.span).lines().next().unwrap_or_default();
        let first_line = Span::new(self.span.start, self.span.start + first_line.len());
        // Of `Tag.1.Key` and `Tag.1.Value` the first row stands for `Tag`.
        let first_rows =
            rows.iter().rev().filter_map(|row| Some((row.name.split('.').next()?, row.name_span)));
        let places: HashMap<&str, Span> = first_rows.collect();
        for field in fields.iter().filter(|field| field.required && !sent.contains(field.name.as_str())) {
            let declared = places.get(field.name.as_str()).copied().unwrap_or(first_line);
            let message = format!("the sample request lacks the required parameter `{}`", field.name);
            diagnostics.push(
                Diagnostic::new(Code::MissingParameter, declared, message)
                    .with_label(declared, "required here")
                    .with_label(first_line, "not in this request"),
            );
        }
    }
}
