//! Why there are no credentials.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::text::cause::Cause;
use crate::wire::record::Attempts;

/// No credentials could be had, hence nothing was signed or sent.
///
/// ```
/// use acs_runtime::credentials::CredentialsError;
/// let error = CredentialsError::new("the vault is sealed");
/// assert_eq!(error.to_string(), "the vault is sealed");
/// ```
#[derive(Clone, Debug)]
pub struct CredentialsError {
    message: String,
    not_configured: bool,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    /// Of the call that wanted them.
    pub(crate) attempts: Attempts,
}

impl CredentialsError {
    /// An error with a text that says what is missing. It may be logged: no secret belongs in it.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), not_configured: false, source: None, attempts: Attempts::default() }
    }

    /// The source was never set up, in contrast to one that is and fails: a [chain](crate::credentials::ProviderChain) then asks
    /// the next. It may be logged: no secret belongs in it.
    pub fn not_configured(message: impl Into<String>) -> Self {
        Self { not_configured: true, ..Self::new(message) }
    }

    /// Adds the cause. It may be logged: no secret belongs in it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// Whether the source was never set up, in contrast to one that is and fails.
    #[must_use]
    pub fn is_not_configured(&self) -> bool {
        self.not_configured
    }

    /// What caused it; the causes of that follow by its `source`.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }

    /// The same error, its text led in by where it happened.
    pub(crate) fn within(mut self, place: impl fmt::Display) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// The same error with more behind its text.
    pub(crate) fn followed_by(mut self, more: &str) -> Self {
        self.message.push_str(more);
        self
    }

    /// The same error as one of a source that was set up.
    pub(crate) fn into_failure(mut self) -> Self {
        self.not_configured = false;
        self
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        // Most messages say what their cause says.
        let cause = Cause(self.caused_by());
        if cause.is_in(&self.message) { Ok(()) } else { write!(f, "{cause}") }
    }
}

/// Its text names the cause: see [`caused_by`](Self::caused_by).
impl StdError for CredentialsError {}
