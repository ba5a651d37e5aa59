//! Tables whose cells may hold empty lines, lists and fences.
//!
//! A row begins at a line that begins with `|` and ends at the line whose last unescaped `|` completes
//! the number of columns. That also reads the layout with a line per cell:
//!
//! ```text
//! |Code
//!
//! |Meaning
//!
//! |
//! |----|-------|
//! ```
//!
//! A row that is never completed would swallow the rows after it. So a row ends as soon as a line looks like a row of
//! its own.

use std::ops::Range;

use super::line::{Kind, Lines};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, trim, trim_end};

/// Typical numbers of rows and columns in a table, to reserve memory.
const USUAL_ROWS: usize = 16;
const USUAL_COLUMNS: usize = 5;

/// Fewest pipes that make a line a row of its own and not part of a cell: two cells and their borders.
const ROW_PIPES: usize = 3;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The row above the dashes.
    pub header: TableRow,
    /// The rows below.
    pub rows: Vec<TableRow>,
    /// The cells of all rows, one after the other.
    cells: Vec<Cell>,
}

impl Table {
    /// Makes a table that is not written with pipes, from its header. A row's span contains its cells.
    pub(crate) fn with_header(span: Span, cells: impl IntoIterator<Item = Span>) -> Self {
        let cells: Vec<_> = cells.into_iter().map(|span| Cell { span }).collect();
        let header = TableRow { span, cells: 0..cells.len() };
        Self { header, rows: Vec::new(), cells }
    }

    /// Adds a row below the others; cells beyond the header's are left out.
    pub(crate) fn push(&mut self, span: Span, cells: impl IntoIterator<Item = Span>) {
        let first = self.cells.len();
        let columns = self.header.cells.len();
        self.cells.extend(cells.into_iter().take(columns).map(|span| Cell { span }));
        self.rows.push(TableRow { span, cells: first..self.cells.len() });
    }

    /// Returns the spans of a row's cells.
    pub(crate) fn spans<'t>(&'t self, row: &TableRow) -> impl Iterator<Item = Span> + 't {
        self.cells(row).iter().map(|cell| cell.span)
    }

    /// Returns the cells of one of its rows; a torn row has fewer than the header, no row has more.
    #[must_use]
    pub fn cells(&self, row: &TableRow) -> &[Cell] {
        self.cells.get(row.cells.clone()).unwrap_or_default()
    }
}

/// A row. [`Table::cells`] returns its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Span from its first `|` to its last.
    pub span: Span,
    /// The range of its cells among those of the table.
    cells: Range<usize>,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its content, without the white space around it.
    pub span: Span,
}

/// The result of [`read`].
pub(super) struct Read {
    /// The table; `None` if the lines are no table after all.
    pub(super) table: Option<Table>,
    /// The line after it.
    pub(super) end: usize,
}

/// Reads the table that starts at a line that begins with `|`.
pub(super) fn read(lines: &Lines<'_>, start: usize, diagnostics: &mut Vec<Diagnostic>) -> Read {
    let delimiter = lines.next_delimiter(start).filter(|&at| at < lines.next_barrier(start));
    let Some(delimiter) = delimiter else {
        return without_dashes(lines, start, diagnostics);
    };
    let mut pipes = Vec::with_capacity(2 * USUAL_COLUMNS);
    add_pipes(lines, delimiter, &mut pipes);
    let columns = cell_count(&pipes);
    pipes.clear();
    (start..delimiter).for_each(|at| add_pipes(lines, at, &mut pipes));
    let columns_of_header = cell_count(&pipes);
    if columns_of_header != columns && delimiter > start + 1 {
        let mut above = Vec::new();
        add_pipes(lines, delimiter - 1, &mut above);
        if lines.kind(delimiter - 1) == Some(Kind::Pipe) && cell_count(&above) == columns {
            // The header is the line above the dashes; the lines before it are something else.
            let _ = no_table(lines, start, diagnostics);
            return Read { table: None, end: delimiter - 1 };
        }
    }
    if columns_of_header == 0 {
        return Read { table: None, end: no_table(lines, start, diagnostics) };
    }
    if columns_of_header != columns {
        let span = lines.content(delimiter, delimiter + 1);
        diagnostics.push(
            Diagnostic::new(
                Code::ColumnCount,
                span,
                format!("the header has {columns_of_header} columns, the line below it {columns}"),
            )
            .with_help("the header's columns were taken"),
        );
    }
    let mut cells = Vec::with_capacity(USUAL_ROWS * columns_of_header.min(USUAL_COLUMNS));
    let header = row(lines, &pipes, lines.content(start, delimiter), columns_of_header, true, &mut cells);
    with_body(lines, header, cells, delimiter + 1, &mut pipes, diagnostics)
}

