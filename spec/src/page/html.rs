//! Tables that are written in HTML, as on pages that were copied from a browser or saved by another program.
//!
//! Cells end where a browser ends them: end tags may be missing, any attributes are accepted, and a `<` that does not
//! begin a tag is text. A cell that spans rows is repeated in each of them.

use std::ops::Range;

use super::line::Lines;
use super::table::Table;
use crate::source::Span;

/// A table and the line after it.
pub(super) struct Read {
    /// The table; `None` if it has no rows.
    pub(super) table: Option<Table>,
    pub(super) end: usize,
}

/// Reads the table that begins on a line, with only other tags before it. A table that is not closed ends before the
/// next heading. Returns `None` if no table begins on the line.
pub(super) fn table(lines: &Lines<'_>, start: usize) -> Option<Read> {
    let first = lines.text_span(start);
    let source = lines.source();
    let opening = opening(source.slice(first)).map(|opening| first.start + opening.start)?;
    let limit = lines.start(lines.next_section(start + 1));
    let mut reader = Reader::default();
    let text = source.slice(Span::new(opening, limit));
    let mut tags = Tags { text, at: 0 };
    let closing = tags.find(|tag| reader.tag(tag, text).is_none()).map(|tag| tag.range);
    let closing = closing.unwrap_or(text.len()..text.len());
    reader.end_row(closing.start);
    let rows = reader.rows;
    let span_of = |range: &Range<usize>| Span::from(range.clone()).shifted(opening);
    let cell_of = |range: &Range<usize>| {
        let unwrapped = unwrapped(text.get(range.clone()).unwrap_or_default());
        source.trimmed(Span::from(unwrapped).shifted(opening + range.start))
    };
    let mut rows = rows.iter().map(|row| (span_of(&row.span), row.cells.iter().map(cell_of)));
    let table = rows.next().map(|(span, header)| {
        let mut table = Table::with_header(span, header);
        rows.for_each(|(span, cells)| table.push(span, cells));
        table
    });
    // A line belongs to one block, so text after the table on its last line belongs to the table's block.
    let end = (start + 1..lines.len()).find(|&line| lines.start(line) >= opening + closing.end);
    Some(Read { table, end: end.unwrap_or(lines.len()) })
}

/// Returns the tag that opens a table, if only tags stand before it.
fn opening(line: &str) -> Option<Range<usize>> {
    let mut behind = 0;
    for tag in (Tags { text: line, at: 0 }) {
        if !line.get(behind..tag.range.start)?.trim().is_empty() {
            return None;
        }
        if tag.is("table") && !tag.is_end {
            return Some(tag.range);
        }
        behind = tag.range.end;
    }
    None
}

/// Rows and columns that a cell may span. The pages' tables are smaller; the limit makes an absurd number harmless.
const MAX_SPAN: usize = 64;

/// A row; places are offsets in the text of the table.
struct Row {
    span: Range<usize>,
    cells: Vec<Range<usize>>,
}

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
    /// Tables that are open.
    depth: usize,
    /// The row that is open.
    row: Option<Row>,
    /// The cell that is open, and how many columns and rows it spans.
    cell: Option<(usize, usize, usize)>,
    /// The cells of earlier rows that reach into the next ones, by column, each with the number of rows left.
    spanning: Vec<Option<(Range<usize>, usize)>>,
}

