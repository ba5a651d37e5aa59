//! Rows on a line each, with something between their cells.

use super::super::column::{Column, Columns};
use super::super::form;
use super::cells;
use super::header::Header;
use crate::page::Table;
use crate::source::{Source, Span};

/// Reads the table below such a header, if every line below is a row of it.
pub(super) fn table(header: &Header, body: &[Span], source: &Source) -> Option<Table> {
    header.separator?;
    let first = header.cells.first()?.to(*header.cells.last()?);
    let mut table = Table::with_header(first, header.cells.iter().copied());
    let columns = Columns::new(header.columns.iter().copied());
    for line in body {
        let cells = cells(*line, header.separator, source);
        if cells.iter().all(|cell| is_rule(source.slice(*cell))) {
            continue;
        }
        if cells.len() > header.cells.len() {
            return None;
        }
        table.push(source.trimmed(*line), cells);
        let row = table.rows.last()?;
        let text = |column| source.plain_line(columns.cell(&table, row, column));
        let is_row = match () {
            () if columns.has(Column::Type) => form::is_type(&text(Column::Type)),
            () if columns.has(Column::ErrorCode) => form::is_error_code(&text(Column::ErrorCode)),
            () => form::is_name(&text(Column::Name)),
        };
        if !is_row {
            return None;
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

/// Returns whether a cell belongs to a row of dashes below a header, or is empty.
fn is_rule(cell: &str) -> bool {
    cell.chars().all(|c| matches!(c, '-' | ':' | '－' | '—' | '：' | '─' | ' '))
}
