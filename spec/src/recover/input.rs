//! From bytes to a [`Source`]: what is no text, not UTF-8 or empty is named here and nowhere else.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{BYTE_ORDER_MARK, Source, Span};

/// Stands for bytes that are not UTF-8.
const REPLACEMENT: char = '\u{fffd}';

/// A page's text.
pub(super) struct Input {
    pub(super) source: Source,
    /// Whether there is anything to read in it.
    pub(super) readable: bool,
}

/// Decodes a page. Bytes that are not UTF-8 become U+FFFD; spans count the text after that.
pub(super) fn decode(name: &str, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Input {
    let (text, bad) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => replaced(bytes),
    };
    let source = Source::new(name, text);
    let text = source.text();
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let span = Span::new(at, at + 1);
        diagnostics.push(Diagnostic::new(Code::NotText, span, "the file is not text: it holds NUL bytes"));
        return Input { source, readable: false };
    }
    if let Some((first, count)) = bad {
        let message = match count {
            1 => "1 byte is not UTF-8".to_owned(),
            _ => format!("{count} bytes are not UTF-8"),
        };
        let first = Diagnostic::new(Code::InvalidUtf8, first, message).with_label(first, "the first of them");
        diagnostics.push(first.with_help("they were read as U+FFFD; save the page as UTF-8"));
    }
    if text.trim_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK).is_empty() {
        diagnostics.push(Diagnostic::new(Code::EmptyPage, Span::at(0), "the page is empty"));
        return Input { source, readable: false };
    }
    if text.starts_with(BYTE_ORDER_MARK) {
        let span = Span::new(0, BYTE_ORDER_MARK.len_utf8());
        diagnostics.push(Diagnostic::new(
            Code::ByteOrderMark,
            span,
            "the page begins with a byte order mark",
        ));
    }
    let mut returns = memchr::memchr_iter(b'\r', text.as_bytes());
    if let Some(at) = returns.find(|at| text.as_bytes().get(at + 1) == Some(&b'\n')) {
        let span = Span::new(at, at + 2);
        diagnostics.push(Diagnostic::new(Code::CarriageReturns, span, "lines end with a carriage return"));
    }
    Input { source, readable: true }
}

/// Replaces what is not UTF-8; with the first place and the number of bytes.
fn replaced(bytes: &[u8]) -> (String, Option<(Span, usize)>) {
    let mut text = String::with_capacity(bytes.len());
    let mut bad: Option<(Span, usize)> = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            let span = Span::new(text.len(), text.len() + REPLACEMENT.len_utf8());
            text.push(REPLACEMENT);
            let (first, count) = bad.unwrap_or((span, 0));
            bad = Some((first, count + chunk.invalid().len()));
        }
    }
    (text, bad)
}
