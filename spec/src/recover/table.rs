//! Rows of parameter tables: cells by column, as plain text, with their meaning.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::column::{Column, Columns};
use super::declared::Declared;
use super::row::Row;
use super::sign_words::signs_in;
use super::signs::{Sign, Signs};
use super::values;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EnumValue, Position};
use crate::page::{Table, TableRow, inline};
use crate::source::{Source, Span};
use crate::words::Words;

/// Lines of a tree in a name cell; those that open a branch are counted.
const MARKERS: &[char] = &['└', '├', '─', '│', '┗', '┣', '━', '┃'];
const BRANCHES: &[char] = &['└', '├', '┗', '┣'];

/// Words for a required parameter, and for an optional one.
const YES: &[&str] = &["是", "必选", "必填", "必须", "必需", "yes", "y", "true", "required"];
const NO: &[&str] = &["", "否", "可选", "选填", "非必选", "非必填", "no", "n", "false", "optional", "-"];

/// Words, or parts of words, for a parameter in the body: `Body`, `formData`, `in the form`.
static BODY: LazyLock<Words> = LazyLock::new(|| Words::new(["body", "form", "请求体", "表单"]));

/// Marks of a footnote after a name, or of a required parameter.
const NOTES: &[char] = &['*', '†', '‡', '※', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Adds the rows of a table of parameters or fields, including `Action`. A row with neither name nor type is reported
/// and left out. A row with only a type is an element row.
pub(super) fn add_rows<'p>(
    rows: &mut Vec<Row<'p>>,
    table: &Table,
    columns: &Columns,
    source: &'p Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    columns.report_unknown(table, source, diagnostics);
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
    let Marked { name, depth, required: is_marked_required } = Marked::read(source.plain_line(name_span));
    if stands_for_others(&name) {
        let message = format!("`{name}` is described on another page");
        diagnostics.push(Diagnostic::new(Code::CommonRow, raw.span, message));
        return None;
    }
    let type_span = cell(Column::Type);
    let type_text = shortened(source.plain_line(type_span), without_notes);
    let declared = Declared::parse(&type_text);
    if name.is_empty() && declared == Declared::Absent {
        if table.cells(raw).iter().any(|cell| !cell.span.is_empty()) {
            diagnostics.push(nameless(raw.span));
        }
        return None;
    }
    if declared == Declared::Unknown {
        let message = format!("the type {type_text:?} of `{name}` is unknown");
        diagnostics
            .push(Diagnostic::new(Code::UnknownType, type_span, message).with_help("it was read as text"));
    }
    let sample_span = cell(Column::Sample);
    let sample = inline::sample(source.slice(sample_span));
    let description_span = cell(Column::Description);
    let description = inline::cell(source.slice(description_span));
    let signs = signs_in(&description);
    Some(Row {
        span: raw.span,
        values: documented(&declared, &description, signs, &sample),
        position: position(source.slice(cell(Column::Location))),
        required: is_marked_required || required(cell(Column::Required), &name, source, diagnostics),
        name,
        name_span,
        depth: (depth > 0).then_some(depth),
        begins_table: false,
        table: None,
        members: None,
        elements: Vec::new(),
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

/// A name, with the meaning of the marks around it.
struct Marked<'p> {
    name: Cow<'p, str>,
    /// Its depth; 0 if nothing marks it.
    depth: usize,
    required: bool,
}

impl<'p> Marked<'p> {
    fn read(marked: Cow<'p, str>) -> Self {
        // Few names have marks.
        if marked.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_')) {
            return Self { name: marked, depth: 0, required: false };
        }
        let depth = depth(&marked);
        let noted = shortened(marked, |marked| without_notes(without_markers(marked)));
        let required = names_requirement(&noted).is_some_and(|(_, required)| required);
        let name = shortened(noted, |name| names_requirement(name).map_or(name, |(name, _)| name));
        Self { name, depth, required }
    }
}

/// Returns the depth that the markers before a name state; 0 if there are none.
fn depth(marked: &str) -> usize {
    let markers = marked.strip_suffix(without_markers(marked)).unwrap_or_default();
    markers.chars().filter(|c| BRANCHES.contains(c)).count()
}

pub(super) fn without_markers(marked: &str) -> &str {
    marked.trim_start_matches(|c: char| c.is_whitespace() || MARKERS.contains(&c))
}

/// Shortens a text to a part of it.
fn shortened<'p>(text: Cow<'p, str>, part: impl Fn(&str) -> &str) -> Cow<'p, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(part(text)),
        Cow::Owned(text) if part(&text).len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(part(&text).to_owned()),
    }
}

