//! The documentation of operations, as constants.
//!
//! Tools that know operations only at run time read them: the local endpoint, which checks requests against them and
//! shapes its responses by them; command lines; forms. Generated source (`descriptions/`) has one for each operation.
//! The derives describe fields and values from the generated types and their doc comments ([`Described`]), so nothing
//! is written down twice. [`check()`] compares the parameters of a request with a description.

mod check;

use std::collections::BTreeMap;

pub use check::{ParameterProblem, Problem, check, unknown_parameters};

/// An operation as its page documents it.
///
/// ```
/// use acs_runtime::description::{FieldDescription, Kind, OperationDescription};
///
/// const RING_BELL: OperationDescription = OperationDescription {
///     summary: "Rings a bell",
///     parameters: &[FieldDescription { required: true, ..FieldDescription::new("BellId", Kind::TEXT) }],
///     ..OperationDescription::new("Bells", "2024-01-01", "RingBell")
/// };
/// assert!(RING_BELL.parameters[0].required);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationDescription {
    /// Product code, e.g. `Ecs`.
    pub product: &'static str,
    /// API version, e.g. `2020-07-01`.
    pub version: &'static str,
    /// Value of the `Action` parameter or the `x-acs-action` header, e.g. `RingBell`.
    pub action: &'static str,
    /// A summary in one line of plain text without a full stop; may be empty.
    pub summary: &'static str,
    /// The text of its page: plain text in paragraphs with empty lines between them; may be empty.
    pub documentation: &'static str,
    /// Title of the area of operations that it belongs to, if the product has areas.
    pub area: Option<&'static str>,
    /// Whether it may be carried out twice without harm.
    pub idempotent: bool,
    /// Request parameters, in page order, without `Action`.
    pub parameters: &'static [FieldDescription],
    /// Fields of the response's top level, in page order.
    pub answer: &'static [FieldDescription],
    /// Documented errors, in page order.
    pub errors: &'static [ErrorDescription],
    /// A successful response in JSON: the page's sample, or one built from the samples of its fields.
    pub sample_json: &'static str,
}

/// A request parameter, a field of the response, or a member of a structure in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldDescription {
    /// Name on the wire.
    pub name: &'static str,
    /// The text of its page: plain text, may have several lines, may be empty.
    pub documentation: &'static str,
    /// A value that its page shows.
    pub sample: Option<&'static str>,
    /// The kind of its value.
    pub kind: Kind,
    /// Whether a request must carry it; always false in responses.
    pub required: bool,
    /// Whether a request carries it as one parameter with JSON, instead of one parameter per value of the list or
    /// structure; always false in responses.
    pub json: bool,
    /// Whether a request carries it in the body; always false in responses.
    pub body: bool,
    /// Whether the value stays out of logs: a phone number, a secret, or something personal.
    pub sensitive: bool,
    /// Whether the value is a password or key, which no one may see; then it is also sensitive.
    pub secret: bool,
}

/// A documented value of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueDescription {
    /// The value on the wire.
    pub value: &'static str,
    /// Its meaning: plain text, may be empty.
    pub documentation: &'static str,
}

/// The kind of a value, independent of its form on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text; with `values`, one of them.
    Text {
        /// Documented values, in page order; empty if any text is allowed.
        values: &'static [ValueDescription],
    },
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A floating-point number.
    Float,
    /// A number within inclusive bounds; `None` means no bound.
    Within {
        /// The number.
        kind: &'static Kind,
        /// The smallest.
        min: Option<i64>,
        /// The largest.
        max: Option<i64>,
    },
    /// `true` or `false`.
    Boolean,
    /// Any JSON value.
    Json,
    /// Named fields: `Name.Key` in requests.
    Structure {
        /// The fields, in page order.
        fields: &'static [FieldDescription],
    },
    /// Values of one kind: `Name.1`, `Name.2` in requests.
    List {
        /// Kind of each value.
        element: &'static Kind,
        /// Name of the object between the field and the list in responses, as in `"KeyPairs": {"KeyPair": [ … ]}`.
        wrapper: Option<&'static str>,
    },
    /// Values of one kind under any names: `Name.Key` in requests.
    Map {
        /// Kind of each value.
        value: &'static Kind,
    },
}

/// An error that the page documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorDescription {
    /// HTTP status, if the page gives one.
    pub status: Option<u16>,
    /// The `Code`, e.g. `NotExists.UserId`.
    pub code: &'static str,
    /// The message's template; each `%s` marks an argument.
    pub message: &'static str,
}

/// A type with a description, as [`Sent`] or as [`Received`]. The derives of generated types implement it.
///
/// ```
/// use acs_runtime::description::{Described, Kind, Sent};
///
/// assert_eq!(<Option<i32> as Described<Sent>>::KIND, Kind::Integer);
/// assert!(<Option<i32> as Described<Sent>>::IS_OPTIONAL);
/// ```
pub trait Described<Side> {
    /// The kind of its values.
    const KIND: Kind;
    /// Whether a request may omit it.
    const IS_OPTIONAL: bool = false;
}

/// In a request; see [`Described`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {}

/// In a response; see [`Described`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {}

/// Returns the parameters of a request.
#[must_use]
pub const fn fields_sent<T: Described<Sent>>() -> &'static [FieldDescription] {
    T::KIND.fields()
}

/// Returns the fields of a response.
#[must_use]
pub const fn fields_received<T: Described<Received>>() -> &'static [FieldDescription] {
    T::KIND.fields()
}

impl OperationDescription {
    /// Creates an operation without parameters, fields, errors and documentation, which responds with an empty object.
    /// It is not idempotent.
    #[must_use]
    pub const fn new(product: &'static str, version: &'static str, action: &'static str) -> Self {
        Self {
            product,
            version,
            action,
            summary: "",
            documentation: "",
            area: None,
            idempotent: false,
            parameters: &[],
            answer: &[],
            errors: &[],
            sample_json: "{}",
        }
    }
}

impl FieldDescription {
    /// Creates an optional field without documentation.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            documentation: "",
            sample: None,
            kind,
            required: false,
            json: false,
            body: false,
            sensitive: false,
            secret: false,
        }
    }
}

impl Kind {
    /// Text without documented values.
    pub const TEXT: Self = Self::Text { values: &[] };

    /// Returns the fields of a structure; none for any other kind.
    #[must_use]
    pub const fn fields(self) -> &'static [FieldDescription] {
        match self {
            Self::Structure { fields } => fields,
            _ => &[],
        }
    }

    /// Returns a list with this object around it in responses; any other kind unchanged.
    #[must_use]
    pub const fn wrapped(self, wrapper: &'static str) -> Self {
        match self {
            Self::List { element, .. } => Self::List { element, wrapper: Some(wrapper) },
            other => other,
        }
    }
}

macro_rules! described {
    ($($ty:ty = $kind:expr;)*) => {$(
        impl<S> Described<S> for $ty {
            const KIND: Kind = $kind;
        }
    )*};
}

described! {
    String = Kind::TEXT;
    i32 = Kind::Integer;
    i64 = Kind::Long;
    f64 = Kind::Float;
    bool = Kind::Boolean;
    serde_json::Value = Kind::Json;
}

impl<S, T: Described<S>> Described<S> for Option<T> {
    const KIND: Kind = T::KIND;
    const IS_OPTIONAL: bool = true;
}

impl<S, T: Described<S>> Described<S> for Vec<T> {
    const KIND: Kind = Kind::List { element: &T::KIND, wrapper: None };
}

impl<S, T: Described<S>> Described<S> for BTreeMap<String, T> {
    const KIND: Kind = Kind::Map { value: &T::KIND };
}
