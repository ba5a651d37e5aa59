//! The sample request against the request table: both list the parameters, and may disagree.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::fields::{SampleText, Sampled};
use super::identity::ACTION;
use super::row::Row;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Style};
use crate::sample::{Tree, Value};
use crate::source::Span;

/// Parameters of every request; pages describe them elsewhere, and some samples spell them out.
pub const COMMON_PARAMETERS: &[&str] = &[
    ACTION,
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

/// Takes the rows of parameters that every request has out of those of the request: whoever sends the request adds these
/// by itself. All but the action's, which nearly every page has, are named.
pub(super) fn take_common<'p>(
    request: &mut Vec<Row<'p>>,
    style: Style,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Row<'p>> {
    // With resources and paths, the others travel elsewhere and their names are free.
    let is_common = |name: &str| name == ACTION || style == Style::Rpc && COMMON_PARAMETERS.contains(&name);
    let common: Vec<_> = request.extract_if(.., |row| is_common(row.name.as_ref())).collect();
    let named = common.iter().filter(|row| row.name != ACTION).map(|row| {
        let message = format!("`{}` is a parameter of every request, none of this operation's own", row.name);
        Diagnostic::new(Code::CommonRow, row.span, message)
    });
    diagnostics.extend(named);
    common
}

/// A sample request with parameters.
#[derive(Clone, Copy)]
pub(super) struct Requested<'t> {
    text: SampleText<'t>,
    tree: &'t Tree<'t>,
}

impl<'t> Requested<'t> {
    /// Of a sample request; nothing if it has no parameters.
    pub(super) fn of(sample: &'t Sampled<'t>) -> Option<Self> {
        sample.parsed.tree.as_ref().map(|tree| Self { text: sample.text, tree })
    }

    /// The API version it states, if it spells the common parameters out.
    pub(super) fn version(self) -> Option<&'t str> {
        match &self.tree.get("Version")?.value {
            Value::String(version) => Some(version.as_ref()),
            _ => None,
        }
    }

    /// The service it is sent to, and where that stands: the first part of a host such as `bell.region.example.com`.
    pub(super) fn service(self) -> Option<(&'t str, Span)> {
        let SampleText { text, span, .. } = self.text;
        let start = text.find("://")? + "://".len();
        let host = text.get(start..)?.split(['/', '?', '\n', ' ']).next()?;
        let mut labels = host.split('.');
        let service =
            labels.next().filter(|service| service.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let is_name = |label: &str| label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let start = span.start + start;
        let is_host = is_name(service) && labels.clone().all(is_name) && labels.count() >= 2;
        is_host.then(|| (service, Span::new(start, start + service.len())))
    }

    /// The action it asks for, and where.
    pub(super) fn action(self) -> Option<(&'t str, Span)> {
        let tree = self.tree.get("Action")?;
        match &tree.value {
            Value::String(action) => Some((action, tree.span)),
            _ => None,
        }
    }

    /// Names what the request and the table say differently. One without an action is no complete
    /// request, such as the body of one.
    pub(super) fn check(self, fields: &[Field], rows: &[Row], diagnostics: &mut Vec<Diagnostic>) {
        if self.action().is_none() {
            return;
        }
        let known: HashSet<&str, RandomState> = fields.iter().map(|field| field.name.as_str()).collect();
        let is_known = |name: &str| known.contains(name) || COMMON_PARAMETERS.contains(&name);
        for entry in self.tree.entries().iter().filter(|entry| !is_known(&entry.name)) {
            let message =
                format!("the sample request has a parameter `{}` that the table has not", entry.name);
            diagnostics.push(Diagnostic::new(Code::UndocumentedParameter, entry.name_span, message));
        }
        let sent: HashSet<&str, RandomState> =
            self.tree.entries().iter().map(|entry| entry.name.as_ref()).collect();
        let is_missing = |field: &&Field| field.required && !sent.contains(field.name.as_str());
        let mut missing = fields.iter().filter(is_missing).peekable();
        if missing.peek().is_none() {
            return;
        }
        let Span { start, .. } = self.text.span;
        let first_line = self.text.text.lines().next().unwrap_or_default();
        let first_line = Span::new(start, start + first_line.len());
        // Of `Tag.1.Key` and `Tag.1.Value` the first row stands for `Tag`.
        let first_rows =
            rows.iter().rev().filter_map(|row| Some((row.name.split('.').next()?, row.name_span)));
        let places: HashMap<&str, Span, RandomState> = first_rows.collect();
        for field in missing {
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
