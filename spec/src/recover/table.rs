//! Rows of parameter tables: cells by column, as plain text, with what they say understood.

use std::borrow::Cow;

use super::column::{Column, Columns};
use super::declared::Declared;
use super::row::Row;
use super::signs::{Sign, Signs};
use super::values;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::EnumValue;
use crate::page::{Table, TableRow, inline};
use crate::source::{Source, Span};

/// What draws the branches of a tree in a name cell; the ones that open a branch are counted.
const MARKERS: &[char] = &['└', '├', '─', '│', '┗', '┣', '━', '┃'];
const BRANCHES: &[char] = &['└', '├', '┗', '┣'];

/// What says that a parameter is required, and that it is not.
const YES: &[&str] = &["是", "必选", "必填", "必须", "必需", "yes", "y", "true", "required"];
const NO: &[&str] = &["", "否", "可选", "选填", "非必选", "非必填", "no", "n", "false", "optional", "-"];

/// Adds the rows of a table of parameters or fields, `Action` and all. A row without a name is named in
/// a diagnostic and left out; it says nothing a spec could hold.
pub(super) fn add_rows<'p>(
    rows: &mut Vec<Row<'p>>,
    table: &Table,
    columns: &Columns,
    source: &'p Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    columns.name_unknown(table, source, diagnostics);
    rows.reserve(table.rows.len());
    rows.extend(table.rows.iter().filter_map(|raw| row(table, raw, columns, source, diagnostics)));
}

fn row<'p>(
    table: &Table,
    raw: &TableRow,
    columns: &Columns,
    source: &'p Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Row<'p>> {
    let cell = |column| columns.cell(table, raw, column);
    let name_span = cell(Column::Name);
    let marked = one_line(source.slice(name_span));
    let (depth, name) = match marked {
        Cow::Borrowed(marked) => (depth(marked), Cow::Borrowed(without_markers(marked))),
        Cow::Owned(marked) => (depth(&marked), Cow::Owned(without_markers(&marked).to_owned())),
    };
    if name.is_empty() {
        if table.cells(raw).iter().any(|cell| !cell.span.is_empty()) {
            diagnostics.push(Diagnostic::new(Code::NoName, raw.span, "a row of the table has no name"));
        }
        return None;
    }
    if stands_for_others(&name) {
        let message = format!("`{name}` stands for what another page describes");
        diagnostics.push(Diagnostic::new(Code::CommonRow, raw.span, message));
        return None;
    }
    let type_span = cell(Column::Type);
    let type_text = one_line(source.slice(type_span));
    let declared = Declared::parse(&type_text);
    if declared == Declared::Unknown {
        let message = format!("the type {type_text:?} of `{name}` is unknown");
        diagnostics
            .push(Diagnostic::new(Code::UnknownType, type_span, message).with_help("it was read as text"));
    }
    let sample_span = cell(Column::Sample);
    let sample = inline::cell(source.slice(sample_span));
    let description_span = cell(Column::Description);
    let description = inline::cell(source.slice(description_span));
    let signs = Signs::of(&description);
    Some(Row {
        span: raw.span,
        values: documented(&declared, &description, signs, &sample),
        required: required(cell(Column::Required), &name, source, diagnostics),
        name,
        name_span,
        depth: (depth > 0).then_some(depth),
        begins_table: false,
        type_text,
        type_span,
        declared,
        sample: (!sample.is_empty()).then_some(sample),
        sample_span,
        description,
        description_span,
        signs,
        sensitive: None,
    })
}

/// How deep the markers before a name say it is; 0 if there are none.
fn depth(marked: &str) -> usize {
    let markers = marked.strip_suffix(without_markers(marked)).unwrap_or_default();
    markers.chars().filter(|c| BRANCHES.contains(c)).count()
}

pub(super) fn without_markers(marked: &str) -> &str {
    marked.trim_start_matches(|c: char| c.is_whitespace() || MARKERS.contains(&c))
}

/// Whether a name is none, but says that parameters of all operations belong here, too: `<common parameters>`.
fn stands_for_others(name: &str) -> bool {
    name.starts_with('<') && name.ends_with('>') || name.starts_with("公共")
}

/// Values are documented of text, alone or in a list.
fn documented(declared: &Declared, description: &str, signs: Signs, sample: &str) -> Vec<EnumValue> {
    let sample = Some(sample).filter(|sample| !sample.is_empty());
    match declared {
        Declared::String | Declared::Unknown | Declared::List(None) => {
            values::documented_if(signs.has(Sign::Values), description, sample)
        }
        Declared::List(Some(element)) if **element == Declared::String => {
            values::documented_if(signs.has(Sign::Values), description, sample)
        }
        _ => Vec::new(),
    }
}

/// Whether a word says that a parameter is required.
pub(super) fn is_yes(word: &str) -> bool {
    YES.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a word says that a parameter is not required; an empty cell does.
pub(super) fn is_no(word: &str) -> bool {
    NO.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn required(span: Span, name: &str, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let text = one_line(source.slice(span));
    let word = text.trim_end_matches(['。', '.']);
    match () {
        () if is_yes(word) => true,
        () if is_no(word) => false,
        () => {
            let message = format!("whether `{name}` is required is unclear: {text:?}");
            let unclear = Diagnostic::new(Code::UnclearRequired, span, message);
            diagnostics.push(unclear.with_help("it was taken as optional"));
            false
        }
    }
}

/// A cell that should be one line, as one line.
pub(super) fn one_line(raw: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\n', raw.as_bytes()).is_some() {
        Cow::Owned(inline::line(&raw.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned())
    } else {
        inline::cell_line(raw)
    }
}
