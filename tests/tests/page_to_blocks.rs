//! A snapshot of MakeCall's page as blocks.

use std::fmt::Write as _;

use ccc_spec::page::{self, BlockKind, Table, TableRow, inline};
use ccc_spec::source::Source;

const PAGE: &str = include_str!("../../spec/docs/ccc/2020-07-01/MakeCall.md");

#[test]
fn blocks_of_the_page() {
    let source = Source::new("MakeCall.md", PAGE);
    let (page, diagnostics) = page::read(&source);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    insta::assert_snapshot!(outline(&page, &source));
}

/// Writes a line for each block: its place and its content.
fn outline(page: &page::Page, source: &Source) -> String {
    let mut out = String::new();
    let mut line = |start: usize, end: usize, text: &str| {
        let (first, last) = (source.position(start).line, source.position(end.saturating_sub(1)).line);
        let lines = if first == last { first.to_string() } else { format!("{first}-{last}") };
        // Writing to a string does not fail.
        let _ = writeln!(out, "{lines:>7}  {text}");
    };
    let row = |table: &Table, row: &TableRow| {
        let cells =
            table.cells(row).iter().map(|cell| format!("{:?}", inline::text(source.slice(cell.span))));
        cells.collect::<Vec<_>>().join(" | ")
    };
    for block in &page.blocks {
        let text = inline::text(source.slice(block.span));
        let (start, end) = (block.span.start, block.span.end);
        match &block.kind {
            BlockKind::Blank => {}
            BlockKind::Heading { level, text } => line(start, end, &format!("heading {level} {text:?}")),
            BlockKind::Paragraph => line(start, end, &format!("paragraph {text:?}")),
            BlockKind::List => line(start, end, &format!("list {text:?}")),
            BlockKind::Code { content, .. } => {
                line(start, end, &format!("code, {} lines", source.slice(*content).lines().count()));
            }
            BlockKind::Table(table) => {
                line(
                    table.header.span.start,
                    table.header.span.end,
                    &format!("table {}", row(table, &table.header)),
                );
                for body in &table.rows {
                    line(body.span.start, body.span.end, &format!("    {}", row(table, body)));
                }
            }
        }
    }
    out
}
