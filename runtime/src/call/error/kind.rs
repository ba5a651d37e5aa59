//! The kinds of errors, for metrics and for decisions about every operation.

use std::fmt;

/// The kind of an [`Error`](super::Error). There are few, so they serve as labels of metrics.
///
/// ```
/// use acs_runtime::Error;
/// use acs_runtime::error::{ErrorKind, OperationError};
///
/// fn label<E: OperationError>(error: &Error<E>) -> &'static str {
///     error.kind().as_str()
/// }
/// assert_eq!(ErrorKind::TimedOut.to_string(), "timed out");
/// # let _ = label::<acs_runtime::error::ServiceError>;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The service responded with an error code; [`code`](super::Error::code) returns it.
    Refused,
    /// The service refused the request because requests come too fast.
    Throttled,
    /// There are no credentials.
    NoCredentials,
    /// Nothing was sent.
    NotSent,
    /// Time ran out after sending.
    TimedOut,
    /// The exchange broke off after sending.
    Interrupted,
    /// A redirection, which is not followed.
    Redirected,
    /// The response could not be read.
    Unreadable,
}

impl ErrorKind {
    /// Returns the kind as a string that stays the same from release to release.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Throttled => "throttled",
            Self::NoCredentials => "no credentials",
            Self::NotSent => "not sent",
            Self::TimedOut => "timed out",
            Self::Interrupted => "interrupted",
            Self::Redirected => "redirected",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
