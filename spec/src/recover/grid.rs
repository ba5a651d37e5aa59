//! Grids: tables with understood columns, even if copying damaged their headers.

use std::borrow::Cow;

use super::column::Columns;
use super::details;
use crate::page::{Block, Table, TableRow};
use crate::source::Source;

/// A table with the content of its columns.
#[derive(Clone, Debug)]
pub(super) struct Grid<'t> {
    pub(super) table: Cow<'t, Table>,
    pub(super) columns: Columns,
    /// The blocks between the table before and this one, which may say what its rows are about.
    pub(super) above: &'t [Block<'t>],
}

/// Rows that may stand above the real header.
const ROWS_ABOVE: usize = 2;

impl<'t> Grid<'t> {
    /// Reads the columns of a table. A blank header, or a placeholder, is replaced by a header in the rows below. A
    /// repeated header counts once. A cell with all details of a parameter is divided.
    pub(super) fn new(table: &'t Table, source: &Source) -> Self {
        let columns = Columns::from_header(table, source);
        let mut grid = Self { table: Cow::Borrowed(table), columns, above: &[] };
        if !grid.is_known() {
            let below = table.rows.iter().take(ROWS_ABOVE).zip(1..);
            let below = below.map(|(header, at)| Self::below(table, header, at, source));
            if let Some(found) = below.into_iter().find(Self::is_known) {
                grid = found;
            }
        }
        grid.drop_repeated(source);
        if grid.columns.are_details() {
            let table = details::taken_apart(&grid.table, &grid.columns, source);
            return Self { table: Cow::Owned(table), columns: Columns::new(details::COLUMNS), above: &[] };
        }
        grid
    }

    /// Reads the table with one of its rows as the header; the rows above are not read.
    fn below(table: &Table, header: &TableRow, at: usize, source: &Source) -> Self {
        let mut below = Table::with_header(header.span, table.spans(header));
        for row in table.rows.iter().skip(at) {
            below.push(row.span, table.spans(row));
        }
        let columns = Columns::from_header(&below, source);
        Self { table: Cow::Owned(below), columns, above: &[] }
    }

    fn is_known(&self) -> bool {
        self.columns.are_fields() || self.columns.are_errors() || self.columns.are_details()
    }

    /// Removes the rows that repeat the header.
    fn drop_repeated(&mut self, source: &Source) {
        let words = |row: &TableRow| -> Vec<_> {
            self.table.spans(row).map(|span| source.plain_line(span)).collect()
        };
        let first = |row: &TableRow| {
            self.table.spans(row).next().map(|span| source.slice(span).trim_matches('*')).unwrap_or_default()
        };
        let name = first(&self.table.header);
        // The first cell of nearly every row shows that it is no header.
        let mut alike = self.table.rows.iter().filter(|row| first(row) == name).peekable();
        if name.is_empty() || alike.peek().is_none() {
            return;
        }
        let header = words(&self.table.header);
        if !alike.any(|row| words(row) == header) {
            return;
        }
        let mut once = Table::with_header(self.table.header.span, self.table.spans(&self.table.header));
        for row in self.table.rows.iter().filter(|row| first(row) != name || words(row) != header) {
            once.push(row.span, self.table.spans(row));
        }
        self.table = Cow::Owned(once);
    }
}
