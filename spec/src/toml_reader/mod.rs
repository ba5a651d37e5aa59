//! Files that people write in TOML, read so that whatever is wrong becomes a diagnostic at its place.

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
    /// Where it stands.
    pub span: Span,
}

/// The text of a file that is `what` to its reader, and what to say if it is no text: then nothing of it is to be read.
pub(crate) fn decode(name: &str, bytes: &[u8], what: &str) -> (Source, Option<Diagnostic>) {
    let source = Source::new(name, String::from_utf8_lossy(bytes));
    let flaw = std::str::from_utf8(bytes).err().map(|error| {
        // Up to there the text is the same, so the place is too.
        let start = error.valid_up_to();
        let first = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
        let message = format!("the {what} is not UTF-8, so nothing of it is applied");
        Diagnostic::new(Code::InvalidUtf8, first, message)
    });
    (source, flaw)
}

/// The root of a file; none if it is no TOML, which is said under `syntax`. What follows a mistake of syntax may be torn:
/// it is read once that is mended.
pub(crate) fn parse<'s>(source: &'s Source, syntax: Code, log: &mut Log) -> Option<Spanned<DeTable<'s>>> {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let is_whole = errors.is_empty();
    for error in errors {
        let span = error.span().map_or(Span::at(0), Span::from);
        log.push(Diagnostic::new(syntax, span, error.message().to_owned()));
    }
    is_whole.then_some(root)
}
