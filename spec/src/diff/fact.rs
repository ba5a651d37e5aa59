//! Facts of fields, as texts to compare and to show.

use crate::model::{Field, Format, Range};

/// A fact about a field's value besides its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// The field should no longer be used.
    Deprecated,
    /// The format of the value.
    Format,
    /// The value that the service uses if a request omits the field.
    Default,
    /// Bounds of a number.
    Range,
    /// Bounds of a text's length.
    Length,
    /// The unit it is counted in.
    Unit,
    /// Responses carry the number as text.
    AsText,
}

impl Fact {
    /// Every fact, in the order of the spec.
    pub const ALL: [Self; 7] =
        [Self::Deprecated, Self::Format, Self::Default, Self::Range, Self::Length, Self::Unit, Self::AsText];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Deprecated => "deprecation",
            Self::Format => "format",
            Self::Default => "default",
            Self::Range => "range",
            Self::Length => "length",
            Self::Unit => "unit",
            Self::AsText => "type on the wire",
        }
    }

    /// Returns this fact of a field as text; `None` if the field does not state it.
    pub(crate) fn value_in(self, field: &Field) -> Option<String> {
        match self {
            Self::Deprecated => field.deprecated.then(|| "deprecated".to_owned()),
            Self::Format => field.format.map(Format::as_str).map(str::to_owned),
            Self::Default => field.default.clone(),
            Self::Range => field.range.as_ref().map(Range::to_string),
            Self::Length => field.length.as_ref().map(Range::to_string),
            Self::Unit => field.unit.clone(),
            Self::AsText => field.as_text.then(|| "text".to_owned()),
        }
    }
}
