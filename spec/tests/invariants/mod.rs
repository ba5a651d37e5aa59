//! What holds whatever is read. The fuzz targets call these functions with bytes of their own making.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each fuzz target and test takes the ones it is about"
)]

use ccc_spec::diagnostic::{RenderOptions, render, to_json_lines};
use ccc_spec::model::SampleFormat;
use ccc_spec::page::{self, BlockKind};
use ccc_spec::sample::{self, MAX_DEPTH, Tree, Value};
use ccc_spec::source::{Source, Span};
use ccc_spec::{ir, paths, recover};

/// Blocks cover the text; rows and cells are where their table is.
pub(crate) fn page_reader(bytes: &[u8]) {
    let source = Source::new("page.md", String::from_utf8_lossy(bytes));
    let (page, diagnostics) = page::read(&source);
    let mut end = 0;
    for block in &page.blocks {
        assert_eq!(block.span.start, end, "a gap or overlap before {block:?}");
        assert!(!block.span.is_empty(), "{block:?} is empty");
        end = block.span.end;
        if let BlockKind::Table(table) = &block.kind {
            for row in std::iter::once(&table.header).chain(&table.rows) {
                assert!(block.span.contains(row.span), "{row:?} is outside of its table");
                assert!(
                    table.cells(row).len() <= table.cells(&table.header).len(),
                    "{row:?} has too many cells"
                );
                let mut rest = row.span;
                for cell in table.cells(row) {
                    // A cell of HTML may reach into the rows below its own. If it is empty, it may end where they start.
                    if cell.span.start < row.span.start || cell.span.end == row.span.start {
                        assert!(block.span.contains(cell.span), "{cell:?} is outside of its table");
                        continue;
                    }
                    assert!(rest.contains(cell.span), "{cell:?} is outside of {row:?}");
                    rest.start = cell.span.end;
                }
            }
        }
    }
    assert_eq!(end, source.text().len(), "the end of the page is in no block");
    diagnostics.iter().for_each(|diagnostic| points_into(&source, diagnostic.span));
}

/// The first byte is the format, the others are the sample. Whatever is said about it is inside of it, and it
/// nests no deeper than promised.
pub(crate) fn sample_repair(bytes: &[u8]) {
    let Some((format, bytes)) = bytes.split_first() else { return };
    let format = match format {
        b'{' => SampleFormat::Json,
        b'<' => SampleFormat::Xml,
        _ => SampleFormat::Http,
    };
    let source = Source::new("sample", String::from_utf8_lossy(bytes));
    let parsed = sample::parse(format, source.text(), 0);
    parsed.repairs.iter().for_each(|repair| points_into(&source, repair.span));
    if let Some(tree) = &parsed.tree {
        nests(&source, tree, 0);
    }
}

fn nests(source: &Source, tree: &Tree, depth: usize) {
    // A list of siblings in XML is a level of its own.
    assert!(depth <= 2 * MAX_DEPTH + 2, "nested too deeply");
    points_into(source, tree.span);
    match &tree.value {
        Value::List(elements) => elements.iter().for_each(|element| nests(source, element, depth + 1)),
        Value::Object(entries) => {
            for entry in entries {
                points_into(source, entry.name_span);
                nests(source, &entry.value, depth + 1);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Diagnostics and placements point into the page and can be shown, and the spec survives its own JSON.
pub(crate) fn front_end(bytes: &[u8]) {
    let recovery = recover("page.md", bytes);
    let source = &recovery.source;
    for diagnostic in &recovery.diagnostics {
        points_into(source, diagnostic.span);
        diagnostic.labels.iter().for_each(|(span, _)| points_into(source, *span));
    }
    assert!(recovery.diagnostics.is_sorted_by_key(|diagnostic| diagnostic.span));
    let _ = render(&recovery.diagnostics, source, RenderOptions { color: true });
    let _ = to_json_lines(&recovery.diagnostics, source);
    let placements = recovery.placements.request.rows.iter().chain(&recovery.placements.response.rows);
    placements.for_each(|placement| points_into(source, placement.span));
    let _ = paths::rows(&recovery);
    if let Some(operation) = &recovery.operation {
        assert_eq!(
            ir::from_json(&ir::to_json(operation)).as_ref(),
            Ok(operation),
            "the spec's JSON is another"
        );
    }
}

fn points_into(source: &Source, span: Span) {
    assert!(source.text().get(span.range()).is_some(), "{span:?} is no part of the text");
}
