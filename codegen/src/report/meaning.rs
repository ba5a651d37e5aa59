//! The meaning of a change for users of the generated crate.
//!
//! It follows from the generated Rust. Required parameters are type parameters of a builder. Optional parameters and scalars
//! of responses are `Option`s, and strings with documented values are open enums. Structures, enums and errors are
//! `#[non_exhaustive]`.

use ccc_spec::diff::{Change, ChangeKind, Part, Side};
use ccc_spec::model::Shape;

use super::words;

/// The impact of a change on users, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// Only documentation changes.
    Documentation,
    /// Their code still compiles, but does something else.
    Behaviour,
    /// They can do or see more, and their code still compiles.
    Addition,
    /// Their code may no longer compile.
    Breaking,
}

impl Impact {
    /// Every impact, the greatest first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Addition, Self::Behaviour, Self::Documentation];

    /// Returns `breaking`, `addition`, `behaviour` or `documentation`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documentation => "documentation",
            Self::Behaviour => "behaviour",
            Self::Addition => "addition",
            Self::Breaking => "breaking",
        }
    }
}

/// The meaning of a change for users of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The impact of the change.
    pub impact: Impact,
    /// The reason for the impact, in one sentence without a full stop.
    pub reason: String,
}

impl Meaning {
    /// Returns the meaning of a change.
    ///
    /// ```
    /// use ccc_codegen::report::{Impact, Meaning};
    /// use ccc_spec::diff::{Change, ChangeKind, Side};
    /// use ccc_spec::model::Shape;
    ///
    /// let added = |required| Change {
    ///     path: "request.Tag".to_owned(),
    ///     side: Side::Request,
    ///     kind: ChangeKind::FieldAdded { shape: Shape::string(), required },
    /// };
    /// assert_eq!(Meaning::from_change(&added(false)).impact, Impact::Addition);
    /// assert_eq!(Meaning::from_change(&added(true)).impact, Impact::Breaking);
    /// ```
    #[must_use]
    pub fn from_change(change: &Change) -> Self {
        let (impact, reason) = meaning(&change.kind, change.side);
        Self { impact, reason: reason.into_owned() }
    }
}

type Reason = std::borrow::Cow<'static, str>;

