//! The exchange broke off, and the request may have reached the service.

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

    /// What caused it, whose text is in this one's as far as it says more; the causes of that follow by its `source`.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} got no answer, the exchange broke off", self.operation)?;
        write!(f, "{}", Cause(self.caused_by()))?;
        f.write_str(open_outcome(&self.attempts, true))
    }
}

/// Its text names the cause: see [`caused_by`](Self::caused_by).
impl StdError for Interrupted {}
