//! The table of error codes.

use super::column::{Column, Columns};
use super::table::without_notes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ErrorCode;
use crate::page::Table;
use crate::source::Source;

/// Reads the rows of a table of errors.
pub(super) fn rows(
    table: &Table,
    columns: &Columns,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ErrorCode> {
    columns.report_unknown(table, source, diagnostics);
    let mut errors = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let text = |column| source.plain_line(columns.cell(table, row, column));
        let code = without_notes(&text(Column::ErrorCode)).to_owned();
        if code.is_empty() {
            if table.cells(row).iter().any(|cell| !cell.span.is_empty()) {
                diagnostics.push(Diagnostic::new(
                    Code::NoName,
                    row.span,
                    "a row of the table has no error code",
                ));
            }
            continue;
        }
        let status = text(Column::Status);
        let number = status.parse().ok().filter(|status| (100..600).contains(status));
        if number.is_none() && !status.is_empty() {
            let span = columns.cell(table, row, Column::Status);
            let message = format!("`{code}` has no valid HTTP status: {status:?}");
            diagnostics.push(Diagnostic::new(Code::OddStatus, span, message).with_help("it was left out"));
        }
        let description = source.plain_text(columns.cell(table, row, Column::Description)).into_owned();
        let message = text(Column::ErrorMessage).into_owned();
        errors.push(ErrorCode { status: number, code, message, description, english: String::new() });
    }
    errors
}
