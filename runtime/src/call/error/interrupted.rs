//! The error of an exchange that broke off after the request may have reached the service.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::outlook::open_outcome;
use crate::text::cause::Cause;
use crate::wire::record::Attempts;

/// The connection was lost before a response began, although the request may have reached the service.
#[derive(Debug)]
pub struct Interrupted {
    operation: Cow<'static, str>,
    source: Option<Box<dyn StdError + Send + Sync>>,
    pub(super) attempts: Attempts,
}

impl Interrupted {
    pub(crate) fn new(
        operation: impl Into<Cow<'static, str>>,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self { operation: operation.into(), source, attempts: Attempts::default() }
    }

    /// Returns the cause; its own causes follow by `source`. The text of this error includes it.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} got no response, the exchange broke off", self.operation)?;
        write!(f, "{}", Cause(self.caused_by()))?;
        f.write_str(open_outcome(&self.attempts, true))
    }
}

/// The text names the cause, so `source` is empty: see [`caused_by`](Self::caused_by).
impl StdError for Interrupted {}
