//! Compares the sample request with the request table: both list the parameters and may disagree.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::row::Row;
use super::sampled::{SampleText, Sampled};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Style};
use crate::sample::{Tree, Value};
use crate::source::Span;

/// The parameter that names the action.
pub(super) const ACTION: &str = "Action";

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

/// Removes and returns the rows of parameters that every request has, because the client adds these itself. Each is
/// reported, except `Action`, which nearly every page lists.
pub(super) fn take_common<'p>(
    request: &mut Vec<Row<'p>>,
    style: Style,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Row<'p>> {
    // Requests with resources and paths carry the others elsewhere, so an operation may use their names for its own
    // parameters.
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
    /// The parameters; none if they are in its headers and body alone.
    tree: Option<&'t Tree<'t>>,
}

impl<'t> Requested<'t> {
    /// Reads a sample request.
    pub(super) fn new(sample: &'t Sampled<'t>) -> Self {
        Self { text: sample.text, tree: sample.parsed.tree.as_ref() }
    }

    /// Returns the API version, if the request spells the common parameters out.
    pub(super) fn version(self) -> Option<&'t str> {
        let (version, _) = self.parameter("Version").or_else(|| self.header("x-acs-version"))?;
        Some(version)
    }

    /// Returns the action, and its place.
    pub(super) fn action(self) -> Option<(&'t str, Span)> {
        self.parameter(ACTION).or_else(|| self.header("x-acs-action"))
    }

    /// Returns the service that it is sent to, and its place: the first part of a host such as
    /// `bell.region.example.com`.
    pub(super) fn service(self) -> Option<(&'t str, Span)> {
        let (host, span) = self.host()?;
        let mut labels = host.split('.');
        let service =
            labels.next().filter(|service| service.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let is_name = |label: &str| label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let is_host = is_name(service) && labels.clone().all(is_name) && labels.count() >= 2;
        is_host.then(|| (service, Span::new(span.start, span.start + service.len())))
    }

    fn host(self) -> Option<(&'t str, Span)> {
        let SampleText { text, span, .. } = self.text;
        let Some(start) = text.find("://").map(|at| at + "://".len()) else { return self.header("Host") };
        let host = text.get(start..)?.split(['/', '?', '\n', ' ']).next()?;
        Some((host, Span::new(start, start + host.len()).shifted(span.start)))
    }

    fn parameter(self, name: &str) -> Option<(&'t str, Span)> {
        let tree = self.tree?.get(name)?;
        match &tree.value {
            Value::String(text) => Some((text, tree.span)),
            _ => None,
        }
    }

    /// Returns the value of a header, and its place; headers end at an empty line.
    fn header(self, name: &str) -> Option<(&'t str, Span)> {
        let SampleText { text, span, .. } = self.text;
        let mut start = span.start;
        for line in text.split_inclusive('\n').take_while(|line| !line.trim().is_empty()) {
            if let Some((found, value)) = line.split_once(':')
                && found.trim().eq_ignore_ascii_case(name)
            {
                let lead = value.len() - value.trim_start().len();
                let at = start + found.len() + 1 + lead;
                return Some((value.trim(), Span::new(at, at + value.trim().len())));
            }
            start += line.len();
        }
        None
    }

    /// Reports the differences between the request and the table. A sample without an action, such as a body, is no
    /// complete request.
    pub(super) fn check(self, fields: &[Field], rows: &[Row], diagnostics: &mut Vec<Diagnostic>) {
        let Some(tree) = self.tree.filter(|_| self.parameter(ACTION).is_some()) else { return };
        let known: HashSet<&str, RandomState> = fields.iter().map(|field| field.name.as_str()).collect();
        let is_known = |name: &str| known.contains(name) || COMMON_PARAMETERS.contains(&name);
        for entry in tree.entries().iter().filter(|entry| !is_known(&entry.name)) {
            let message = format!(
                "the sample request has a parameter `{}` that the table does not describe",
                entry.name
            );
            diagnostics.push(Diagnostic::new(Code::UndocumentedParameter, entry.name_span, message));
        }
        let sent: HashSet<&str, RandomState> =
            tree.entries().iter().map(|entry| entry.name.as_ref()).collect();
        let is_missing = |field: &&Field| field.required && !sent.contains(field.name.as_str());
        let mut missing = fields.iter().filter(is_missing).peekable();
        if missing.peek().is_none() {
            return;
        }
        let Span { start, .. } = self.text.span;
        let first_line = self.text.text.lines().next().unwrap_or_default();
        let first_line = Span::new(start, start + first_line.len());
        // `Tag.1.Key` and `Tag.1.Value` are both `Tag`; the first row counts.
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
