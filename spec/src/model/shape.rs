//! The shape of a value.

use serde::{Deserialize, Serialize};

use super::Field;

/// The shape of a value, independent of how it is written on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Shape {
    /// Text; with `values`, one of a documented set that may grow.
    String {
        /// Documented values, in page order; empty if any text is allowed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        values: Vec<EnumValue>,
    },
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A floating-point number.
    Float,
    /// True or false.
    Boolean,
    /// Any JSON value; its content is not documented.
    Json,
    /// Named fields.
    Structure {
        /// The page's name for the structure (`ChannelContext` of `Array of ChannelContext`), if it has one;
        /// `structure` in JSON, where `name` is the field's.
        #[serde(rename = "structure", default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Its fields, in page order.
        fields: Vec<Field>,
    },
    /// Values of one shape.
    List {
        /// Shape of each value.
        element: Box<Shape>,
        /// Name of the JSON object between the field and the list, as in
        /// `"KeyPairs": {"KeyPair": [ … ]}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wrapper: Option<String>,
    },
    /// Values of one shape under names the caller or the service chooses.
    Map {
        /// Shape of each value.
        value: Box<Shape>,
    },
    /// A structure or an enum that stands in a [`SharedType`](super::SharedType) of its own.
    Shared {
        /// The type's name; `ref` in JSON.
        #[serde(rename = "ref")]
        to: String,
    },
}

/// A documented value of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: String,
    /// Other spellings of the same value, which pages or samples have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The meaning, from the page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
    /// The meaning in English, from an overlay.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub english: String,
}

impl Shape {
    /// Makes a text without a documented set of values.
    #[must_use]
    pub fn string() -> Self {
        Self::String { values: Vec::new() }
    }

    /// Returns the kind of value in one word, as the spec's file writes it: `String`, `List`, `Structure`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::String { .. } => "String",
            Self::Integer => "Integer",
            Self::Long => "Long",
            Self::Float => "Float",
            Self::Boolean => "Boolean",
            Self::Json => "Json",
            Self::Structure { .. } => "Structure",
            Self::List { .. } => "List",
            Self::Map { .. } => "Map",
            Self::Shared { .. } => "Shared",
        }
    }

    /// Returns the shape inside all lists and maps; the shape itself if it is neither.
    #[must_use]
    pub fn core(&self) -> &Self {
        match self {
            Self::List { element: inner, .. } | Self::Map { value: inner } => inner.core(),
            core => core,
        }
    }

    /// Returns the shape inside all lists and maps, to change it.
    pub fn core_mut(&mut self) -> &mut Self {
        match self {
            Self::List { element: inner, .. } | Self::Map { value: inner } => inner.core_mut(),
            core => core,
        }
    }

    /// Makes a list without a wrapper.
    #[must_use]
    pub fn list_of(element: Self) -> Self {
        Self::List { element: Box::new(element), wrapper: None }
    }
}
