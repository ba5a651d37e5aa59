//! Columns: the kind of content in the cells below each header.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Table, TableRow};
use crate::source::{Source, Span};
use crate::words::Lexicon;

/// Content of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Type,
    Required,
    Sample,
    Description,
    /// The content of all other columns, one below the other.
    Details,
    /// The part of the request that carries the parameter, in operations with resources and paths.
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
    ("element", Column::Name),
    ("attribute", Column::Name),
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

/// Parts of other headers, in the order they are tried: `是否必选`, `Required or not`, `参数含义`.
const PARTS: &[(&str, Column)] = &[
    ("错误码", Column::ErrorCode),
    ("错误代码", Column::ErrorCode),
    ("errorcode", Column::ErrorCode),
    ("错误信息", Column::ErrorMessage),
    ("错误消息", Column::ErrorMessage),
    ("errormessage", Column::ErrorMessage),
    ("状态码", Column::Status),
    ("statuscode", Column::Status),
    ("详情", Column::Details),
    ("detail", Column::Details),
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
    ("位置", Column::Location),
    ("position", Column::Location),
    ("location", Column::Location),
    ("参数", Column::Name),
    ("字段", Column::Name),
    ("parameter", Column::Name),
    ("field", Column::Name),
];

static PARTS_OF_HEADERS: LazyLock<Lexicon<Column>> = LazyLock::new(|| Lexicon::new(PARTS.iter().copied()));

/// The columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns(Vec<Column>);

impl Columns {
    /// Makes columns that no header names.
    pub(super) fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self(columns.into_iter().collect())
    }

    /// Reads a table's header.
    pub(super) fn from_header(table: &Table, source: &Source) -> Self {
        let cells = table.cells(&table.header).iter().map(|cell| column_of(&source.plain_text(cell.span)));
        let mut columns: Vec<_> = cells.collect();
        // A word that is misspelt in the first column of a table of parameters is still the name's. Types alone make none:
        // tables of who may call an operation have types of resources.
        let is_about_fields = [Column::Description, Column::Sample, Column::Required]
            .iter()
            .any(|column| columns.contains(column));
        if let Some(first) = columns.first_mut()
            && *first == Column::Unknown
            && is_about_fields
            && table.cells(&table.header).len() > 2
        {
            *first = Column::Name;
        }
        let mut columns = Self(columns);
        if columns.has(Column::Type) || columns.has(Column::ErrorCode) {
            columns.describe_details();
        }
        columns
    }

    /// Treats details as a description, which they are if there is a column of types.
    fn describe_details(&mut self) {
        for column in self.0.iter_mut().filter(|column| **column == Column::Details) {
            *column = Column::Description;
        }
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// Returns whether the rows are parameters or fields.
    pub(super) fn are_fields(&self) -> bool {
        self.has(Column::Name) && self.has(Column::Type)
    }

    /// Returns whether the rows are errors.
    pub(super) fn are_errors(&self) -> bool {
        let further = [Column::ErrorMessage, Column::Status, Column::Description];
        self.has(Column::ErrorCode) && further.into_iter().any(|column| self.has(column))
    }

    /// Returns whether a cell of each row has all details of a parameter or field.
    pub(super) fn are_details(&self) -> bool {
        self.has(Column::Name) && self.has(Column::Details) && !self.has(Column::Type)
    }

    /// Returns the cell of a row in the first such column, white space removed; an empty span after the row if there
    /// is none.
    pub(super) fn cell(&self, table: &Table, row: &TableRow, column: Column) -> Span {
        let index = self.0.iter().position(|&known| known == column);
        let cell = index.and_then(|index| table.cells(row).get(index));
        cell.map_or(Span::at(row.span.end), |cell| cell.span)
    }

    /// Reports the columns with an unknown header.
    pub(super) fn report_unknown(&self, table: &Table, source: &Source, diagnostics: &mut Vec<Diagnostic>) {
        for (cell, column) in table.cells(&table.header).iter().zip(&self.0) {
            if *column == Column::Unknown {
                let text = source.plain_text(cell.span);
                let message = format!("the column {text:?} is not read: its header is unknown");
                diagnostics.push(Diagnostic::new(Code::UnknownColumn, cell.span, message));
            }
        }
    }
}

/// Returns whether a text is a header and nothing else: the words of all of it are known.
pub(super) fn is_whole(header: &str) -> bool {
    let word = word_of(header);
    let word = word.strip_suffix('s').unwrap_or(&word);
    WORDS.iter().chain(PARTS).any(|(known, _)| known.eq_ignore_ascii_case(word))
}

/// Returns a header without spaces and question marks.
fn word_of(header: &str) -> Cow<'_, str> {
    let is_left_out = |c: char| c.is_whitespace() || matches!(c, '?' | '？');
    match header.contains(is_left_out) {
        true => Cow::Owned(header.replace(is_left_out, "")),
        false => Cow::Borrowed(header),
    }
}

/// Returns the content of the column with a header.
pub(super) fn column_of(header: &str) -> Column {
    let word = word_of(header);
    let known = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&word));
    let known = known.map(|&(_, column)| column);
    known.or_else(|| PARTS_OF_HEADERS.first_in(&word)).unwrap_or(Column::Unknown)
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
            ("参数位置", Column::Location),
            ("Parameter position", Column::Location),
            ("HTTP 状态码", Column::Status),
            ("服务端错误码", Column::ErrorCode),
            ("Since", Column::Unknown),
        ];
        for (header, column) in headers {
            assert_eq!(column_of(header), column, "{header}");
        }
    }
}
