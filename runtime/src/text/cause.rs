//! The cause of an error, for its text.

use std::error::Error as StdError;
use std::fmt;

/// The innermost cause, which is the one that names the fault, in brackets: ` (Connection refused)`.
pub(crate) struct Cause<'a>(pub(crate) Option<&'a (dyn StdError + 'static)>);

impl Cause<'_> {
    /// The innermost, which is the one that names the fault.
    fn innermost(&self) -> Option<&dyn StdError> {
        let mut innermost = self.0?;
        while let Some(source) = innermost.source() {
            innermost = source;
        }
        Some(innermost)
    }

    /// Whether a text says it already, or there is none.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.innermost().is_none_or(|cause| text.contains(&cause.to_string()))
    }
}

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.innermost().map_or(Ok(()), |cause| write!(f, " ({cause})"))
    }
}
