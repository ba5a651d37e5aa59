//! Repairs that a reader made to understand a sample.

use crate::source::Span;

/// A repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Its kind.
    pub kind: RepairKind,
    /// Its place on the page.
    pub span: Span,
}

/// Defects of a sample that can be repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RepairKind {
    /// A comma with nothing after or before it.
    ExtraComma,
    /// No comma between two values.
    MissingComma,
    /// No colon between name and value.
    MissingColon,
    /// A name without a value.
    MissingValue,
    /// A value without a name in an object.
    MissingName,
    /// A missing brace, bracket or end tag.
    MissingEnd,
    /// A brace, bracket or end tag too many.
    ExtraEnd,
    /// An opening brace is missing or doubled.
    OddStart,
    /// Objects in a row, without the brackets of a list.
    MissingBrackets,
    /// A comment.
    Comment,
    /// An ellipsis.
    Ellipsis,
    /// A value or name without quotes.
    Unquoted,
    /// Single or typographic quotes.
    OddQuotes,
    /// A quote or line break in a string that should be escaped.
    Unescaped,
    /// A missing closing quote.
    MissingQuote,
    /// A backslash before a character that has no escape.
    OddEscape,
    /// A backslash outside of strings, at the end of a line or before a bracket.
    StrayBackslash,
    /// White space at the edge of a name.
    SpacedName,
    /// Full-width punctuation.
    FullWidth,
    /// Text after the end.
    TrailingText,
    /// Nesting deeper than is read.
    TooDeep,
    /// Markup that is not XML.
    OddMarkup,
}

impl RepairKind {
    /// Returns the repair in a few words, as a diagnostic names it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExtraComma => "comma too many",
            Self::MissingComma => "missing comma",
            Self::MissingColon => "missing colon",
            Self::MissingValue => "missing value",
            Self::MissingName => "value without a name",
            Self::MissingEnd => "missing end",
            Self::ExtraEnd => "end too many",
            Self::OddStart => "missing or doubled opening brace",
            Self::MissingBrackets => "missing brackets around a list",
            Self::Comment => "comment",
            Self::Ellipsis => "ellipsis",
            Self::Unquoted => "missing quotes",
            Self::OddQuotes => "odd quotation marks",
            Self::Unescaped => "unescaped quote or line break",
            Self::MissingQuote => "missing closing quote",
            Self::OddEscape => "unknown escape",
            Self::StrayBackslash => "backslash outside of strings",
            Self::SpacedName => "white space in a name",
            Self::FullWidth => "full-width punctuation",
            Self::TrailingText => "text after the end",
            Self::TooDeep => "nesting too deep",
            Self::OddMarkup => "broken markup",
        }
    }
}
