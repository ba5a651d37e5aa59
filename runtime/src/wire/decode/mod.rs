//! Lenient decoding of answers: bodies in, typed values out, with a note for every value that fitted nothing.
//!
//! One pass over the text, without a tree in between. What a service sends is looser than its documents say, so each
//! kind of value accepts what can stand for it and otherwise becomes absent; nothing below the top level is an error.

mod context;
mod data;
mod envelope;
mod finding;
mod json;
mod list;
mod map;
mod object;
mod repair;
mod scalar;
mod structure;
mod text;
mod xml;

use serde::Deserializer;

pub use context::Context;
pub use envelope::Envelope;
pub use finding::{Note, UnknownField};
use scalar::Unfit;
pub use scalar::decode_text;
pub use structure::{Structure, decode_structure, decode_structure_over, skip};

/// A value that can be read from an answer.
///
/// The derives `Decode` and `OpenEnum` implement it for structures and enums; the runtime for `String`, `bool`,
/// `i32`, `i64`, `f64`, `serde_json::Value`, and `Option`, `Vec` and `BTreeMap` of these.
///
/// ```
/// use acs_runtime::custom::{decode, Decode};
/// use acs_runtime::response::Format;
///
/// #[derive(Debug, Default, PartialEq, Decode)]
/// struct Status {
///     #[field(name = "HttpStatusCode")]
///     http_status_code: Option<i32>,
///     #[field(name = "Groups")]
///     groups: Vec<String>,
/// }
///
/// let answer = decode::<Status>(Format::Json, br#"{"HttpStatusCode": "200", "Groups": "[\"a\"]", "New": 1}"#)?;
/// assert_eq!(answer.value, Status { http_status_code: Some(200), groups: vec!["a".to_owned()] });
/// assert_eq!(answer.unknown[0].path(), "New");
/// # Ok::<(), acs_runtime::custom::Malformed>(())
/// ```
pub trait Decode: Sized {
    /// Names of the fields, if the value is a structure.
    const FIELDS: &'static [&'static str] = &[];
    /// Whether the value is an object whose names nobody fixes.
    const IS_MAP: bool = false;

    /// Reads a value; `None` if it is absent or fits nothing, of which the context then has a note.
    ///
    /// The deserializer is `serde_json`'s: unknown fields are kept as its raw values.
    ///
    /// # Errors
    ///
    /// If the text itself cannot be read on.
    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error>;

    /// Reads a value over the one that is there; what is absent or fits nothing becomes the default.
    ///
    /// # Errors
    ///
    /// If the text itself cannot be read on.
    fn decode_over<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        context: Context<'_>,
    ) -> Result<(), D::Error>
    where
        Self: Default,
    {
        *self = Self::decode(deserializer, context)?.unwrap_or_default();
        Ok(())
    }
}

/// What an answer is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// XML.
    Xml,
}

/// A decoded answer, and what was found beside the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<T> {
    /// The value; whatever did not fit is absent in it.
    pub value: T,
    /// What every answer may carry.
    pub envelope: Envelope,
    /// Values that fitted nothing.
    pub notes: Vec<Note>,
    /// Fields the type does not know.
    pub unknown: Vec<UnknownField>,
}

pub(crate) use data::Data;
pub use json::{Malformed, decode};
pub(crate) use json::{Target, data_in, decode_into};

/// Decodes into a field that is there already; for the derive `Decode`.
///
/// # Errors
///
/// If the text itself cannot be read on.
pub fn fill<'de, F: Decode + Default, D: Deserializer<'de>>(
    field: &mut F,
    deserializer: D,
    context: Context<'_>,
) -> Result<(), D::Error> {
    field.decode_over(deserializer, context)
}

/// Decodes into a list that an object of one field may surround; for the derive `Decode`.
///
/// # Errors
///
/// If the text itself cannot be read on.
pub fn fill_wrapped<'de, F: Decode + Default, D: Deserializer<'de>>(
    field: &mut F,
    wrapper: &'static str,
    deserializer: D,
    context: Context<'_>,
) -> Result<(), D::Error> {
    fill(field, deserializer, context.with_wrapper(wrapper))
}

impl<T: Decode> Decode for Option<T> {
    const FIELDS: &'static [&'static str] = T::FIELDS;
    const IS_MAP: bool = T::IS_MAP;

    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        Ok(T::decode(deserializer, context)?.map(Some))
    }

    fn decode_over<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        context: Context<'_>,
    ) -> Result<(), D::Error> {
        *self = T::decode(deserializer, context)?;
        Ok(())
    }
}

impl<T: Decode> Decode for Box<T> {
    const FIELDS: &'static [&'static str] = T::FIELDS;
    const IS_MAP: bool = T::IS_MAP;

    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        Ok(T::decode(deserializer, context)?.map(Self::new))
    }
}

#[cfg(test)]
mod tests;
