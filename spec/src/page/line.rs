//! The lines of a page, each classified once.

use crate::source::{BYTE_ORDER_MARK, Source, Span, trim, trim_end, trim_start};

/// The block that a line, taken alone, could start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Only white space.
    Blank,
    /// `## …`
    Heading,
    /// A heading that is underlined by `===` or `---` on the next line.
    Underlined,
    /// A code fence.
    Fence,
    /// A line of a table.
    Pipe,
    /// A list item.
    Item,
    /// Four spaces or a tab, then text.
    Indented,
    /// Anything else.
    Text,
}

struct Line {
    /// Offset of the first byte.
    start: usize,
    /// Without a byte order mark and the line ending.
    text: Span,
    /// Offset of the next line.
    next: usize,
    kind: Kind,
}

/// Typical number of bytes in a line, to reserve memory.
const USUAL_LENGTH: usize = 32;

/// Typical number of bytes from one heading or fence to the next, to reserve memory.
const USUAL_DISTANCE: usize = 256;

/// A page's lines.
pub(super) struct Lines<'a> {
    source: &'a Source,
    lines: Vec<Line>,
    /// Indices of headings and fences. No table continues across one.
    barriers: Vec<usize>,
    /// Indices of headings of level 2 and deeper. No code block continues across one.
    sections: Vec<usize>,
    /// Indices of lines that separate a table's header from its rows.
    delimiters: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let mut this = Self {
            source,
            lines: Vec::with_capacity(source.text().len() / USUAL_LENGTH),
            barriers: Vec::with_capacity(source.text().len() / USUAL_DISTANCE),
            sections: Vec::with_capacity(source.text().len() / USUAL_DISTANCE),
            delimiters: Vec::new(),
        };
        let mut start = 0;
        let text = source.text();
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain([text.len()]);
        for next in ends.filter(|end| *end > 0) {
            let Some(line) = text.get(start..next).filter(|line| !line.is_empty()) else { continue };
            let ended = without_ending(line);
            let body = without_mark(ended);
            let kind = kind_of(body);
            let index = this.lines.len();
            match kind {
                Kind::Heading => {
                    this.barriers.push(index);
                    if body.starts_with("##") {
                        this.sections.push(index);
                    }
                }
                Kind::Fence => this.barriers.push(index),
                Kind::Pipe if is_delimiter(body) => this.delimiters.push(index),
                _ => {}
            }
            let end = start + ended.len();
            this.lines.push(Line { start, text: Span::new(end - body.len(), end), next, kind });
            start = next;
            if kind == Kind::Text && body.starts_with(['=', '-']) && underline(body).is_some() {
                this.underline_last();
            }
        }
        this
    }

    /// Makes the second-to-last line a heading, if it is a paragraph of one line.
    fn underline_last(&mut self) {
        let Some(title) = self.lines.len().checked_sub(2) else { return };
        let before = title.checked_sub(1).and_then(|before| self.kind(before));
        if self.kind(title) != Some(Kind::Text) || before.is_some_and(|kind| kind != Kind::Blank) {
            return;
        }
        if let Some(line) = self.lines.get_mut(title) {
            line.kind = Kind::Underlined;
            self.barriers.push(title);
            self.sections.push(title);
        }
    }

    /// Returns the level of an underlined heading.
    pub(super) fn underlined_level(&self, index: usize) -> usize {
        underline(self.text(index + 1)).unwrap_or(1)
    }

    /// Returns the number of lines.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns the kind of a line; `None` after the last line.
    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.lines.get(index).map(|line| line.kind)
    }

    /// Returns a line's text without its ending and without a byte order mark.
    pub(super) fn text(&self, index: usize) -> &'a str {
        self.source.slice(self.text_span(index))
    }

    /// Returns the place of a line's text.
    pub(super) fn text_span(&self, index: usize) -> Span {
        self.lines.get(index).map(|line| line.text).unwrap_or_default()
    }

    /// Returns the offset of a line's first byte; after the last line, the end of the page.
    pub(super) fn start(&self, index: usize) -> usize {
        self.lines.get(index).map_or(self.source.text().len(), |line| line.start)
    }

    /// Returns the span of the lines `from..to` with their endings.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let end = self.lines.get(to.saturating_sub(1)).map_or(self.source.text().len(), |line| line.next);
        Span::new(self.start(from), end)
    }

    /// Returns the span of the lines `from..to` without the last one's ending.
    pub(super) fn content(&self, from: usize, to: usize) -> Span {
        let start = self.start(from);
        let last = to.checked_sub(1).filter(|&last| last >= from).and_then(|last| self.lines.get(last));
        Span::new(start, last.map_or(start, |line| line.text.end))
    }

    /// Returns the first line from `index` on that is a heading or a fence; the number of lines if there is none.
    pub(super) fn next_barrier(&self, index: usize) -> usize {
        first_from(&self.barriers, index).unwrap_or(self.lines.len())
    }

    /// Returns the first line from `index` on that is a heading below the title.
    pub(super) fn next_section(&self, index: usize) -> usize {
        first_from(&self.sections, index).unwrap_or(self.lines.len())
    }

    /// Returns the first line from `index` on that ends a table's header.
    pub(super) fn next_delimiter(&self, index: usize) -> Option<usize> {
        first_from(&self.delimiters, index)
    }

    pub(super) fn source(&self) -> &'a Source {
        self.source
    }
}

