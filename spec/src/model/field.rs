//! A field: a request parameter or a member of the response.

use serde::{Deserialize, Serialize};

use super::{Format, Range, Shape};

/// A request parameter, a field of the response, or a member of a structure in either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// The shape of its value: `type` and the keys beside it in JSON.
    #[serde(flatten)]
    pub shape: Shape,
    /// How a request encodes the parameter, if it is a list, a map or a structure.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: Encoding,
    /// Whether responses carry the number as text: its page says text, the pages of other operations say number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_text: bool,
    /// Whether a request must carry it. Always false in responses, because pages do not say which fields are always
    /// present.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// The part of the request that carries the parameter.
    #[serde(default, skip_serializing_if = "is_default")]
    pub position: Position,
    /// The reason to keep its value out of logs, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<Sensitivity>,
    /// Whether the page says that it should no longer be used.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// The format of its value, if the page states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The value that the service uses if a request omits the parameter, as on the wire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Bounds of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// Bounds of the length of a text: in characters, or in `unit` if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Range>,
    /// Unit of a number or of `length`, by its usual English name: `seconds`, `GiB`, `percent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The page's sample value, without Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
    /// The page's description as plain text: paragraphs separated by an empty line, list items as
    /// lines that begin with `- `.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The description in English, from an overlay or else from the product's glossary. The page is quoted in its own
    /// language, so both are kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub english: String,
}

impl Field {
    /// Makes an optional field with a name and a shape, and nothing else.
    ///
    /// ```
    /// use ccc_spec::model::{Field, Shape};
    ///
    /// let field = Field { required: true, ..Field::new("InstanceId", Shape::string()) };
    /// assert_eq!((field.name.as_str(), field.sample), ("InstanceId", None));
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, shape: Shape) -> Self {
        Self {
            name: name.into(),
            shape,
            required: false,
            position: Position::default(),
            encoding: Encoding::default(),
            as_text: false,
            sensitive: None,
            deprecated: false,
            format: None,
            default: None,
            range: None,
            length: None,
            unit: None,
            sample: None,
            description: String::new(),
            english: String::new(),
        }
    }

    /// Returns whether the service accepts a text as the value: it is neither blank nor out of bounds.
    ///
    /// ```
    /// use ccc_spec::model::{Field, Range, Shape};
    ///
    /// let range = Some(Range { min: Some(30), max: Some(300) });
    /// let field = Field { range, ..Field::new("TimeoutSeconds", Shape::Integer) };
    /// assert!(field.takes("60") && !field.takes("10") && !field.takes(" "));
    /// ```
    #[must_use]
    pub fn takes(&self, text: &str) -> bool {
        let text = text.trim();
        let is_outside = |range: Range| text.parse().is_ok_and(|number| !range.contains(number));
        !text.is_empty() && !self.range.is_some_and(is_outside)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Part of a request that carries a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// The query.
    #[default]
    Query,
    /// The form in the body.
    Body,
}

/// How a request encodes a list, a map or a structure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// Several parameters: one for each element (`Name.1`, `Name.2`) and member (`Name.1.Key`).
    #[default]
    Flat,
    /// One parameter that holds JSON.
    Json,
}

/// Reasons to keep a value out of logs; the gravest is last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// It is what people said or wrote, or data about a person.
    Personal,
    /// It is, or may contain, a phone number.
    PhoneNumber,
    /// It is a password, key or token.
    Secret,
}

impl Sensitivity {
    /// Returns the name that the spec uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::PhoneNumber => "phone-number",
            Self::Secret => "secret",
        }
    }
}
