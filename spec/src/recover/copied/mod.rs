//! Tables that a copy made text of: cells between tabs or full-width pipes, or a line or paragraph for each cell.

mod flat;
mod header;
mod separated;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::column::Columns;
use super::details;
use super::grid::Grid;
use super::section::Kind;
use crate::page::{Block, BlockKind};
use crate::source::{self, Source, Span};
use crate::words::Words;
use header::Header;

/// Words of the sentence after a table of error codes that leads to further ones.
static MORE_ERRORS: LazyLock<Words> =
    LazyLock::new(|| Words::new(["http", "错误中心", "错误码", "error center", "error codes"]));

/// Finds the tables in the running text of a section's blocks, in order.
pub(super) fn grids(blocks: &[Block<'_>], kind: Kind, source: &Source) -> Vec<Grid<'static>> {
    let lines = lines(blocks, source);
    let headers = Header::all(&lines, kind, source);
    let ends = headers.iter().skip(1).map(|next| next.lines.start).chain([lines.len()]);
    let tables = headers.iter().zip(ends).filter_map(|(header, end)| {
        let mut body = lines.get(header.lines.end..end)?;
        while let [before @ .., last] = body
            && kind == Kind::Errors
            && MORE_ERRORS.are_in(source.slice(*last))
        {
            body = before;
        }
        let table = separated::table(header, body, source).or_else(|| flat::table(header, body, source))?;
        let columns = Columns::new(header.columns.iter().copied());
        if columns.are_details() {
            let table = Cow::Owned(details::taken_apart(&table, &columns, source));
            return Some(Grid { table, columns: Columns::new(details::COLUMNS), above: &[] });
        }
        Some(Grid { table: Cow::Owned(table), columns, above: &[] })
    });
    tables.collect()
}

/// Returns the lines of running text that are not blank. Code in fences is a sample.
fn lines(blocks: &[Block<'_>], source: &Source) -> Vec<Span> {
    let mut lines = Vec::new();
    for block in blocks {
        let is_text = match block.kind {
            BlockKind::Paragraph | BlockKind::List => true,
            BlockKind::Code { .. } => !source.slice(block.span).trim_start().starts_with(['`', '~']),
            _ => false,
        };
        if !is_text {
            continue;
        }
        let mut start = block.span.start;
        for line in source::lines(source.slice(block.span)) {
            if !source::trim_end(line).is_empty() {
                // A tab at either end stands beside an empty cell.
                let kept = line.trim_end_matches('\r');
                lines.push(Span::new(start, start + kept.len()));
            }
            start += line.len() + 1;
        }
    }
    lines
}

/// Splits a line into cells, empty ones included; the borders of a table are no cells.
fn cells(line: Span, separator: Option<char>, source: &Source) -> Vec<Span> {
    let Some(separator) = separator else { return vec![source.trimmed(line)] };
    let text = source.slice(line);
    let mut cells = Vec::new();
    let mut start = line.start;
    for cell in text.split(separator) {
        cells.push(source.trimmed(Span::new(start, start + cell.len())));
        start += cell.len() + separator.len_utf8();
    }
    if separator == header::PIPE {
        let text = text.trim();
        if text.starts_with(separator) {
            cells.remove(0);
        }
        if text.ends_with(separator) {
            cells.pop();
        }
    }
    cells
}

#[cfg(test)]
mod tests;
