//! A row of a parameter table, before it is placed.

use std::borrow::Cow;

use super::declared::Declared;
pub use super::signs::Signs;
use crate::model::{EnumValue, Position, Sensitivity};
use crate::source::Span;

/// A row of a table of parameters or of fields, in page order. Texts are plain (without Markdown, trimmed); spans are
/// those of the cells, without surrounding white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'p> {
    /// The whole row.
    pub span: Span,
    /// Name on the wire, markers removed.
    pub name: Cow<'p, str>,
    /// Place of the name.
    pub name_span: Span,
    /// Depth its `└` markers state: their count, if the name has any.
    pub depth: Option<usize>,
    /// Whether it is the first of a further table, such as one of the members of a field before it.
    pub begins_table: bool,
    /// The captioned table that the row is in, if its rows are members of the caption's target.
    pub table: Option<usize>,
    /// The captioned table that has its members, if there is one.
    pub members: Option<usize>,
    /// Text of the type cell; may be empty.
    pub type_text: Cow<'p, str>,
    /// Place of the type.
    pub type_span: Span,
    /// The type cell, understood.
    pub declared: Declared,
    /// The rows that describe its elements, or elements of these; they are part of this row.
    pub elements: Vec<Span>,
    /// Whether a request must carry it; false where the table has no such column.
    pub required: bool,
    /// The part of the request that carries it, if a column says so.
    pub position: Position,
    /// The sample value, if the cell holds one.
    pub sample: Option<Cow<'p, str>>,
    /// Place of the sample value.
    pub sample_span: Span,
    /// The description.
    pub description: Cow<'p, str>,
    /// Place of the description.
    pub description_span: Span,
    /// The signs in the description.
    pub signs: Signs,
    /// The values the description documents; empty if it documents none.
    pub values: Vec<EnumValue>,
    /// The reason to keep its value out of logs, if there is one.
    pub sensitive: Option<Sensitivity>,
}
