//! The exchange broke off, and the request may have reached the service.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::MAY_HAVE_BEEN_CARRIED_OUT;
use crate::text::cause::Cause;
use crate::wire::record::Attempts;

/// The connection was lost before an answer began, although the request may have reached the service.
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
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} got no answer, the exchange broke off", self.operation)?;
        write!(f, "{}", Cause(self.source()))?;
        write!(f, "; {MAY_HAVE_BEEN_CARRIED_OUT}")
    }
}

impl StdError for Interrupted {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
