//! Samples as data: JSON, XML and query samples of a page as one [`Tree`] with the place of every name and value. A
//! slightly broken sample is repaired, and every repair is reported.

mod json;
mod query;
mod repair;
#[cfg(test)]
mod tests;
mod xml;

pub use repair::{Repair, RepairKind};

use std::borrow::Cow;

use crate::model::SampleFormat;
use crate::source::Span;

/// Containers nested deeper than this are cut off, so that no sample can exhaust the stack.
pub const MAX_DEPTH: usize = 64;

/// A value of a sample and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree<'t> {
    /// The value.
    pub value: Value<'t>,
    /// Its place on the page.
    pub span: Span,
}

/// A value of a sample.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// JSON's `null`, an empty XML element, or a value that the sample leaves out.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(&'t str),
    /// Text. In XML and queries every value is text.
    String(Cow<'t, str>),
    /// Values in order. In XML, siblings of one name.
    List(Vec<Tree<'t>>),
    /// Named values in order; names may repeat.
    Object(Vec<Entry<'t>>),
}

/// A name and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'t> {
    /// The name.
    pub name: Cow<'t, str>,
    /// Place of the name on the page.
    pub name_span: Span,
    /// The value.
    pub value: Tree<'t>,
}

/// The result of parsing a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<'t> {
    /// The sample; nothing if it could not be understood at all.
    pub tree: Option<Tree<'t>>,
    /// The repairs, in the order of the sample.
    pub repairs: Vec<Repair>,
}

/// Reads a sample that starts at byte `base` of its page.
///
/// Anything is accepted; the time is linear in the text, and containers deeper than [`MAX_DEPTH`] are
/// left out. An HTTP preamble before the body is skipped.
///
/// ```
/// use ccc_spec::model::SampleFormat;
/// use ccc_spec::sample::{RepairKind, parse};
///
/// let parsed = parse(SampleFormat::Json, r#"{"Code": "OK",}"#, 0);
/// assert!(parsed.tree.is_some());
/// assert_eq!(parsed.repairs[0].kind, RepairKind::ExtraComma);
/// ```
#[must_use]
pub fn parse(format: SampleFormat, text: &str, base: usize) -> Parsed<'_> {
    match format {
        SampleFormat::Http => query::parse(text, base),
        SampleFormat::Json | SampleFormat::Xml => {
            let skipped = preamble(text);
            let body = text.get(skipped..).unwrap_or_default();
            if format == SampleFormat::Json {
                json::parse(body, base + skipped)
            } else {
                xml::parse(body, base + skipped)
            }
        }
    }
}

/// Length of an HTTP status line and headers before the body.
fn preamble(text: &str) -> usize {
    if !text.trim_start().starts_with("HTTP/") {
        return 0;
    }
    let body = |line: &str| matches!(line.trim_start().chars().next(), Some('{' | '[' | '<'));
    let before = text.split_inclusive('\n').take_while(|line| !body(line));
    before.map(str::len).sum()
}

impl<'t> Tree<'t> {
    /// Returns the entries of an object; none for any other value.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'t>] {
        match &self.value {
            Value::Object(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the value under a name, the first if it repeats.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.name == name).map(|entry| &entry.value)
    }
}

/// Returns whether a text is a word for "there is nothing", which samples have where a value is absent.
pub(crate) fn is_none_word(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "无" | "空" | "-" | "--")
        || ["none", "null", "nil", "n/a", "na"].iter().any(|word| text.eq_ignore_ascii_case(word))
}
