//! The cause of an error, for its text.

use std::error::Error as StdError;
use std::fmt;

/// The innermost cause, which is the one that names the fault, in brackets: ` (Connection refused)`.
pub(crate) struct Cause<'a>(pub(crate) Option<&'a (dyn StdError + 'static)>);

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(mut innermost) = self.0 else { return Ok(()) };
        while let Some(source) = innermost.source() {
            innermost = source;
        }
        write!(f, " ({innermost})")
    }
}
