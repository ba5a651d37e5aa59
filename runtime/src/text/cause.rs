//! Shows the cause of an error in its text.

use std::error::Error as StdError;
use std::fmt;

/// Shows the innermost cause, which names the fault, in brackets: ` (Connection refused)`.
pub(crate) struct Cause<'a>(pub(crate) Option<&'a (dyn StdError + 'static)>);

impl Cause<'_> {
    /// Returns the innermost cause, which names the fault.
    fn innermost(&self) -> Option<&dyn StdError> {
        let mut innermost = self.0?;
        while let Some(source) = innermost.source() {
            innermost = source;
        }
        Some(innermost)
    }

    /// Tells whether a text names the cause already, or there is none.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.innermost().is_none_or(|cause| text.contains(&cause.to_string()))
    }
}

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.innermost().map_or(Ok(()), |cause| write!(f, " ({cause})"))
    }
}
