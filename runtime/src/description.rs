//! What the local endpoint knows of an operation: its page as constants.
//!
//! Generated source (`descriptions/`) hands these to the endpoint, which checks requests against them and shapes its
//! answers by them. Which fields there are, the derives tell of the generated types themselves ([`Described`]), so that
//! nothing is written down twice.

use std::collections::BTreeMap;

/// An operation as its page documents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationDescription {
    /// Product code, e.g. `Ecs`.
    pub product: &'static str,
    /// API version, e.g. `2020-07-01`.
    pub version: &'static str,
    /// Value of the `Action` parameter or the `x-acs-action` header, e.g. `RingBell`.
    pub action: &'static str,
    /// Request parameters, in page order, without `Action`.
    pub parameters: &'static [FieldDescription],
    /// Fields of the answer's top level, in page order.
    pub answer: &'static [FieldDescription],
    /// Documented errors, in page order.
    pub errors: &'static [ErrorDescription],
    /// A successful answer in JSON: the page's sample, or one put together from the samples of its fields.
    pub sample_json: &'static str,
}

/// A request parameter, a field of the answer, or a member of a structure in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldDescription {
    /// Name on the wire.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether a request must carry it; always false in responses.
    pub required: bool,
    /// Whether a request carries it as JSON in one parameter, where a list or structure is otherwise one per value;
    /// always false in responses.
    pub json: bool,
}

/// What a value is, independent of how the wire writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text; with `values`, one of them.
    Text {
        /// Documented values, in page order; empty if any text is allowed.
        values: &'static [&'static str],
    },
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A floating-point number.
    Float,
    /// A number within bounds, both of them allowed; without a bound where there is none.
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
        /// Name of the object between the field and the list in answers, as in `"KeyPairs": {"KeyPair": [ … ]}`.
        wrapper: Option<&'static str>,
    },
    /// Values of one kind under names of anyone's choice: `Name.Key` in requests.
    Map {
        /// Kind of each value.
        value: &'static Kind,
    },
}

/// An error the page documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorDescription {
    /// HTTP status, if the page gives one.
    pub status: Option<u16>,
    /// The `Code`, e.g. `NotExists.UserId`.
    pub code: &'static str,
    /// The message's template; each `%s` marks an argument.
    pub message: &'static str,
}

/// A type that the local endpoint knows: which values it has, [`Sent`] or [`Received`]. The derives of generated types
/// implement it.
///
/// ```
/// use acs_runtime::description::{Described, Kind, Sent};
///
/// assert_eq!(<Option<i32> as Described<Sent>>::KIND, Kind::Integer);
/// assert!(<Option<i32> as Described<Sent>>::IS_OPTIONAL);
/// ```
pub trait Described<Side> {
    /// What a value is.
    const KIND: Kind;
    /// Whether a request may leave it out.
    const IS_OPTIONAL: bool = false;
}

/// In a request; see [`Described`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {}

/// In a response; see [`Described`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {}

/// The parameters of a request.
#[must_use]
pub const fn fields_sent<T: Described<Sent>>() -> &'static [FieldDescription] {
    T::KIND.fields()
}

/// The fields of a response.
#[must_use]
pub const fn fields_received<T: Described<Received>>() -> &'static [FieldDescription] {
    T::KIND.fields()
}

impl Kind {
    /// Text without documented values.
    pub const TEXT: Self = Self::Text { values: &[] };

    /// The fields of a structure; none of anything else.
    #[must_use]
    pub const fn fields(self) -> &'static [FieldDescription] {
        match self {
            Self::Structure { fields } => fields,
            _ => &[],
        }
    }

    /// A list with that object around it in answers; anything else as it is.
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
