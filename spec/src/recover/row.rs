//! A row of a parameter table, read but not yet placed: what the nesting search takes.

use std::borrow::Cow;

use super::declared::Declared;
pub use super::signs::Signs;
use crate::model::{EnumValue, Position, Sensitivity};
use crate::source::Span;

/// One row of a table of parameters or of the answer, in page order. Texts are plain (Markdown
/// undone, trimmed); spans are those of the cells, without surrounding white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'p> {
    /// The whole row.
    pub span: Span,
    /// Name on the wire, markers removed.
    pub name: Cow<'p, str>,
    /// Where the name stands.
    pub name_span: Span,
    /// Depth its `└` markers state: their count, if the name has any.
    pub depth: Option<usize>,
    /// Whether it is the first of a further table, such as one of the members of a field before it.
    pub begins_table: bool,
    /// The captioned table it stands in, if its rows are members of what the caption names.
    pub table: Option<usize>,
    /// The captioned table that has its members, if there is one.
    pub members: Option<usize>,
    /// What the type cell says, as it stands; empty if there is nothing in it.
    pub type_text: Cow<'p, str>,
    /// Where the type stands.
    pub type_span: Span,
    /// The type cell, understood.
    pub declared: Declared,
    /// The rows that stand for its elements, or for those of its elements, which are part of it.
    pub elements: Vec<Span>,
    /// Whether a request must carry it; false where the table has no such column.
    pub required: bool,
    /// Where a request carries it, as far as a column says so.
    pub position: Position,
    /// The sample value, if the cell holds one.
    pub sample: Option<Cow<'p, str>>,
    /// Where the sample value stands.
    pub sample_span: Span,
    /// The description.
    pub description: Cow<'p, str>,
    /// Where the description stands.
    pub description_span: Span,
    /// What the description has signs of.
    pub signs: Signs,
    /// The values the description documents; empty if it documents none.
    pub values: Vec<EnumValue>,
    /// Why its value must stay out of logs, if it must.
    pub sensitive: Option<Sensitivity>,
}
