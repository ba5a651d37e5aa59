//! Headers in running text, on one line or with a line for each column.

use std::ops::Range;

use super::super::column::{Column, Columns, column_of, is_whole};
use super::super::form::{self, TypeWord};
use super::super::section::Kind;
use super::cells;
use crate::source::{Source, Span, trim};

/// A pipe as wide as an ideograph.
pub(super) const PIPE: char = '｜';
const SEPARATORS: [char; 2] = ['\t', PIPE];

/// Bytes of the longest header.
const LONGEST: usize = 64;

/// Columns of the widest table.
const MOST: usize = 8;

/// A header.
pub(super) struct Header {
    /// The index of its line.
    pub(super) lines: Range<usize>,
    /// The separator of its cells, if they are on one line.
    pub(super) separator: Option<char>,
    /// Its cells.
    pub(super) cells: Vec<Span>,
    /// The content of its columns.
    pub(super) columns: Vec<Column>,
}

impl Header {
    /// Finds all headers among the lines of a section, in order.
    pub(super) fn all(lines: &[Span], kind: Kind, source: &Source) -> Vec<Self> {
        let mut headers = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let header = Self::at(lines, at, kind, source);
            at = header.as_ref().map_or(at + 1, |header| header.lines.end);
            headers.extend(header);
        }
        headers
    }

    fn at(lines: &[Span], at: usize, kind: Kind, source: &Source) -> Option<Self> {
        let first = *lines.get(at)?;
        let text = source.slice(first);
        if text.len() > LONGEST * MOST {
            return None;
        }
        let trimmed = trim(text);
        let separator = SEPARATORS.into_iter().find(|separator| trimmed.contains(*separator));
        // The first words of nearly every line show that it is no header.
        if separator.is_none() && columns(&[source.trimmed(first)], kind, source).is_empty() {
            return None;
        }
        let cells = match separator {
            Some(_) => cells(first, separator, source),
            None => {
                let next = lines.get(at..)?.iter().map(|line| source.trimmed(*line)).take(MOST + 1);
                next.take_while(|line| line.len() <= LONGEST && !source.slice(*line).contains(SEPARATORS))
                    .collect()
            }
        };
        if separator.is_some() && cells.len() > MOST {
            return None;
        }
        let mut columns = columns(&cells, kind, source);
        if separator.is_some() && columns.len() < cells.len() {
            columns.resize(cells.len(), Column::Unknown);
        }
        let known = Columns::new(columns.iter().copied());
        // A field may be called `Name` and be described as a type; two words are a header where others could not be meant.
        let is_header = match kind {
            Kind::Errors => known.are_errors(),
            _ => known.are_details() || known.are_fields() && (columns.len() > 2 || separator.is_some()),
        };
        let end = at + if separator.is_some() { 1 } else { columns.len() };
        let cells = cells.into_iter().take(columns.len()).collect();
        is_header.then_some(Self { lines: at..end, separator, cells, columns })
    }
}

/// Reads cells as long as they are headers of different columns of one table.
fn columns(cells: &[Span], kind: Kind, source: &Source) -> Vec<Column> {
    let short = |at: usize| cells.get(at).filter(|cell| cell.len() <= LONGEST);
    let text = |at: usize| short(at).map(|cell| source.plain_line(*cell)).unwrap_or_default();
    let column = |at: usize| {
        Some(column(&text(at))).filter(|column| belongs(*column, kind)).unwrap_or(Column::Unknown)
    };
    let mut columns: Vec<Column> = Vec::new();
    for at in 0..cells.len().min(MOST) {
        let said = column(at);
        // A name that a type follows is no header; nor is it that of the last column if the first row has no name.
        let next = text(at + 1);
        let is_name = columns.contains(&Column::Type)
            && next.starts_with(|c: char| c.is_ascii_lowercase())
            && match form::type_word(&next) {
                Some(TypeWord::Scalar) => true,
                Some(TypeWord::Container) => said == Column::Location,
                None => false,
            };
        // An unknown one counts if others follow, unless it is the type of a first row without a name.
        let is_unknown =
            columns.len() >= 2 && column(at + 1) != Column::Unknown && form::type_word(&text(at)).is_none();
        if is_name || columns.contains(&said) || said == Column::Unknown && !is_unknown {
            break;
        }
        columns.push(said);
    }
    columns
}

/// Returns whether tables in such a section have such a column. The first field of a response is often called `Code`.
fn belongs(column: Column, kind: Kind) -> bool {
    match column {
        Column::Description | Column::Unknown => true,
        Column::Status | Column::ErrorCode | Column::ErrorMessage => kind == Kind::Errors,
        _ => kind != Kind::Errors,
    }
}

/// Returns the content of the column that a text is the header of; a name such as `SampleRate` is no header.
fn column(text: &str) -> Column {
    let is_words = |text: &str| text.contains(char::is_whitespace) || !text.is_ascii();
    if text.len() > LONGEST || !(is_whole(text) || is_words(text)) || text.ends_with(['.', '。']) {
        return Column::Unknown;
    }
    column_of(text)
}