fn first_from(sorted: &[usize], index: usize) -> Option<usize> {
    sorted.get(sorted.partition_point(|&at| at < index)).copied()
}

fn without_mark(line: &str) -> &str {
    if line.starts_with(BYTE_ORDER_MARK) { line.trim_start_matches(BYTE_ORDER_MARK) } else { line }
}

/// Returns a line without the line feed and carriage returns at its end.
fn without_ending(line: &str) -> &str {
    let ending = line.bytes().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    line.get(..line.len() - ending).unwrap_or_default()
}

fn kind_of(line: &str) -> Kind {
    // The first byte decides the kind of most lines.
    match line.as_bytes().first() {
        None => return Kind::Blank,
        Some(b'|') => return Kind::Pipe,
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'<' | b'>' | b'{' | b'}' | b'"' | b'[' | b']' | b'\\') => {
            return Kind::Text;
        }
        // Ideographs.
        Some(0xe4..=0xe9) => return Kind::Text,
        Some(_) => {}
    }
    let text = trim_start(line);
    let indent = line.len() - text.len();
    match text.as_bytes().first() {
        None => Kind::Blank,
        Some(b'#') if indent < 4 && is_heading(text) => Kind::Heading,
        Some(b'|') => Kind::Pipe,
        Some(b'`') if text.starts_with("```") && !text.trim_start_matches('`').contains('`') => Kind::Fence,
        Some(b'~') if text.starts_with("~~~") => Kind::Fence,
        Some(_) if is_item(text) => Kind::Item,
        Some(_) if line.starts_with('\t') || line.starts_with("    ") => Kind::Indented,
        Some(_) => Kind::Text,
    }
}

/// Returns whether a text is `# x` to `###### x`.
fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    text.len() - rest.len() <= 6 && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Returns the level of the heading above a line of `===` or `---`.
fn underline(line: &str) -> Option<usize> {
    let line = line.trim_end();
    match line.as_bytes() {
        [b'=', b'=', rest @ ..] if rest.iter().all(|&byte| byte == b'=') => Some(1),
        [b'-', b'-', rest @ ..] if rest.iter().all(|&byte| byte == b'-') => Some(2),
        _ => None,
    }
}

/// Returns whether a text is `- x`, `* x`, `+ x`, `1. x` or `1) x`.
fn is_item(text: &str) -> bool {
    let rest = match text.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None => {
            let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
            if digits.len() == text.len() {
                return false;
            }
            match digits.strip_prefix(['.', ')']) {
                Some(rest) => rest,
                None => return false,
            }
        }
    };
    rest.starts_with([' ', '\t'])
}

/// Returns whether a line is like `|--|:-:|`: only dashes, colons, pipes and white space, with a dash in every cell.
fn is_delimiter(line: &str) -> bool {
    let Some(cells) = trim_start(line).strip_prefix('|') else { return false };
    if !trim_start(cells).starts_with(['-', ':']) {
        return false;
    }
    let cells = trim_end(cells);
    let cells = cells.strip_suffix('|').unwrap_or(cells);
    cells.split('|').all(|cell| {
        let cell = trim(cell);
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delimiter_has_a_dash_in_every_cell() {
        assert!(is_delimiter("|--|:-:| ---|"));
        assert!(!is_delimiter("|--||"));
        assert!(!is_delimiter("|--|x|"));
    }

    #[test]
    fn inline_code_of_three_backticks_is_no_fence() {
        assert_eq!(kind_of("```a``` b"), Kind::Text);
    }

    #[test]
    fn a_number_alone_is_no_item() {
        assert_eq!(kind_of("1.5 seconds"), Kind::Text);
        assert_eq!(kind_of("1. seconds"), Kind::Item);
    }
}
