//! Columns: what the header of a table says its cells are.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Table, TableRow, inline};
use crate::source::{Source, Span};
use crate::words::Words;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Type,
    Required,
    Sample,
    Description,
    /// Where a request with resources and paths carries the parameter.
    Location,
    Status,
    ErrorCode,
    ErrorMessage,
    Unknown,
}

/// Headers that count as a whole alone, without spaces and question marks, in lower case.
const WORDS: &[(&str, Column)] = &[
    ("名称", Column::Name),
    ("name", Column::Name),
    ("位置", Column::Location),
    ("location", Column::Location),
    ("position", Column::Location),
    ("in", Column::Location),
    ("httpcode", Column::Status),
    ("httpstatus", Column::Status),
    ("错误id", Column::ErrorCode),
    ("code", Column::ErrorCode),
    ("message", Column::ErrorMessage),
];

/// What other headers say by a part, in the order they are tried: `是否必选`, `Required or not`, `参数含义`.
const PARTS: &[(&str, Column)] = &[
    ("错误码", Column::ErrorCode),
    ("错误代码", Column::ErrorCode),
    ("errorcode", Column::ErrorCode),
    ("错误信息", Column::ErrorMessage),
    ("错误消息", Column::ErrorMessage),
    ("errormessage", Column::ErrorMessage),
    ("状态码", Column::Status),
    ("statuscode", Column::Status),
    ("必", Column::Required),
    ("可选", Column::Required),
    ("required", Column::Required),
    ("mandatory", Column::Required),
    ("optional", Column::Required),
    ("示例", Column::Sample),
    ("样例", Column::Sample),
    ("example", Column::Sample),
    ("sample", Column::Sample),
    ("instancevalue", Column::Sample),
    ("类型", Column::Type),
    ("type", Column::Type),
    ("描述", Column::Description),
    ("说明", Column::Description),
    ("含义", Column::Description),
    ("备注", Column::Description),
    ("description", Column::Description),
    ("remark", Column::Description),
    ("参数", Column::Name),
    ("字段", Column::Name),
    ("parameter", Column::Name),
    ("field", Column::Name),
];

static PARTS_OF_HEADERS: LazyLock<Words> = LazyLock::new(|| Words::new(PARTS.iter().map(|&(part, _)| part)));

/// The columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns(Vec<Column>);

impl Columns {
    /// Reads a table's header.
    pub(super) fn of(table: &Table, source: &Source) -> Self {
        let cells =
            table.cells(&table.header).iter().map(|cell| column_of(&inline::text(source.slice(cell.span))));
        let mut columns: Vec<_> = cells.collect();
        // A word that is misspelt in the first column of a table with types is still the name's.
        if let Some(first) = columns.first_mut()
            && *first == Column::Unknown
            && table.cells(&table.header).len() > 2
        {
            *first = Column::Name;
        }
        Self(columns)
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// Whether the rows are parameters or fields.
    pub(super) fn are_fields(&self) -> bool {
        self.has(Column::Name) && self.has(Column::Type)
    }

    /// Whether the rows are errors.
    pub(super) fn are_errors(&self) -> bool {
        self.has(Column::ErrorCode) && (self.has(Column::ErrorMessage) || self.has(Column::Status))
    }

    /// The cell of a row in the first such column, white space removed; an empty span behind the row if
    /// there is none.
    pub(super) fn cell(&self, table: &Table, row: &TableRow, column: Column) -> Span {
        let index = self.0.iter().position(|&known| known == column);
        let cell = index.and_then(|index| table.cells(row).get(index));
        cell.map_or(Span::at(row.span.end), |cell| cell.span)
    }

    /// Names the columns whose header says nothing known.
    pub(super) fn name_unknown(&self, table: &Table, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
        for (cell, column) in table.cells(&table.header).iter().zip(&self.0) {
            if *column == Column::Unknown {
                let text = inline::text(source.slice(cell.span));
                let message = format!("the column {text:?} is not read: its header is unknown");
                diagnostics.push(Diagnostic::new(Code::UnknownColumn, cell.span, message));
            }
        }
    }
}

fn column_of(header: &str) -> Column {
    let is_left_out = |c: char| c.is_whitespace() || matches!(c, '?' | '？');
    let word = match header.contains(is_left_out) {
        true => Cow::Owned(header.replace(is_left_out, "")),
        false => Cow::Borrowed(header),
    };
    let known = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&word));
    let in_part = || PARTS_OF_HEADERS.first_in(&word).and_then(|at| PARTS.get(at));
    known.or_else(in_part).map_or(Column::Unknown, |&(_, column)| column)
}

#[cfg(test)]
mod tests {
    use super::{Column, column_of};

    #[test]
    fn a_header_is_known_by_its_word_or_by_a_part() {
        let headers = [
            ("Required?", Column::Required),
            ("Required or not", Column::Required),
            ("是否为必选参数", Column::Required),
            ("Instance Value", Column::Sample),
            ("参数含义", Column::Description),
            ("Parameter type", Column::Type),
            ("HTTP 状态码", Column::Status),
            ("服务端错误码", Column::ErrorCode),
            ("Since", Column::Unknown),
        ];
        for (header, column) in headers {
            assert_eq!(column_of(header), column, "{header}");
        }
    }
}