/// Divides a name from a word that says whether the parameter is required: `Id 必填`, `Id (optional)`.
fn names_requirement(name: &str) -> Option<(&str, bool)> {
    let (name, word) = name.trim_end_matches([')', '）']).rsplit_once([' ', '\u{a0}', '(', '（'])?;
    let is = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let required = is(&["必选", "必填", "必须", "必需", "required"]);
    let known = required || is(&["可选", "选填", "非必选", "非必填", "optional"]);
    (known && !name.trim_end().is_empty()).then_some((name.trim_end(), required))
}

/// Returns a name or type without the marks of footnotes: `Id[^1]`, `Id<sup>1</sup>`, `Id *`.
#[must_use]
pub fn without_notes(text: &str) -> &str {
    // Few names or types have one.
    if text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'<' | b'>' | b' '))
    {
        return text;
    }
    let mut name = text;
    loop {
        let digits = |c: char| c.is_ascii_digit() || c == '*' || c == '^';
        let reference = name.strip_suffix(']').and_then(|name| name.rsplit_once("[^"));
        let raised = name.trim_end_matches(digits).len();
        // A name's own digits are not raised.
        let raised = name.get(raised..).and_then(|end| end.find('^')).and_then(|at| name.get(..raised + at));
        let rest = reference.map(|(name, _)| name).or(raised).unwrap_or(name).trim_end();
        let bare = rest.trim_end_matches(|c: char| NOTES.contains(&c) || c == '`' || c.is_whitespace());
        // `x-oss-meta-*` means all names that begin so.
        let rest = if bare.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '>' | ']' | ')' | '）')) {
            bare
        } else {
            rest
        };
        if rest.is_empty() || rest.len() == name.len() {
            break;
        }
        name = rest;
    }
    let start = name.trim_start_matches(['*', '`', ' ']);
    if start.starts_with(char::is_alphanumeric) { start } else { name }
}

/// Returns whether a name is a placeholder for the parameters of all operations: `<common parameters>`.
fn stands_for_others(name: &str) -> bool {
    name.starts_with('<') && name.ends_with('>') || name.starts_with("公共")
}

/// Returns the documented values of a text, or of the texts in a list.
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

/// Returns whether a word says that a parameter is required.
pub(super) fn is_yes(word: &str) -> bool {
    YES.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Returns whether a word says that a parameter is not required; an empty cell does.
pub(super) fn is_no(word: &str) -> bool {
    NO.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn required(span: Span, name: &str, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let text = source.plain_line(span);
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

/// Reports a row without a name that is no element row.
pub(super) fn nameless(span: Span) -> Diagnostic {
    Diagnostic::new(Code::NoName, span, "a row of the table has no name")
}

/// Returns the part of the request that a cell states; the query if it states none.
fn position(cell: &str) -> Position {
    if BODY.are_in(cell) { Position::Body } else { Position::Query }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_of_footnotes_are_no_part_of_a_name() {
        for marked in
            ["Id", "Id[^1]", "Id[^a][^2]", "Id^1", "Id *", "Id*", "Id¹", "* Id", "*Id", "Id†", "`Id", "Id`"]
        {
            assert_eq!(without_notes(marked), "Id", "{marked}");
        }
        assert_eq!(without_notes("array<object>*"), "array<object>");
    }

    #[test]
    fn what_may_be_part_of_a_name_is_kept() {
        for name in ["x-oss-meta-*", "Tag.*", "*", "Tag.1.Key", "String[]", "Sha256", "Throttling.*", ""] {
            assert_eq!(without_notes(name), name);
        }
    }

    proptest! {
        #[test]
        fn nothing_but_marks_is_taken_away(name in "[A-Za-z][A-Za-z0-9]{0,8}", mark in "(\\[\\^[a-z0-9]{1,3}\\]|\\^[0-9]{1,2}| ?\\*| †){0,3}") {
            let marked = format!("{name}{mark}");
            prop_assert_eq!(without_notes(&marked), name);
        }
    }
}