fn meaning(kind: &ChangeKind, side: Side) -> (Impact, Reason) {
    use Impact::{Addition, Behaviour, Breaking, Documentation};
    let request = side == Side::Request;
    match kind {
        ChangeKind::Replaced { part, .. } => part_meaning(*part),
        ChangeKind::SafeToRepeat { now: true } => (
            Behaviour,
            "a request that may have reached the service is sent again where retries are on".into(),
        ),
        ChangeKind::SafeToRepeat { now: false } => {
            (Behaviour, "a request that may have reached the service is no longer sent again".into())
        }
        ChangeKind::FieldAdded { required: true, .. } if request => {
            (Breaking, "a request that does not set it no longer compiles".into())
        }
        ChangeKind::FieldAdded { .. } if request => {
            (Addition, "a request may set it; a request that does not is sent as before".into())
        }
        ChangeKind::FieldAdded { shape, .. } => {
            (Addition, format!("a new field to read, {}", absent_in_response(shape)).into())
        }
        ChangeKind::FieldRemoved { .. } if request => {
            (Breaking, "its setter is gone: code that calls it no longer compiles".into())
        }
        ChangeKind::FieldRemoved { .. } => (Breaking, "code that reads the field no longer compiles".into()),
        ChangeKind::TypeChanged { old, new } => (Breaking, type_changed(old, new, request)),
        ChangeKind::Required { now: true } if request => (
            Breaking,
            "a request that does not set it no longer compiles, and its type is no longer an `Option`".into(),
        ),
        ChangeKind::Required { now: false } if request => (
            Breaking,
            "its type becomes an `Option`: code that reads it no longer compiles, but code that sets it does"
                .into(),
        ),
        ChangeKind::Required { .. } => (Documentation, "in responses every field is optional".into()),
        ChangeKind::SensitivityChanged { new: Some(_), .. } => {
            (Behaviour, "`Debug` and error messages hide its value".into())
        }
        ChangeKind::SensitivityChanged { new: None, .. } => (
            Behaviour,
            "`Debug` and error messages now show its value: make sure that it may appear in logs".into(),
        ),
        ChangeKind::StructureRenamed { .. } => {
            (Breaking, "the Rust type is named after it: code that names the type no longer compiles".into())
        }
        ChangeKind::WrapperChanged { .. } if request => {
            (Documentation, "lists of requests have no object around them".into())
        }
        ChangeKind::WrapperChanged { .. } => (
            Behaviour,
            "the list is read from another place in the response; its Rust type is still a `Vec`".into(),
        ),
        ChangeKind::EncodingChanged { .. } if request => {
            (Behaviour, "the same code sends the value in another form".into())
        }
        ChangeKind::EncodingChanged { .. } => (Documentation, "only requests have an encoding".into()),
        ChangeKind::PositionChanged { .. } => {
            (Behaviour, "the same code sends the parameter in another part of the request".into())
        }
        ChangeKind::BecameEnum { .. } => {
            (Breaking, "`String` becomes an open enum: code that reads it as text no longer compiles".into())
        }
        ChangeKind::BecameText { .. } => (
            Breaking,
            "an open enum becomes `String`: code that names its variants no longer compiles".into(),
        ),
        ChangeKind::ValueAdded(_) => (
            Addition,
            "a new variant of a non-exhaustive enum, which held the value as unknown before".into(),
        ),
        ChangeKind::ValueSpellings { .. } => {
            (Behaviour, "the spellings that are read as the variant change".into())
        }
        ChangeKind::ErrorAdded { again: true, .. } | ChangeKind::ErrorRemoved { remains: true, .. } => {
            (Documentation, "other rows document the same code, so its variant stays".into())
        }
        ChangeKind::ErrorAdded { .. } => {
            (Addition, "a new variant of a non-exhaustive error, which was unknown before".into())
        }
        ChangeKind::ValueRemoved(_) | ChangeKind::ErrorRemoved { .. } => {
            (Breaking, "its variant is gone: code that names it no longer compiles".into())
        }
        ChangeKind::ErrorStatus { .. } => (
            Documentation,
            "errors are told apart by their codes; the status of an error is the one that the service sends"
                .into(),
        ),
        ChangeKind::ErrorMessage { old, new } => message_changed(old, new),
        ChangeKind::ValueMeaning { .. }
        | ChangeKind::FactChanged { .. }
        | ChangeKind::Description
        | ChangeKind::English => (Documentation, "only texts that users read".into()),
        ChangeKind::SampleValue { .. } => {
            (Documentation, "texts that users read, and the responses of the local endpoint".into())
        }
        ChangeKind::Reordered => (Documentation, "only the order of the documentation".into()),
        // This release of the generator does not know the kind, so a person must look.
        _ => (
            Breaking,
            "the generator does not know this change: read the diff of the generated source".into(),
        ),
    }
}

fn part_meaning(part: Part) -> (Impact, Reason) {
    match part {
        Part::Action => {
            (Impact::Breaking, "the operation's module, method and types are named after it".into())
        }
        Part::Product | Part::Version => (
            Impact::Breaking,
            "requests go to another product or version, which may respond differently".into(),
        ),
        Part::Style => (Impact::Breaking, "requests have another form".into()),
        Part::ResponseSamples => {
            (Impact::Documentation, "texts that users read, and the responses of the local endpoint".into())
        }
        Part::Title
        | Part::Summary
        | Part::English
        | Part::RequestSamples
        | Part::ExplorerLink
        | Part::ErrorCenterLink => (Impact::Documentation, "only texts that users read".into()),
        // A part that this release of the generator does not know.
        _ => (
            Impact::Breaking,
            "the generator does not know this change: read the diff of the generated source".into(),
        ),
    }
}

/// Describes the value of a field that a response does not have.
fn absent_in_response(shape: &Shape) -> &'static str {
    match shape {
        Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. } => {
            "which is empty if the response does not have it"
        }
        _ => "which is `None` if the response does not have it",
    }
}

fn type_changed(old: &Shape, new: &Shape, request: bool) -> Reason {
    let consequence = match (request, words::widens(old, new)) {
        (true, true) => "builders also take the old type, but code that reads the field no longer compiles",
        (true, false) => "code that sets or reads it no longer compiles",
        (false, _) => "code that reads it no longer compiles",
    };
    format!("{} becomes {}: {consequence}", words::value(old), words::value(new)).into()
}

fn message_changed(old: &str, new: &str) -> (Impact, Reason) {
    let (old, new) = (words::arguments(old), words::arguments(new));
    if old == new {
        (Impact::Documentation, "the error's arguments stay the same".into())
    } else if old.is_empty() {
        (Impact::Addition, "the error's variant now has the arguments of the message".into())
    } else {
        (
            Impact::Breaking,
            "the arguments of the message are fields of the error's variant, and their names change".into(),
        )
    }
}
