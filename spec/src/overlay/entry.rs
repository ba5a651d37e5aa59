//! The entries of an overlay, with their places in the file.

use super::fact::Statement;
use super::types::{NewField, Type};
use crate::model::{EnumValue, Sensitivity};
use crate::source::Span;
use crate::toml_reader::At;

/// A change of an operation, with the key that names its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A field, a list's element or a map's value has another type.
    CorrectType { field: At<String>, ty: Type },
    /// A field has another name on the wire.
    Rename { field: At<String>, to: At<String> },
    /// A structure has another name, after which its Rust type is called.
    RenameStructure { field: At<String>, to: At<String> },
    /// A field is added, last or after a sibling.
    Add { field: At<String>, new: NewField, after: Option<At<String>> },
    /// A field does not exist.
    Drop { field: At<String> },
    /// A further value is possible.
    AddValue { field: At<String>, value: At<EnumValue> },
    /// The reason to keep a value out of logs; `None` if there is none.
    Sensitive { field: At<String>, why: Option<Sensitivity> },
    /// A fact about a field's value.
    Fact { field: At<String>, fact: At<Statement> },
    /// A description in English.
    Document { target: Target, english: At<String> },
    /// Sending the same request again does no harm.
    SafeToRepeat { span: Span },
}

impl Entry {
    /// Returns the place of its target in the file, where its diagnostics point.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::CorrectType { field, .. }
            | Self::Rename { field, .. }
            | Self::RenameStructure { field, .. }
            | Self::Add { field, .. }
            | Self::Drop { field }
            | Self::Sensitive { field, .. } => field.span,
            Self::AddValue { value, .. } => value.span,
            Self::Fact { fact, .. } => fact.span,
            Self::Document { english, .. } => english.span,
            Self::SafeToRepeat { span } => *span,
        }
    }

    /// Returns the facts that it states, in words: no two entries may state the same fact.
    pub(super) fn facts(&self) -> Vec<String> {
        let fact = match self {
            Self::CorrectType { field, .. } => format!("the type of `{}`", field.value),
            Self::Rename { field, .. } => format!("the name of `{}`", field.value),
            Self::RenameStructure { field, .. } => format!("the structure's name of `{}`", field.value),
            Self::Add { field, .. } | Self::Drop { field } => format!("whether `{}` exists", field.value),
            Self::AddValue { field, value } => format!("value `{}` of `{}`", value.value.value, field.value),
            Self::Sensitive { field, .. } => format!("whether `{}` is sensitive", field.value),
            Self::Fact { field, fact } => format!("the {} of `{}`", fact.value.fact().as_str(), field.value),
            Self::Document { target, .. } => english(target),
            Self::SafeToRepeat { .. } => "whether the operation is safe to repeat".to_owned(),
        };
        let mut facts = vec![fact];
        match self {
            Self::Add { field, new, .. } if !new.english.is_empty() => {
                facts.push(english(&Target::Field(field.value.clone())));
            }
            Self::AddValue { field, value } if !value.value.english.is_empty() => {
                let (field, value) = (field.value.clone(), value.value.value.clone());
                facts.push(english(&Target::Value { field, value }));
            }
            _ => {}
        }
        facts
    }
}

fn english(target: &Target) -> String {
    format!("the English description of {target}")
}

/// The target of an English text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Operation,
    Field(String),
    Value { field: String, value: String },
    Error(String),
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Operation => f.write_str("the operation"),
            Self::Field(path) => write!(f, "`{path}`"),
            Self::Value { field, value } => write!(f, "value `{value}` of `{field}`"),
            Self::Error(code) => write!(f, "error code `{code}`"),
        }
    }
}
