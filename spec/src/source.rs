//! A page's text and positions in it. Every later stage refers to the page by [`Span`]s. Lines and columns are computed
//! only for messages to people.

use std::ops::Range;
use std::sync::OnceLock;

/// Bytes from one mark to the next. The marks make it cheap to look up a column on a huge line.
const MARK_EVERY: usize = 1024;

/// The character that some editors put at the start of a file.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Returns whether a character is invisible and has no meaning: zero-width white space, joiners, direction marks, soft
/// hyphens.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | BYTE_ORDER_MARK)
}

/// A range of bytes of a [`Source`], `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// Returns the span of `start..end`; an `end` before `start` is moved to `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Makes the empty span at `offset`.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Returns whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Returns the smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns whether every byte of `other` is in `self`.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the span moved `by` bytes towards the end.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start.saturating_add(by), end: self.end.saturating_add(by) }
    }

    /// Returns the span as a range of the standard library.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A line and a column as editors count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A named text with its line starts.
///
/// ```
/// use ccc_spec::source::{Position, Source, Span};
///
/// let source = Source::new("page.md", "# 标题\n正文 text\n");
/// let word = Span::new(16, 20);
/// assert_eq!(source.slice(word), "text");
/// assert_eq!(source.position(word.start), Position { line: 2, column: 4 });
/// ```
#[derive(Clone, Debug, Default)]
pub struct Source {
    name: String,
    text: String,
    /// Computed when a position is first requested. Most pages never need one.
    places: OnceLock<Places>,
}

/// Starts of lines, and marks for columns.
#[derive(Clone, Debug)]
struct Places {
    line_starts: Vec<usize>,
    /// Characters before every `MARK_EVERY`th byte.
    marks: Vec<usize>,
}

impl Places {
    fn new(text: &str) -> Self {
        let line_starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let mut marks = Vec::with_capacity(text.len() / MARK_EVERY + 1);
        let mut characters = 0;
        for stretch in text.as_bytes().chunks(MARK_EVERY) {
            marks.push(characters);
            characters += character_starts(stretch);
        }
        Self { line_starts, marks }
    }
}

impl Source {
    /// Makes a source with a name, which diagnostics show, and a text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), places: OnceLock::new() }
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::new(&self.text))
    }

    /// Returns the name diagnostics show.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the span of the whole text.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(0, self.text.len())
    }

    /// Returns the text of a span; empty if the span is not on character boundaries of this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns a span without the white space around it.
    #[must_use]
    pub fn trimmed(&self, span: Span) -> Span {
        let text = self.slice(span);
        let inner = trim_start(text);
        let start = span.start + (text.len() - inner.len());
        Span::new(start, start + trim_end(inner).len())
    }

    /// Number of lines; a text without a newline has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.places().line_starts.len()
    }

    /// Returns the line and column of an offset; an offset past the end counts as the end. A byte order mark has no
    /// column, because no editor shows one. Takes time independent of the length of the line.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.places().line_starts.partition_point(|&start| start <= offset);
        let start = self.line_start(line);
        let mark = usize::from(line == 1 && offset > 0 && self.text.starts_with(BYTE_ORDER_MARK));
        let characters = self.characters_before(offset).saturating_sub(self.characters_before(start));
        Position { line, column: characters.saturating_sub(mark) + 1 }
    }

    /// Returns the span of a line (from 1) without its line ending and without a byte order mark. For a line that does
    /// not exist, returns an empty span at the end.
    #[must_use]
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.line_start(line);
        let end = self.places().line_starts.get(line).map_or(self.text.len(), |next| next.saturating_sub(1));
        let text = self.text.get(start..end).unwrap_or_default();
        let mark =
            if start == 0 && text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        Span::new(start + mark, start + text.strip_suffix('\r').unwrap_or(text).len())
    }

    fn line_start(&self, line: usize) -> usize {
        self.places().line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    fn characters_before(&self, offset: usize) -> usize {
        let mark = offset / MARK_EVERY;
        let Some(before) = self.places().marks.get(mark) else {
            // Only the end of a text can lack a mark, if the length of the text is a multiple of `MARK_EVERY`.
            return self.places().marks.last().copied().unwrap_or(0)
                + self.count(self.places().marks.len().saturating_sub(1) * MARK_EVERY, offset);
        };
        before + self.count(mark * MARK_EVERY, offset)
    }

    fn count(&self, from: usize, to: usize) -> usize {
        character_starts(self.text.as_bytes().get(from..to).unwrap_or_default())
    }
}

/// Trims like [`str::trim`], but decodes only characters beyond ASCII. Nearly all white space is ASCII.
pub(crate) fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}

/// Trims like [`str::trim_start`], but decodes fewer characters.
pub(crate) fn trim_start(text: &str) -> &str {
    let rest = text.trim_ascii_start();
    match rest.as_bytes().first() {
        // Ideographs and all characters after them are not white space.
        None | Some(b'!'..=b'~' | 0xe4..) => rest,
        Some(_) => rest.trim_start(),
    }
}

/// Trims like [`str::trim_end`], but decodes fewer characters.
pub(crate) fn trim_end(text: &str) -> &str {
    let rest = text.trim_ascii_end();
    match rest.as_bytes().last() {
        None | Some(b'!'..=b'~') => rest,
        Some(_) => rest.trim_end(),
    }
}

/// Splits a text at line feeds.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    ends.map(move |end| {
        let line = text.get(start..end).unwrap_or_default();
        start = end + 1;
        line
    })
}

fn character_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_white_space_is_trimmed_and_nothing_else(text in "[ \\t\\n\\x0b\\x0c\\x1f\\u{85}\\u{a0}\\u{2003}\\u{200b}\\u{3000}\\u{feff}a号]{0,6}") {
            prop_assert_eq!(trim(&text), text.trim());
            prop_assert_eq!(trim_start(&text), text.trim_start());
            prop_assert_eq!(trim_end(&text), text.trim_end());
        }
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new("x", "a\n号码|值\n");
        assert_eq!(source.position(9), Position { line: 2, column: 4 });
    }

    #[test]
    fn a_carriage_return_belongs_to_the_line_ending() {
        let source = Source::new("x", "ab\r\ncd\r\n");
        assert_eq!(source.slice(source.line_span(1)), "ab");
        assert_eq!(source.slice(source.line_span(2)), "cd");
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let source = Source::new("x", "\u{feff}# a");
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
    }

    #[test]
    fn columns_of_a_huge_line_agree_with_counting() {
        let text = "号a".repeat(3000);
        let source = Source::new("x", text.clone());
        for (at, _) in text.char_indices().step_by(97) {
            assert_eq!(source.position(at).column, text.get(..at).unwrap().chars().count() + 1);
        }
        assert_eq!(source.position(text.len()).column, 6001);
    }

    #[test]
    fn the_end_of_a_text_of_whole_marks_has_a_column() {
        let source = Source::new("x", "a".repeat(MARK_EVERY * 2));
        assert_eq!(source.position(usize::MAX).column, MARK_EVERY * 2 + 1);
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let source = Source::new("x", "");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.line_span(1), Span::at(0));
    }
}
