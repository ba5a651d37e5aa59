//! Why there are no credentials.

use std::error::Error as StdError;
use std::fmt;

use crate::runtime::attempts::Attempts;

/// No credentials could be had, hence nothing was signed or sent.
///
/// ```
/// use ccc_api::CredentialsError;
/// let error = CredentialsError::new("the vault is sealed");
/// assert_eq!(error.to_string(), "the vault is sealed");
/// ```
#[derive(Debug)]
pub struct CredentialsError {
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
    /// Of the call that wanted them.
    pub(crate) attempts: Attempts,
}

impl CredentialsError {
    /// An error with a text that says what is missing. It may be logged: no secret belongs in it.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None, attempts: Attempts::default() }
    }

    /// Adds the cause. It may be logged: no secret belongs in it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for CredentialsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
