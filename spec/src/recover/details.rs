//! Tables of two columns: a name, and a cell with type, whether it is required, description and sample one below the
//! other, as the API explorer shows parameters.

use super::column::{Column, Columns, column_of};
use super::form;
use crate::page::Table;
use crate::page::inline::one_line;
use crate::source::{Source, Span};

/// The columns that details are divided into.
pub(super) const COLUMNS: [Column; 5] =
    [Column::Name, Column::Type, Column::Required, Column::Description, Column::Sample];

/// Divides the details of each row into cells. Lines of no other kind are the description.
pub(super) fn taken_apart(table: &Table, columns: &Columns, source: &Source) -> Table {
    // The header of the one cell counts for all of these columns.
    let end = Span::at(table.header.span.end);
    let name = columns.cell(table, &table.header, Column::Name);
    let mut apart = Table::with_header(table.header.span, [name, end, end, end, end]);
    for row in &table.rows {
        let name = columns.cell(table, row, Column::Name);
        let details = Details::read(columns.cell(table, row, Column::Details), source);
        let or_none = |span: Option<Span>| span.unwrap_or(Span::at(row.span.end));
        let Details { type_word, required, description, sample } = details;
        apart.push(
            row.span,
            [name, or_none(type_word), or_none(required), or_none(description), or_none(sample)],
        );
    }
    apart
}

#[derive(Default)]
struct Details {
    type_word: Option<Span>,
    required: Option<Span>,
    description: Option<Span>,
    sample: Option<Span>,
}

impl Details {
    fn read(cell: Span, source: &Source) -> Self {
        let mut this = Self::default();
        // The label alone on the line before, which belongs to this line.
        let mut labelled = None;
        for line in lines(cell, source) {
            let (label, value) = match label(line, source) {
                Some((column, value)) if value.is_empty() => {
                    labelled = Some(column);
                    continue;
                }
                Some((column, value)) => (Some(column), value),
                None => (labelled.take(), line),
            };
            this.take(label, value, source);
        }
        this
    }

    /// Takes a line, or the text after its label.
    fn take(&mut self, label: Option<Column>, line: Span, source: &Source) {
        let text = source.plain_line(line);
        let is_required = || form::is_required(&text);
        match label {
            Some(Column::Type) => self.type_word = Some(line),
            Some(Column::Required) => self.required = Some(line),
            Some(Column::Sample) => self.sample = Some(line),
            None if self.type_word.is_none() && form::type_word(&text).is_some() => {
                self.type_word = Some(line);
            }
            None if self.required.is_none() && is_required() => self.required = Some(line),
            None if self.type_word.is_none()
                && let Some((type_word, required)) = both(line, source) =>
            {
                self.type_word = Some(type_word);
                self.required = Some(required);
            }
            _ => self.describe(line),
        }
    }

    /// Adds a line to the description, which goes from its first line to its last.
    fn describe(&mut self, line: Span) {
        self.description = Some(self.description.map_or(line, |known| known.to(line)));
    }
}

/// Splits a line with a type and whether it is required: `string 必填`, `string (required)`.
fn both(line: Span, source: &Source) -> Option<(Span, Span)> {
    let text = source.slice(line);
    let (word, rest) =
        text.split_once(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '(' | '（' | '、'))?;
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let is_both = form::type_word(&one_line(word)).is_some() && form::is_required(rest);
    let start = line.start + text.rfind(rest)?;
    is_both.then(|| (Span::new(line.start, line.start + word.len()), Span::new(start, start + rest.len())))
}

/// Returns the label of a line such as `示例值：a1`, and the place of its value.
fn label(line: Span, source: &Source) -> Option<(Column, Span)> {
    let text = source.slice(line);
    let colon = text.find([':', '：'])?;
    let (word, rest) = text.split_at_checked(colon)?;
    let word = one_line(word);
    // A sentence may have "example" before a colon.
    if word.chars().count() > 16 {
        return None;
    }
    let column = column_of(word.trim_matches('*'));
    let is_label = matches!(column, Column::Type | Column::Required | Column::Description | Column::Sample);
    let value = rest.trim_start_matches([':', '：', '*']);
    let start = line.start + (text.len() - value.len());
    is_label.then(|| (column, source.trimmed(Span::new(start, line.end))))
}

/// Splits a cell into lines that are not blank; line breaks and paragraphs of HTML count.
fn lines(cell: Span, source: &Source) -> Vec<Span> {
    let text = source.slice(cell);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut add = |start: usize, end: usize| {
        let line = source.trimmed(Span::new(start, end).shifted(cell.start));
        if !line.is_empty() {
            lines.push(line);
        }
    };
    for at in memchr::memchr2_iter(b'\n', b'<', text.as_bytes()) {
        if at < start {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        if let Some(length) = if rest.starts_with('\n') { Some(1) } else { breaking_tag(rest) } {
            add(start, at);
            start = at + length;
        }
    }
    add(start, text.len());
    lines
}

/// Returns the length of the tag that a text begins with, if it begins a line of its own.
fn breaking_tag(text: &str) -> Option<usize> {
    let end = memchr::memchr(b'>', text.as_bytes().get(..64.min(text.len()))?)?;
    let name = text.get(1..end)?.trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    ["br", "p", "div"].iter().any(|tag| tag.eq_ignore_ascii_case(name)).then_some(end + 1)
}
