//! Rows of parameter tables: cells by column, as plain text, with what they say understood.

use super::column::{Column, Columns};
use super::declared::Declared;
use super::row::Row;
use super::values;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EnumValue;
use crate::page::{Table, TableRow, inline};
use crate::source::{Source, Span};

/// What draws the branches of a tree in a name cell; the ones that open a branch are counted.
const MARKERS: &[char] = &['└', '├', '─', '│', '┗', '┣', '━', '┃'];
const BRANCHES: &[char] = &['└', '├', '┗', '┣'];

/// Reads the rows of a table of parameters or fields, `Action` and all. A row without a name is named in
/// a diagnostic and left out; it says nothing a spec could hold.
pub(super) fn rows(
    table: &Table,
    columns: &Columns,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Row> {
    columns.name_unknown(table, source, diagnostics);
    table.rows.iter().filter_map(|raw| row(raw, columns, source, diagnostics)).collect()
}

fn row(raw: &TableRow, columns: &Columns, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<Row> {
    let name_span = columns.cell(raw, Column::Name);
    let marked = one_line(source.slice(name_span));
    let name = marked.trim_start_matches(|c: char| c.is_whitespace() || MARKERS.contains(&c));
    let markers = marked.strip_suffix(name).unwrap_or_default();
    let depth = markers.chars().filter(|c| BRANCHES.contains(c)).count();
    if name.is_empty() {
        if raw.cells.iter().any(|cell| !cell.span.is_empty()) {
            diagnostics.push(Diagnostic::new(Code::NoName, raw.span, "a row of the table has no name"));
        }
        return None;
    }
    let type_span = columns.cell(raw, Column::Type);
    let type_text = one_line(source.slice(type_span));
    let declared = Declared::parse(&type_text);
    if declared == Declared::Unknown {
        let message = format!("the type {type_text:?} of `{name}` is unknown");
        diagnostics
            .push(Diagnostic::new(Code::UnknownType, type_span, message).with_help("it was read as text"));
    }
    let sample_span = columns.cell(raw, Column::Sample);
    let sample = inline::text(source.slice(sample_span)).into_owned();
    let description_span = columns.cell(raw, Column::Description);
    let description = inline::text(source.slice(description_span)).into_owned();
    Some(Row {
        span: raw.span,
        name: name.to_owned(),
        name_span,
        depth: (depth > 0).then_some(depth),
        values: documented(&declared, &description, &sample),
        type_text,
        type_span,
        declared,
        required: required(columns.cell(raw, Column::Required), name, source, diagnostics),
        sample: (!sample.is_empty()).then_some(sample),
        sample_span,
        description,
        description_span,
        sensitive: None,
    })
}

/// Values are documented of text, alone or in a list.
fn documented(declared: &Declared, description: &str, sample: &str) -> Vec<EnumValue> {
    let sample = Some(sample).filter(|sample| !sample.is_empty());
    match declared {
        Declared::String | Declared::Unknown | Declared::List(None) => {
            values::documented(description, sample)
        }
        Declared::List(Some(element)) if **element == Declared::String => {
            values::documented(description, sample)
        }
        _ => Vec::new(),
    }
}

fn required(span: Span, name: &str, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let text = one_line(source.slice(span));
    match text.trim_end_matches(['。', '.']).to_ascii_lowercase().as_str() {
        "是" | "必选" | "必填" | "必须" | "必需" | "yes" | "y" | "true" | "required" => true,
        "" | "否" | "可选" | "选填" | "非必选" | "非必填" | "no" | "n" | "false" | "optional" | "-" => {
            false
        }
        _ => {
            let message = format!("whether `{name}` is required is unclear: {text:?}");
            let unclear = Diagnostic::new(Code::UnclearRequired, span, message);
            diagnostics.push(unclear.with_help("it was taken as optional"));
            false
        }
    }
}

/// A cell that should be one line, as one line.
pub(super) fn one_line(raw: &str) -> String {
    if raw.contains('\n') {
        inline::line(&raw.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
    } else {
        inline::line(raw).into_owned()
    }
}