impl Reader {
    /// Reads a tag; `None` if it ends the table.
    fn tag(&mut self, tag: &Tag<'_>, text: &str) -> Option<()> {
        match (self.depth, tag.is_end) {
            _ if tag.is("table") => {
                if tag.is_end {
                    self.depth = self.depth.checked_sub(1).filter(|depth| *depth > 0)?;
                } else {
                    self.depth += 1;
                }
            }
            (1, false) if tag.is("tr") => {
                self.end_row(tag.range.start);
                self.row = Some(Row { span: tag.range.clone(), cells: Vec::new() });
            }
            (1, true) if tag.is("tr") => self.end_row(tag.range.start),
            (1, false) if tag.is("td") || tag.is("th") => {
                self.end_cell(tag.range.start);
                // If a row's tag is missing, its first cell begins it.
                self.row.get_or_insert_with(|| Row { span: tag.range.clone(), cells: Vec::new() });
                let tag_text = text.get(tag.range.clone()).unwrap_or_default();
                let spans = |name| number(tag_text, name).unwrap_or(1).clamp(1, MAX_SPAN);
                self.cell = Some((tag.range.end, spans("colspan"), spans("rowspan")));
            }
            (1, true) if tag.is("td") || tag.is("th") => self.end_cell(tag.range.start),
            _ => {}
        }
        Some(())
    }

    fn end_cell(&mut self, end: usize) {
        let Some((start, columns, rows)) = self.cell.take() else { return };
        self.take_spanning();
        let Some(row) = &mut self.row else { return };
        for column in 0..columns {
            // If a cell spans several columns, the first has its text.
            let cell = if column == 0 { start..end } else { end..end };
            if rows > 1 {
                let at = row.cells.len();
                self.spanning.resize(self.spanning.len().max(at + 1), None);
                if let Some(spanning) = self.spanning.get_mut(at) {
                    *spanning = Some((cell.clone(), rows - 1));
                }
            }
            row.cells.push(cell);
        }
    }

    /// Adds the cells of rows above that reach into the next columns.
    fn take_spanning(&mut self) {
        let Some(row) = &mut self.row else { return };
        while let Some(spanning) = self.spanning.get_mut(row.cells.len())
            && let Some((cell, rows)) = spanning
        {
            row.cells.push(cell.clone());
            *rows -= 1;
            if *rows == 0 {
                *spanning = None;
            }
        }
    }

    fn end_row(&mut self, end: usize) {
        self.end_cell(end);
        self.take_spanning();
        if let Some(row) = self.row.take().filter(|row| !row.cells.is_empty()) {
            self.rows.push(Row { span: row.span.start..end.max(row.span.start), ..row });
        }
    }
}

/// A tag and where it stands.
struct Tag<'a> {
    name: &'a str,
    is_end: bool,
    range: Range<usize>,
}

impl Tag<'_> {
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The tags of a text. A `<` without a letter right after it, or without a `>`, does not begin a tag.
struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let rest = self.text.get(self.at..)?;
            let start = self.at + memchr::memchr(b'<', rest.as_bytes())?;
            let inner = self.text.get(start + 1..)?;
            let name = inner.strip_prefix('/').unwrap_or(inner);
            let is_end = name.len() < inner.len();
            let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
            // Attributes in tables contain no `>`, and a tag ends before the next one begins.
            let end = memchr::memchr2(b'<', b'>', inner.as_bytes()).map(|at| start + 1 + at);
            self.at = end.unwrap_or(self.text.len());
            if let Some(end) = end.filter(|&end| self.text.as_bytes().get(end) == Some(&b'>'))
                && name.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                self.at = end + 1;
                return Some(Tag { name: name.get(..length)?, is_end, range: start..end + 1 });
            }
        }
    }
}

/// Returns the number that an attribute states: `rowspan="2"`, `rowspan=2`.
fn number(tag: &str, attribute: &str) -> Option<usize> {
    let lower = tag.to_ascii_lowercase();
    let (_, value) = lower.split_once(attribute)?;
    let value = value.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    value.get(..digits)?.parse().ok()
}

/// Nested elements around a cell; deeper ones are read as the cell's text.
const MAX_WRAPPERS: usize = 8;

/// Elements for the look of text, or for a paragraph.
const WRAPPERS: &[&str] = &[
    "p", "div", "span", "b", "strong", "i", "em", "code", "tt", "font", "a", "u", "small", "pre", "section",
];

