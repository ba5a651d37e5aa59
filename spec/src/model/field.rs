//! A field: a request parameter or a member of the answer.

use serde::{Deserialize, Serialize};

use super::{Format, Range, Shape};

/// A request parameter, a field of the answer, or a member of a structure in either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// What its value is; `type` and what belongs to the type in JSON.
    #[serde(flatten)]
    pub shape: Shape,
    /// How a request carries the parameter, if it is a list, a map or a structure.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: Encoding,
    /// Whether responses have the number as text: its page says text, the pages of other operations say number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_text: bool,
    /// Whether a request must carry it. Always false in answers, of which pages promise nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Where a request carries the parameter.
    #[serde(default, skip_serializing_if = "is_default")]
    pub position: Position,
    /// Why its value must stay out of logs, if it must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<Sensitivity>,
    /// Whether the page says that it should no longer be used.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// What its value is written in, if the page says more than the shape does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// What the service takes where a request leaves the parameter out, as it would be on the wire.
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
    /// The page's sample value, Markdown undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
    /// The page's description as plain text: paragraphs separated by an empty line, list items as
    /// lines that begin with `- `.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The same in English, from an overlay: the page is quoted in its own language, and so both are kept. Where the page
    /// says nothing, from the product's glossary.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub english: String,
}

impl Field {
    /// An optional field of that name and shape, of which nothing else is known.
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

    /// Whether a text is a value that the service takes: neither blank nor out of bounds.
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

/// Where a request carries a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// In the query.
    #[default]
    Query,
    /// In the form that is the body.
    Body,
}

/// How a request carries a list, a map or a structure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// As several parameters: one for each element (`Name.1`, `Name.2`) and member (`Name.1.Key`).
    #[default]
    Flat,
    /// As one parameter that holds JSON.
    Json,
}

/// Why a value must stay out of logs, the graver reason last.
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
    /// The name that the spec uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::PhoneNumber => "phone-number",
            Self::Secret => "secret",
        }
    }
}
