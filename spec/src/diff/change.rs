//! A change of a spec. Its type shows the effect on users.

use std::fmt;

use super::Fact;
use crate::model::{Encoding, EnumValue, Position, Sensitivity, Shape};

/// A change of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Path of the change: `request.Callee`, `response.Data.Items[].Id`, `errors.UserBusy`, or `UserContext.State` in
    /// a shared type; empty for the operation itself.
    pub path: String,
    /// The part of the operation that changed.
    pub side: Side,
    /// Kind of the change.
    pub kind: ChangeKind,
}

/// Kind of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// A part of the operation has another text.
    Replaced {
        /// The part.
        part: Part,
        /// Its text before; empty if there was none.
        old: String,
        /// Its text now; empty if there is none.
        new: String,
    },
    /// The operation became known to be safe to repeat, or no longer is.
    SafeToRepeat {
        /// Whether it is known now.
        now: bool,
    },
    /// A field is new.
    FieldAdded {
        /// The new shape.
        shape: Shape,
        /// Whether a request must carry it.
        required: bool,
    },
    /// A field is gone.
    FieldRemoved {
        /// The old shape.
        shape: Shape,
    },
    /// A field, a list's element or a map's value has another type.
    TypeChanged {
        /// The old shape.
        old: Shape,
        /// The new shape.
        new: Shape,
    },
    /// A field became required, or no longer is.
    Required {
        /// Whether it is required now.
        now: bool,
    },
    /// The reason to keep a field's value out of logs changed.
    SensitivityChanged {
        /// The old reason, if there was one.
        old: Option<Sensitivity>,
        /// The new reason, if there is one.
        new: Option<Sensitivity>,
    },
    /// A structure has another name on the page.
    StructureRenamed {
        /// The name before.
        old: Option<String>,
        /// The name now.
        new: Option<String>,
    },
    /// A list has another wrapper on the wire.
    WrapperChanged {
        /// The wrapper before.
        old: Option<String>,
        /// The wrapper now.
        new: Option<String>,
    },
    /// Requests encode a list or a structure differently.
    EncodingChanged {
        /// The old encoding.
        old: Encoding,
        /// The new encoding.
        new: Encoding,
    },
    /// Requests carry a parameter in another part.
    PositionChanged {
        /// The old position.
        old: Position,
        /// The new position.
        new: Position,
    },
    /// A text that could be anything has documented values now.
    BecameEnum {
        /// The values.
        values: Vec<EnumValue>,
    },
    /// A text that had documented values can be anything now.
    BecameText {
        /// The values it had.
        values: Vec<EnumValue>,
    },
    /// A further value is documented.
    ValueAdded(EnumValue),
    /// A value is no longer documented.
    ValueRemoved(EnumValue),
    /// A value has other spellings.
    ValueSpellings {
        /// The value.
        value: String,
    },
    /// A value's meaning is described differently, in either language.
    ValueMeaning {
        /// The value.
        value: String,
    },
    /// A fact about a field's value is stated differently.
    FactChanged {
        /// The fact.
        fact: Fact,
        /// The old statement, if there was one.
        old: Option<String>,
        /// The new statement, if there is one.
        new: Option<String>,
    },
    /// A field has another sample value.
    SampleValue {
        /// The value before.
        old: Option<String>,
        /// The value now.
        new: Option<String>,
    },
    /// A field or an error code is described differently.
    Description,
    /// A field or an error code is described differently in English.
    English,
    /// A row of an error code is new.
    ErrorAdded {
        /// Its HTTP status.
        status: Option<u16>,
        /// Whether other rows document the same code, and did before.
        again: bool,
    },
    /// A row of an error code is gone.
    ErrorRemoved {
        /// Its HTTP status.
        status: Option<u16>,
        /// Whether other rows still document the same code.
        remains: bool,
    },
    /// An error code comes with another HTTP status.
    ErrorStatus {
        /// The status before.
        old: Option<u16>,
        /// The status now.
        new: Option<u16>,
    },
    /// An error code has another message.
    ErrorMessage {
        /// The message before.
        old: String,
        /// The message now.
        new: String,
    },
    /// Members are in another order.
    Reordered,
}

/// A part of an operation that consists of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The product's code.
    Product,
    /// The API version.
    Version,
    /// RPC or ROA.
    Style,
    /// The action.
    Action,
    /// The heading.
    Title,
    /// The opening text.
    Summary,
    /// The opening text in English.
    English,
    /// The request samples.
    RequestSamples,
    /// The response samples.
    ResponseSamples,
    /// The link to the API explorer.
    ExplorerLink,
    /// The link to further error codes.
    ErrorCenterLink,
}

/// Part of an operation that a change is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The request.
    Request,
    /// The response.
    Response,
    /// The error codes.
    Errors,
    /// The operation itself.
    Operation,
}

