//! Headers in running text: what each column holds, on one line or on a line each.

use std::ops::Range;

use super::super::column::{Column, Columns, column_of, is_whole};
use super::super::form::{self, TypeWord};
use super::super::table::one_line;
use super::cells;
use crate::source::{Source, Span};

/// A pipe as wide as an ideograph.
pub(super) const PIPE: char = '｜';
const SEPARATORS: [char; 2] = ['\t', PIPE];

/// Bytes of the longest header.
const LONGEST: usize = 64;

/// Columns of the widest table.
const MOST: usize = 8;

/// A header.
pub(super) struct Header {
    /// Which of the lines it is.
    pub(super) lines: Range<usize>,
    /// What separates its cells, if they are on one line.
    pub(super) separator: Option<char>,
    /// Its cells.
    pub(super) cells: Vec<Span>,
    /// What they say.
    pub(super) columns: Vec<Column>,
}

impl Header {
    /// All headers among lines, in order.
    pub(super) fn all(lines: &[Span], source: &Source) -> Vec<Self> {
        let mut headers = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let header = Self::at(lines, at, source);
            at = header.as_ref().map_or(at + 1, |header| header.lines.end);
            headers.extend(header);
        }
        headers
    }

    fn at(lines: &[Span], at: usize, source: &Source) -> Option<Self> {
        let first = *lines.get(at)?;
        let text = source.slice(first);
        if text.len() > LONGEST * MOST {
            return None;
        }
        let separator = SEPARATORS.into_iter().find(|separator| text.trim().contains(*separator));
        let cells = match separator {
            Some(_) => cells(first, separator, source),
            None => {
                let mut next = lines.get(at..)?.iter().map(|line| source.trimmed(*line)).take(MOST + 1);
                let mut cells = vec![next.next()?];
                cells.extend(next.take_while(|line| !source.slice(*line).contains(SEPARATORS)));
                cells
            }
        };
        let mut columns = columns(&cells, source);
        if separator.is_some() && columns.len() < cells.len() {
            columns.resize(cells.len(), Column::Unknown);
        }
        let known = Columns::new(columns.iter().copied());
        let is_header = known.are_fields() || known.are_errors() || known.are_details();
        let end = at + if separator.is_some() { 1 } else { columns.len() };
        let cells = cells.into_iter().take(columns.len()).collect();
        is_header.then_some(Self { lines: at..end, separator, cells, columns })
    }
}

/// What cells say as long as they are headers of different columns of one table.
fn columns(cells: &[Span], source: &Source) -> Vec<Column> {
    let text = |at: usize| cells.get(at).map(|cell| one_line(source.slice(*cell))).unwrap_or_default();
    let mut columns: Vec<Column> = Vec::new();
    for at in 0..cells.len().min(MOST) {
        let column = column(&text(at));
        let is_name = columns.contains(&Column::Type)
            && match form::type_word(&text(at + 1)) {
                Some(TypeWord::Scalar) => true,
                Some(TypeWord::Container) => column == Column::Location,
                None => false,
            };
        // An unknown one counts if others follow.
        let is_unknown =
            column == Column::Unknown && columns.len() >= 2 && self::column(&text(at + 1)) != Column::Unknown;
        if is_name || columns.contains(&column) || column == Column::Unknown && !is_unknown {
            break;
        }
        columns.push(column);
    }
    columns
}

/// What a text says as a header; a name such as `SampleRate` is none.
fn column(text: &str) -> Column {
    let is_words = |text: &str| text.contains(char::is_whitespace) || !text.is_ascii();
    if text.len() > LONGEST || !(is_whole(text) || is_words(text)) || text.ends_with(['.', '。']) {
        return Column::Unknown;
    }
    column_of(text)
}