/// Returns the range of a cell's text, without the elements that enclose all of it.
fn unwrapped(cell: &str) -> Range<usize> {
    let mut range = 0..cell.len();
    for _ in 0..MAX_WRAPPERS {
        let text = cell.get(range.clone()).unwrap_or_default();
        let start = range.start + (text.len() - text.trim_start().len());
        let end = range.end - (text.len() - text.trim_end().len());
        let inner = start..end.max(start);
        let text = cell.get(inner.clone()).unwrap_or_default();
        let mut tags = Tags { text, at: 0 };
        let is_wrapper = |tag: &Tag<'_>| WRAPPERS.iter().any(|wrapper| tag.is(wrapper));
        let Some(first) = tags.next().filter(|tag| tag.range.start == 0 && !tag.is_end && is_wrapper(tag))
        else {
            return inner;
        };
        // The element must be closed at the end of the cell and not before.
        let mut depth = 1_usize;
        let mut closing = None;
        for tag in tags.filter(|tag| tag.is(first.name)) {
            depth = if tag.is_end { depth.saturating_sub(1) } else { depth + 1 };
            if depth == 0 {
                closing = Some(tag.range);
                break;
            }
        }
        match closing {
            Some(closing) if closing.end == text.len() => {
                range = inner.start + first.range.end..inner.start + closing.start;
            }
            _ => return inner,
        }
    }
    range
}

#[cfg(test)]
mod tests {

    use crate::page::{self, BlockKind};
    use crate::source::Source;

    /// Returns the cells of the first block, which is a table, row by row.
    fn cells(text: &str) -> Vec<String> {
        let source = Source::new("page.md", text);
        let (page, diagnostics) = page::read(&source);
        assert_eq!(diagnostics, []);
        let Some(BlockKind::Table(table)) = page.blocks.first().map(|block| &block.kind) else {
            panic!("not a table: {page:?}")
        };
        let rows = std::iter::once(&table.header).chain(&table.rows);
        let row = |row| table.spans(row).map(|span| source.slice(span)).collect::<Vec<_>>().join("|");
        rows.map(row).collect()
    }

    #[test]
    fn cells_are_read_whatever_lines_and_attributes_are() {
        let text = "<table class=\"x\"><thead>\n<tr>\n<th>Name</th><th width='9'>Type</th>\n\n</tr></thead>\n\
                    <tbody><tr><td><p><code>Id</code></p></td>\n<td>\n\nstring\n</td></tr></tbody></table>\n";
        assert_eq!(cells(text), ["Name|Type", "Id|string"]);
    }

    #[test]
    fn end_tags_may_be_missing() {
        assert_eq!(cells("<TABLE><TR><TH>A<TH>B<TR><TD>1<TD>a < b</TABLE>"), ["A|B", "1|a < b"]);
        assert_eq!(cells("<table><tr><td>A</td><td>B\n\n## Next"), ["A|B"]);
    }

    #[test]
    fn a_cell_across_rows_stands_in_each() {
        let text = "<div><table><tr><th>S</th><th>C</th></tr><tr><td rowspan=\"2\">400</td><td>A</td></tr>\
                    <tr><td>B</td></tr><tr><td>404</td><td>C</td></tr></table></div>";
        assert_eq!(cells(text), ["S|C", "400|A", "400|B", "404|C"]);
    }

    #[test]
    fn a_cell_across_columns_has_its_text_in_the_first() {
        let text = "<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>x</td></tr></table>";
        assert_eq!(cells(text), ["A|B", "x|"]);
    }

    #[test]
    fn a_table_inside_a_cell_is_part_of_it() {
        let text = "<table><tr><td>A<table><tr><td>1</td></tr></table></td><td>B</td></tr></table>";
        assert_eq!(cells(text), ["A<table><tr><td>1</td></tr></table>|B"]);
    }

    #[test]
    fn only_what_holds_the_whole_cell_is_taken_off() {
        let text = "<table><tr><td><p>a</p><p>b</p></td><td><b> c </b></td></tr></table>";
        assert_eq!(cells(text), ["<p>a</p><p>b</p>|c"]);
    }
}