impl Part {
    fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Version => "version",
            Self::Style => "style",
            Self::Action => "action",
            Self::Title => "title",
            Self::Summary => "summary",
            Self::English => "English summary",
            Self::RequestSamples => "request samples",
            Self::ResponseSamples => "response samples",
            Self::ExplorerLink => "explorer link",
            Self::ErrorCenterLink => "error centre link",
        }
    }

    /// Returns whether its text is short enough to be shown.
    fn is_short(self) -> bool {
        !matches!(self, Self::Summary | Self::English | Self::RequestSamples | Self::ResponseSamples)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.kind)
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replaced { part, old, new } if part.is_short() => {
                write!(f, "{} changed {}", part.as_str(), from_to(&quoted(old), &quoted(new)))
            }
            Self::Replaced { part, old, new } => {
                let verb = match (old.is_empty(), new.is_empty()) {
                    (true, false) => "added",
                    (false, true) => "removed",
                    _ => "changed",
                };
                write!(f, "{} {verb}", part.as_str())
            }
            Self::SafeToRepeat { now: true } => f.write_str("known to be safe to repeat now"),
            Self::SafeToRepeat { now: false } => f.write_str("no longer known to be safe to repeat"),
            Self::FieldAdded { shape, required } => {
                write!(f, "added ({}{})", if *required { "required " } else { "" }, name(shape))
            }
            Self::FieldRemoved { shape } => write!(f, "removed ({})", name(shape)),
            Self::TypeChanged { old, new } => write!(f, "type changed {}", from_to(&name(old), &name(new))),
            Self::Required { now: true } => f.write_str("required now"),
            Self::Required { now: false } => f.write_str("no longer required"),
            Self::SensitivityChanged { old, new } => {
                write!(f, "sensitivity changed {}", from_to(sensitivity(*old), sensitivity(*new)))
            }
            Self::StructureRenamed { old, new } => {
                write!(f, "structure renamed {}", from_to(&optional(old.as_ref()), &optional(new.as_ref())))
            }
            Self::WrapperChanged { old, new } => {
                write!(
                    f,
                    "list wrapper changed {}",
                    from_to(&optional(old.as_ref()), &optional(new.as_ref()))
                )
            }
            Self::EncodingChanged { old, new } => {
                write!(f, "encoding changed {}", from_to(encoding(*old), encoding(*new)))
            }
            Self::PositionChanged { old, new } => {
                write!(f, "position changed {}", from_to(position(*old), position(*new)))
            }
            Self::BecameEnum { values } => write!(f, "values documented: {}", listed(values)),
            Self::BecameText { values } => write!(f, "values no longer documented: {}", listed(values)),
            Self::ValueAdded(value) => write!(f, "value `{}` added", value.value),
            Self::ValueRemoved(value) => write!(f, "value `{}` removed", value.value),
            Self::ValueSpellings { value } => write!(f, "other spellings of value `{value}` changed"),
            Self::ValueMeaning { value } => write!(f, "meaning of value `{value}` changed"),
            Self::FactChanged { fact, old, new } => {
                let (old, new) = (optional(old.as_ref()), optional(new.as_ref()));
                write!(f, "{} changed {}", fact.as_str(), from_to(&old, &new))
            }
            Self::SampleValue { old, new } => {
                write!(
                    f,
                    "sample value changed {}",
                    from_to(&optional(old.as_ref()), &optional(new.as_ref()))
                )
            }
            Self::Description => f.write_str("description changed"),
            Self::English => f.write_str("English description changed"),
            Self::ErrorAdded { status, .. } => write!(f, "added (HTTP {})", number(*status)),
            Self::ErrorRemoved { status, .. } => write!(f, "removed (HTTP {})", number(*status)),
            Self::ErrorStatus { old, new } => {
                write!(f, "HTTP status changed {}", from_to(&number(*old), &number(*new)))
            }
            Self::ErrorMessage { old, new } => {
                write!(f, "message changed {}", from_to(&quoted(old), &quoted(new)))
            }
            Self::Reordered => f.write_str("order changed"),
        }
    }
}

fn listed(values: &[EnumValue]) -> String {
    values.iter().map(|value| quoted(&value.value)).collect::<Vec<_>>().join(", ")
}

fn from_to(old: &str, new: &str) -> String {
    format!("from {old} to {new}")
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") }
}

fn optional(text: Option<&String>) -> String {
    quoted(text.map(String::as_str).unwrap_or_default())
}

fn number(status: Option<u16>) -> String {
    status.map_or_else(|| "status unknown".to_owned(), |status| status.to_string())
}

fn sensitivity(sensitivity: Option<Sensitivity>) -> &'static str {
    match sensitivity {
        None => "none",
        Some(Sensitivity::Personal) => "personal",
        Some(Sensitivity::PhoneNumber) => "phone number",
        Some(Sensitivity::Secret) => "secret",
    }
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Flat => "one parameter per element or member",
        Encoding::Json => "one parameter with JSON",
    }
}

fn position(position: Position) -> &'static str {
    match position {
        Position::Query => "the query",
        Position::Body => "the body",
    }
}

/// Returns a short name of a shape: `String`, `List of ChannelContext`, `Structure`.
pub(super) fn name(shape: &Shape) -> String {
    match shape {
        Shape::Structure { name: Some(own), .. } => own.clone(),
        Shape::List { element, .. } => format!("List of {}", name(element)),
        Shape::Map { value } => format!("Map of {}", name(value)),
        Shape::Shared { to } => format!("the shared type {to}"),
        other => other.kind().to_owned(),
    }
}