/// Reads the rows below a header. `cells` starts with the header's cells; `pipes` is a buffer to reuse.
fn with_body(
    lines: &Lines<'_>,
    header: TableRow,
    mut cells: Vec<Cell>,
    start: usize,
    pipes: &mut Vec<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Read {
    let columns = header.cells.len();
    let mut rows = Vec::with_capacity(USUAL_ROWS);
    let mut at = start;
    while lines.kind(at) == Some(Kind::Pipe) {
        let open = OpenRow::read(lines, at, columns, pipes);
        at = open.end;
        rows.push(open.close(lines, columns, &mut cells, diagnostics));
    }
    Read { table: Some(Table { header, rows, cells }), end: at }
}

/// Reads lines that begin with `|`, without a line of dashes. If the first two have the same number of cells, the lines
/// are a table and the first is its header.
fn without_dashes(lines: &Lines<'_>, start: usize, diagnostics: &mut Vec<Diagnostic>) -> Read {
    let (mut pipes, mut below) = (Vec::new(), Vec::new());
    let next = start + 1;
    add_pipes(lines, start, &mut pipes);
    if lines.kind(next) == Some(Kind::Pipe) {
        add_pipes(lines, next, &mut below);
    }
    let columns = cell_count(&pipes);
    if pipes.len() < ROW_PIPES || cell_count(&below) != columns {
        return Read { table: None, end: no_table(lines, start, diagnostics) };
    }
    let span = lines.content(start, next);
    diagnostics.push(headless(span, "this was taken as its header"));
    let mut cells = Vec::new();
    let header = row(lines, &pipes, span, columns, true, &mut cells);
    with_body(lines, header, cells, next, &mut pipes, diagnostics)
}

/// Reports lines that begin with `|` and are not a table. Returns the first line after them.
fn no_table(lines: &Lines<'_>, start: usize, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let mut end = start + 1;
    while lines.kind(end) == Some(Kind::Pipe) {
        end += 1;
    }
    let span = lines.content(start, end);
    diagnostics.push(headless(span, "this was read as text"));
    end
}

fn headless(span: Span, read_as: &'static str) -> Diagnostic {
    Diagnostic::new(Code::TableWithoutHeader, span, "a table without a line of dashes below its header")
        .with_label(span, read_as)
        .with_help("a table needs a line such as `|---|---|` between its header and its rows")
}

/// A row while it is read.
struct OpenRow<'b> {
    start: usize,
    /// The line after it.
    end: usize,
    /// Its pipes, in a buffer that the rows of a table share.
    pipes: &'b mut Vec<usize>,
    complete: bool,
}

impl<'b> OpenRow<'b> {
    fn read(lines: &Lines<'_>, start: usize, columns: usize, pipes: &'b mut Vec<usize>) -> Self {
        pipes.clear();
        let mut this = Self { start, end: start, pipes, complete: false };
        let mut first_line = 0;
        let mut in_fence = false;
        while let Some(kind) = lines.kind(this.end) {
            let is_first = this.end == start;
            let before = this.pipes.len();
            if !in_fence || kind == Kind::Fence {
                add_pipes(lines, this.end, this.pipes);
            }
            let own = this.pipes.len() - before;
            let begins_row = kind == Kind::Pipe && own >= ROW_PIPES && first_line >= ROW_PIPES;
            let after_end = kind == Kind::Pipe && this.ends_alone(lines);
            // Inside a fence `# x` is a comment; a section's heading ends even a fence left open.
            let heading =
                kind == Kind::Heading && (!in_fence || lines.text(this.end).trim_start().starts_with("##"));
            if !is_first && (heading || begins_row || after_end) {
                this.pipes.truncate(before);
                break;
            }
            if is_first {
                first_line = own;
            }
            let text = trim_end(lines.text(this.end));
            // A fence that a cell holds may be closed on the line that ends the row: "``` |".
            in_fence ^= kind == Kind::Fence || (in_fence && closes_fence_and_row(text));
            let last = lines.text_span(this.end).start + text.len();
            this.end += 1;
            if this.pipes.len() > columns && this.pipes.last().is_some_and(|&pipe| pipe + 1 == last) {
                this.complete = true;
                break;
            }
        }
        this
    }

