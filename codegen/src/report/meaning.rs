//! What a change of the spec means for those who use the generated crate.
//!
//! Judged by the Rust that the generator emits: required parameters are typestate, optional ones and the
//! scalars of answers `Option`s, values open enums; structures, enums and errors are `#[non_exhaustive]`.

use ccc_spec::diff::{Change, ChangeKind, Part, Side};
use ccc_spec::model::Shape;

use super::words;

/// How much a change matters to users, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// They read something else.
    Documentation,
    /// Their code compiles as it is, and does something else.
    Behaviour,
    /// They can do or see more; their code compiles as it is.
    Addition,
    /// Their code may no longer compile.
    Breaking,
}

impl Impact {
    /// Every impact, the gravest first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Addition, Self::Behaviour, Self::Documentation];

    /// `breaking`, `addition`, `behaviour` or `documentation`.
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

/// What a change means for users of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// How much it matters.
    pub impact: Impact,
    /// Why, in one sentence without a full stop.
    pub reason: String,
}

impl Meaning {
    /// What a change means for users of the generated crate.
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
            (Addition, "a request may set it; one that does not is sent as before".into())
        }
        ChangeKind::FieldAdded { shape, .. } => {
            (Addition, format!("one more field to read, {}", in_answers(shape)).into())
        }
        ChangeKind::FieldRemoved { .. } if request => {
            (Breaking, "its setter is gone: code that calls it no longer compiles".into())
        }
        ChangeKind::FieldRemoved { .. } => (Breaking, "code that reads the field no longer compiles".into()),
        ChangeKind::TypeChanged { old, new } => (Breaking, type_changed(old, new, request)),
        ChangeKind::Required { now: true } if request => (
            Breaking,
            "a request that does not set it no longer compiles, and its type is no `Option` any more".into(),
        ),
        ChangeKind::Required { now: false } if request => (
            Breaking,
            "its type becomes an `Option`: code that reads it no longer compiles; builders do".into(),
        ),
        ChangeKind::Required { .. } => (Documentation, "answers promise nothing".into()),
        ChangeKind::SensitivityChanged { new: Some(_), .. } => {
            (Behaviour, "`Debug` and error messages hide its value".into())
        }
        ChangeKind::SensitivityChanged { new: None, .. } => (
            Behaviour,
            "`Debug` and error messages show its value now: make sure that no log must hide it".into(),
        ),
        ChangeKind::StructureRenamed { .. } => {
            (Breaking, "the Rust type is named after it: code that names the type no longer compiles".into())
        }
        ChangeKind::WrapperChanged { .. } if request => {
            (Documentation, "requests have no list wrappers".into())
        }
        ChangeKind::WrapperChanged { .. } => (
            Behaviour,
            "the list is read from another place in the answer; its Rust type stays a `Vec`".into(),
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
            "one more variant of a non-exhaustive enum, which carried the value as unknown before".into(),
        ),
        ChangeKind::ValueSpellings { .. } => {
            (Behaviour, "the variant stands for other spellings, too".into())
        }
        ChangeKind::ErrorAdded { again: true, .. } | ChangeKind::ErrorRemoved { remains: true, .. } => {
            (Documentation, "other rows document the same code: its variant stays".into())
        }
        ChangeKind::ErrorAdded { .. } => {
            (Addition, "one more variant of a non-exhaustive error, which came as unknown before".into())
        }
        ChangeKind::ValueRemoved(_) | ChangeKind::ErrorRemoved { .. } => {
            (Breaking, "its variant is gone: code that names it no longer compiles".into())
        }
        ChangeKind::ErrorStatus { .. } => (
            Documentation,
            "errors are told apart by code; the status of an answer is what the service sends".into(),
        ),
        ChangeKind::ErrorMessage { old, new } => message_changed(old, new),
        ChangeKind::ValueMeaning { .. }
        | ChangeKind::FactChanged { .. }
        | ChangeKind::Description
        | ChangeKind::English => (Documentation, "only what users read".into()),
        ChangeKind::SampleValue { .. } => {
            (Documentation, "documentation, and what the local endpoint answers".into())
        }
        ChangeKind::Reordered => (Documentation, "only the order in which things are documented".into()),
        // A kind that this release of the generator does not know: whoever reviews must look.
        _ => (Breaking, "what it means is not known here: read the diff of the generated source".into()),
    }
}

fn part_meaning(part: Part) -> (Impact, Reason) {
    match part {
        Part::Action => {
            (Impact::Breaking, "the operation's module, method and types are named after it".into())
        }
        Part::Product | Part::Version => {
            (Impact::Breaking, "requests go to another product or version, which may answer otherwise".into())
        }
        Part::Style => (Impact::Breaking, "requests are formed otherwise".into()),
        Part::ResponseSamples => {
            (Impact::Documentation, "documentation, and what the local endpoint answers".into())
        }
        Part::Title
        | Part::Summary
        | Part::English
        | Part::RequestSamples
        | Part::ExplorerLink
        | Part::ErrorCenterLink => (Impact::Documentation, "only what users read".into()),
        // A part that this release of the generator does not know.
        _ => (
            Impact::Breaking,
            "what it means is not known here: read the diff of the generated source".into(),
        ),
    }
}

/// How a field of an answer looks to its reader.
fn in_answers(shape: &Shape) -> &'static str {
    match shape {
        Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. } => "empty where the answer has none",
        _ => "`None` where the answer has none",
    }
}

fn type_changed(old: &Shape, new: &Shape, request: bool) -> Reason {
    let consequence = match (request, words::widens(old, new)) {
        (true, true) => "builders take the old type too, but code that reads the field no longer compiles",
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
        (Impact::Addition, "the error's variant tells the message's arguments now".into())
    } else {
        (
            Impact::Breaking,
            "the message's arguments are fields of the error's variant, and have other names now".into(),
        )
    }
}
