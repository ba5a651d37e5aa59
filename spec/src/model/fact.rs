//! Facts about a field's value besides its shape.

use serde::{Deserialize, Serialize};

/// Bounds, both inclusive: of a number, or of the length of a text.
///
/// ```
/// use ccc_spec::model::Range;
///
/// assert_eq!(Range { min: Some(1), max: Some(100) }.to_string(), "1 to 100");
/// assert_eq!(Range { min: None, max: Some(100) }.to_string(), "at most 100");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The smallest that is allowed, if the page gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The largest that is allowed, if the page gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}

impl Range {
    /// Returns whether a number lies within the bounds.
    #[must_use]
    pub fn contains(self, number: i64) -> bool {
        self.min.is_none_or(|min| min <= number) && self.max.is_none_or(|max| number <= max)
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) => write!(f, "{min} to {max}"),
            (Some(min), None) => write!(f, "at least {min}"),
            (None, Some(max)) => write!(f, "at most {max}"),
            (None, None) => f.write_str("any"),
        }
    }
}

/// Format of a text or number, beyond its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A date and time of ISO 8601, as in `2020-02-04T06:00:00Z`; seconds and zone may be missing.
    DateTime,
    /// A date of ISO 8601, as in `2020-02-04`.
    Date,
    /// Seconds since the beginning of 1970 UTC.
    UnixSeconds,
    /// Milliseconds since the beginning of 1970 UTC.
    UnixMilliseconds,
    /// Bytes in Base64.
    Base64,
    /// A JSON object or list, written as text.
    Json,
}

impl Format {
    /// Returns the name that the spec uses, e.g. `date-time`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::UnixSeconds => "unix-seconds",
            Self::UnixMilliseconds => "unix-milliseconds",
            Self::Base64 => "base64",
            Self::Json => "json",
        }
    }
}
