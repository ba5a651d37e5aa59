//! Reads TOML files that people write. Every problem becomes a diagnostic at its place.
//!
//! The crate `toml` parses, and gives the place of every key and value. Deserialising into structures would end at the
//! first problem of a file or an entry; here a manifest with nine problems gives nine diagnostics.

mod log;
mod table;

use toml::Spanned;
use toml::de::DeTable;

pub(crate) use log::Log;
pub(crate) use table::{Table, entries, listed, texts};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// A value and where it stands in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its place in the file.
    pub span: Span,
}

/// Decodes a file. `what` names its kind in messages. A file that is not UTF-8 gives a diagnostic, and nothing of it
/// may be applied.
pub(crate) fn decode(name: &str, bytes: &[u8], what: &str) -> (Source, Option<Diagnostic>) {
    let source = Source::new(name, String::from_utf8_lossy(bytes));
    let flaw = std::str::from_utf8(bytes).err().map(|error| {
        // The text is the same up to there, so the place is too.
        let start = error.valid_up_to();
        let first = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
        let message = format!("the {what} is not UTF-8, so nothing of it is applied");
        Diagnostic::new(Code::InvalidUtf8, first, message)
    });
    (source, flaw)
}

/// Parses a file; `None` if it is no TOML, which is reported under `syntax`. The text after a mistake may be damaged,
/// so it is not read until the mistake is corrected.
pub(crate) fn parse<'s>(source: &'s Source, syntax: Code, log: &mut Log) -> Option<Spanned<DeTable<'s>>> {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let is_whole = errors.is_empty();
    for error in errors {
        let span = error.span().map_or(Span::at(0), Span::from);
        log.push(Diagnostic::new(syntax, span, error.message().to_owned()));
    }
    is_whole.then_some(root)
}
