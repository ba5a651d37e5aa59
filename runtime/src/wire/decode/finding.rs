//! What decoding reports: notes on values that do not fit, and unknown fields.

use std::fmt;

use super::Unfit;

/// A note on a value that did not fit and is therefore absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    path: String,
    reason: Reason,
}

/// Its text is written only on demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Unfit { found: Unfit, expected: &'static str },
    Other(&'static str),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfit { found, expected } => write!(f, "{found} where {expected} is expected"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl Note {
    pub(super) fn new(path: String, reason: Reason) -> Self {
        Self { path, reason }
    }

    /// Returns where the value is, e.g. `Data.CallContext.ChannelContexts[0].Timestamp`; empty for the whole body.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns why it does not fit. It never quotes the value.
    #[must_use]
    pub fn reason(&self) -> impl fmt::Display {
        &self.reason
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { self.reason.fmt(f) } else { write!(f, "{}: {}", self.path, self.reason) }
    }
}

/// A field that was not documented when the type was generated.
///
/// Debug does not show the value, which may be a phone number.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownField {
    path: String,
    json: Box<str>,
}

impl UnknownField {
    pub(super) fn new(path: String, json: &str) -> Self {
        Self { path, json: json.into() }
    }

    /// Returns where it is, e.g. `Data.ContextId`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns its value as JSON, as it came.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// Parses its value; null if it nests too deep.
    #[must_use]
    pub fn value(&self) -> serde_json::Value {
        serde_json::from_str(&self.json).unwrap_or_default()
    }
}

impl fmt::Debug for UnknownField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownField").field("path", &self.path).finish_non_exhaustive()
    }
}