    /// Returns whether the line read last is a `|` alone, which ends a row in the layout with a line per cell.
    fn ends_alone(&self, lines: &Lines<'_>) -> bool {
        self.end > self.start + 1 && trim(lines.text(self.end - 1)) == "|"
    }

    fn close(
        self,
        lines: &Lines<'_>,
        columns: usize,
        cells: &mut Vec<Cell>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> TableRow {
        let end = self.end.max(self.start + 1);
        let span = lines.source().trimmed(lines.content(self.start, end));
        let row = row(lines, self.pipes, span, columns, self.complete, cells);
        if !self.complete {
            let found = row.cells.len();
            let message = if found == 1 {
                format!("a row has 1 cell where its table has {columns} columns")
            } else if found < columns {
                format!("a row has {found} cells where its table has {columns} columns")
            } else {
                "a row does not end with `|`".to_owned()
            };
            diagnostics.push(
                Diagnostic::new(Code::TornRow, row.span, message)
                    .with_help("the cells that are there were read, the others taken as empty"),
            );
        } else if self.pipes.len() > columns + 1
            && let Some((&pipe, text)) = self
                .pipes
                .get(columns)
                .zip(cells.get(row.cells.clone()).and_then(<[_]>::last).map(|cell| cell.span))
            && text.end > pipe
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::ExtraPipe,
                    Span::new(pipe, pipe + 1),
                    "a row has more `|` than columns",
                )
                .with_label(Span::new(pipe, pipe + 1), "read as part of the last cell")
                .with_help("write `\\|` for a pipe inside a cell"),
            );
        }
        row
    }
}

/// Returns whether a line closes a fence and the row that holds it.
fn closes_fence_and_row(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("```") && text.trim_start_matches('`').trim() == "|"
}

/// Cuts a row at its pipes and adds its cells. Pipes beyond the last column belong to the last cell's text.
fn row(
    lines: &Lines<'_>,
    pipes: &[usize],
    span: Span,
    columns: usize,
    complete: bool,
    cells: &mut Vec<Cell>,
) -> TableRow {
    let first = cells.len();
    for (index, &pipe) in pipes.iter().enumerate().take(columns) {
        let is_last = index + 1 == columns;
        let next = if is_last && complete { pipes.last() } else { pipes.get(index + 1) };
        let end = match next {
            Some(&next) if next > pipe => next,
            _ if complete => pipe,
            _ => span.end,
        };
        let cell = lines.source().trimmed(Span::new((pipe + 1).min(end), end));
        // The last pipe of a torn row is followed by a cell only if there is text after it.
        if next.is_some() || !cell.is_empty() {
            cells.push(Cell { span: without_empty_ends(lines, cell) });
        }
    }
    TableRow { span, cells: first..cells.len() }
}

/// Removes ` | |` from the end of a cell: empty cells beyond the last column.
fn without_empty_ends(lines: &Lines<'_>, span: Span) -> Span {
    let text = lines.source().slice(span);
    let mut kept = text;
    while let Some(rest) = kept.strip_suffix('|') {
        if rest.ends_with('\\') {
            break;
        }
        kept = rest.trim_end();
    }
    Span::new(span.start, span.start + kept.len())
}

/// Adds the offsets of a line's unescaped pipes.
fn add_pipes(lines: &Lines<'_>, index: usize, found: &mut Vec<usize>) {
    let Span { start, .. } = lines.text_span(index);
    let text = lines.text(index).as_bytes();
    let mut escaped = None;
    for at in memchr::memchr2_iter(b'|', b'\\', text) {
        if escaped == Some(at) {
            continue;
        }
        match text.get(at) {
            Some(b'|') => found.push(start + at),
            _ => escaped = Some(at + 1),
        }
    }
}

fn cell_count(pipes: &[usize]) -> usize {
    pipes.len().saturating_sub(1)
}
