//! Decodes responses leniently: bodies to typed values, with a note for every value that does not fit.
//!
//! It makes one pass over the text and builds no tree. Services are less strict than their documents, so each type also
//! accepts the other forms in which they send its values. A value that does not fit becomes absent. Nothing below the
//! top level is an error.

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

/// A value that can be read from a response.
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
/// let response = decode::<Status>(Format::Json, br#"{"HttpStatusCode": "200", "Groups": "[\"a\"]", "New": 1}"#)?;
/// assert_eq!(response.value, Status { http_status_code: Some(200), groups: vec!["a".to_owned()] });
/// assert_eq!(response.unknown[0].path(), "New");
/// # Ok::<(), acs_runtime::custom::Malformed>(())
/// ```
pub trait Decode: Sized {
    /// Names of the fields, if the value is a structure.
    const FIELDS: &'static [&'static str] = &[];
    /// Whether the value is an object with any names.
    const IS_MAP: bool = false;

    /// Reads a value; `None` if it is absent, or if it does not fit, which the context then notes.
    ///
    /// The deserializer must be `serde_json`'s: unknown fields are kept as its raw values.
    ///
    /// # Errors
    ///
    /// If the JSON itself is broken.
    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        context: Context<'_>,
    ) -> Result<Option<Self>, D::Error>;

    /// Reads a value and replaces this one; if it is absent or does not fit, by the default.
    ///
    /// # Errors
    ///
    /// If the JSON itself is broken.
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

/// The format of a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// XML.
    Xml,
}

/// A decoded response, and the findings of decoding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<T> {
    /// The value, without the parts that did not fit.
    pub value: T,
    /// The fields that every response may have.
    pub envelope: Envelope,
    /// Notes on values that did not fit.
    pub notes: Vec<Note>,
    /// Fields that the type does not have.
    pub unknown: Vec<UnknownField>,
}

pub(crate) use data::Data;
pub use json::{Malformed, decode};
pub(crate) use json::{Target, data_in, decode_into};

/// Decodes a field and replaces it; for the derive `Decode`.
///
/// # Errors
///
/// If the JSON itself is broken.
pub fn fill<'de, F: Decode + Default, D: Deserializer<'de>>(
    field: &mut F,
    deserializer: D,
    context: Context<'_>,
) -> Result<(), D::Error> {
    field.decode_over(deserializer, context)
}

/// Decodes a list that an object of one field may wrap, and replaces it; for the derive `Decode`.
///
/// # Errors
///
/// If the JSON itself is broken.
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
