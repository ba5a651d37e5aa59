//! The trait `CredentialsProvider`.

use std::fmt;
use std::sync::Arc;

use super::credentials::Credentials;
use super::error::CredentialsError;
use crate::text::future::BoxFuture;

/// Fetches the credentials that a request is signed with.
///
/// It is asked before every attempt, so keys can change while a client lives. Wrap a provider that uses the network in
/// [`CachedProvider`](crate::credentials::CachedProvider). [`Credentials`] provide themselves.
/// [`DefaultProvider`](crate::credentials::DefaultProvider) looks where the official clients look.
///
/// ```
/// use acs_runtime::custom::BoxFuture;
/// use acs_runtime::{Config, Credentials};
/// use acs_runtime::credentials::{CredentialsError, CredentialsProvider};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl CredentialsProvider for Vault {
///     fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
///         Box::pin(async {
///             // Ask the vault here. On failure return `CredentialsError::new("…")`, without secrets in its text.
///             Ok(Credentials::new("testid", "testsecret"))
///         })
///     }
/// }
///
/// let config = Config::builder().credentials(Vault).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
pub trait CredentialsProvider: fmt::Debug + Send + Sync {
    /// Returns the credentials to sign with now.
    ///
    /// # Errors
    /// If there are none. The request is then not sent, and the error reaches the caller as
    /// [`Error::Credentials`](crate::Error::Credentials): its text and sources must hold no secret.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>>;
}

impl<P: CredentialsProvider + ?Sized> CredentialsProvider for Arc<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        P::provide(self)
    }
}

impl CredentialsProvider for Credentials {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let credentials = self.clone();
        Box::pin(std::future::ready(Ok(credentials)))
    }
}
