//! Decodes bytes to a [`Source`], and reports files that are not text, not UTF-8 or empty.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{BYTE_ORDER_MARK, Source, Span, is_invisible};

/// Replacement of bytes that are not UTF-8.
const REPLACEMENT: char = '\u{fffd}';

/// A page's text.
pub(super) struct Input {
    pub(super) source: Source,
    /// Whether it has content to read.
    pub(super) readable: bool,
}

/// Decodes a page. Bytes that are not UTF-8 become U+FFFD, and invisible characters are left out; spans refer to the
/// resulting text.
pub(super) fn decode(name: &str, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Input {
    let (text, bad) = match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => replaced(bytes),
    };
    let bad = bad.map(|(first, count)| (moved(first, &text), count));
    let (text, invisible) = visible(text);
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
    if let Some((first, count)) = invisible {
        let message = match count {
            1 => "the page has 1 invisible character".to_owned(),
            _ => format!("the page has {count} invisible characters"),
        };
        let first = Diagnostic::new(Code::InvisibleCharacters, first, message)
            .with_label(first, "the first is before this");
        diagnostics.push(first.with_help("they were left out, so that no name or value has them"));
    }
    let mut returns = memchr::memchr_iter(b'\r', text.as_bytes());
    if let Some(at) = returns.find(|at| text.as_bytes().get(at + 1) == Some(&b'\n')) {
        let span = Span::new(at, at + 2);
        diagnostics.push(Diagnostic::new(Code::CarriageReturns, span, "lines end with a carriage return"));
    }
    Input { source, readable: true }
}

/// Moves a place back by the invisible characters before it.
fn moved(place: Span, text: &str) -> Span {
    let before = text.get(..place.start).unwrap_or_default();
    let before = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before);
    let hidden: usize = before.chars().filter(|c| is_invisible(*c)).map(char::len_utf8).sum();
    Span::new(place.start - hidden, place.end - hidden)
}

/// Removes invisible characters. Returns the place of the first and their number. The byte order mark at the start is
/// handled separately.
fn visible(text: String) -> (String, Option<(Span, usize)>) {
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let rest = text.get(start..).unwrap_or_default();
    let Some(first) = first_invisible(rest) else { return (text, None) };
    let mut kept = String::with_capacity(text.len());
    let (seen, unseen) = text.split_at_checked(start + first).unwrap_or((&text, ""));
    kept.push_str(seen);
    let at = kept.len();
    kept.extend(unseen.chars().filter(|c| !is_invisible(*c)));
    let count = unseen.chars().filter(|c| is_invisible(*c)).count();
    let end = kept.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |next| at + next.len_utf8());
    (kept, Some((Span::new(at, end), count)))
}

/// Finds the first invisible character of a text. Nearly every text has none, so this looks for first bytes of theirs.
fn first_invisible(text: &str) -> Option<usize> {
    let starts = |at: &usize| text.get(*at..).and_then(|rest| rest.chars().next()).is_some_and(is_invisible);
    let joiner = memchr::memchr2_iter(0xc2, 0xe2, text.as_bytes()).find(starts);
    let mark = memchr::memmem::find(text.as_bytes(), "\u{feff}".as_bytes());
    joiner.into_iter().chain(mark).min()
}

/// Replaces bytes that are not UTF-8. Returns their first place and their number.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(text: &str) -> (String, Vec<String>) {
        let mut diagnostics = Vec::new();
        let input = decode("x.md", text.as_bytes(), &mut diagnostics);
        let said = diagnostics.into_iter().map(|diagnostic| diagnostic.message.to_string());
        (input.source.text().to_owned(), said.collect())
    }

    #[test]
    fn characters_that_nobody_sees_are_left_out_and_named() {
        let (text, said) = decoded("I\u{200b}d\u{feff} is\u{ad} “it”\u{2060}，\u{202e}so\u{a0}on");
        assert_eq!(text, "Id is “it”，so\u{a0}on");
        assert_eq!(said, ["the page has 5 invisible characters"]);
    }

    #[test]
    fn a_byte_order_mark_at_the_start_is_another_matter() {
        assert_eq!(decoded("\u{feff}a").1, ["the page begins with a byte order mark"]);
    }

    proptest! {
        #[test]
        fn what_is_seen_stays_as_it_is(text in "[a，“\u{a0}\u{200b}\u{200d}\u{feff}\u{ad}é]{0,16}") {
            let (kept, _) = decoded(&format!("x{text}"));
            let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
            prop_assert_eq!(kept, format!("x{seen}"));
        }
    }
}
