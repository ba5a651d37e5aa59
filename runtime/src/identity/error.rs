//! The error of a provider of credentials.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::text::cause::Cause;
use crate::wire::record::Attempts;

/// There are no credentials, so nothing was signed or sent.
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
    /// Those of the call that needed the credentials.
    pub(crate) attempts: Attempts,
}

impl CredentialsError {
    /// Creates an error whose text says what is missing. It may be logged, so keep secrets out of it.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), not_configured: false, source: None, attempts: Attempts::default() }
    }

    /// Creates an error of a provider that is not configured: a [chain](crate::credentials::ProviderChain) asks the
    /// next one. It may be logged, so keep secrets out of it.
    pub fn not_configured(message: impl Into<String>) -> Self {
        Self { not_configured: true, ..Self::new(message) }
    }

    /// Adds the cause. It may be logged, so keep secrets out of it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// Tells whether the provider is not configured, in contrast to one that is and fails.
    #[must_use]
    pub fn is_not_configured(&self) -> bool {
        self.not_configured
    }

    /// Returns the cause; its own causes follow by `source`.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }

    /// Puts the place where it happened before its text.
    pub(crate) fn within(mut self, place: impl fmt::Display) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// Appends to its text.
    pub(crate) fn followed_by(mut self, more: &str) -> Self {
        self.message.push_str(more);
        self
    }

    /// Makes it the error of a provider that is configured.
    pub(crate) fn into_failure(mut self) -> Self {
        self.not_configured = false;
        self
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        // Most messages name their cause already.
        let cause = Cause(self.caused_by());
        if cause.is_in(&self.message) { Ok(()) } else { write!(f, "{cause}") }
    }
}

/// The text names the cause, so `source` is empty: see [`caused_by`](Self::caused_by).
impl StdError for CredentialsError {}
