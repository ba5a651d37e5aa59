//! A field: a request parameter or a member of the answer.

use serde::{Deserialize, Serialize};

use super::Shape;

/// A request parameter, a field of the answer, or a member of a structure in either.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// What its value is; `type` and what belongs to the type in JSON.
    #[serde(flatten)]
    pub shape: Shape,
    /// Whether a request must carry it. Always false in answers, of which pages promise nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Why its value must stay out of logs, if it must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<Sensitivity>,
    /// The page's sample value, Markdown undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
    /// The page's description as plain text: paragraphs separated by an empty line, list items as
    /// lines that begin with `- `.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The same in English, from an overlay: the page is quoted in its own language, and so both are kept.
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
            sensitive: None,
            sample: None,
            description: String::new(),
            english: String::new(),
        }
    }
}

/// Why a value must stay out of logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// It is, or may contain, a phone number.
    PhoneNumber,
    /// It is a password, key or token.
    Secret,
}
