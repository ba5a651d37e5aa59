//! Who signs: credentials, the sources they come from, and the trait through which they are fetched.
//!
//! Each source is a file of its own. What they share: `provider_config` (what they look at and speak through), `file`,
//! `json` and `ini` (reading secrets), `http` and `sts` (fetching them), `cached` (keeping them).

#[cfg(feature = "client")]
mod assume_role;
#[cfg(feature = "client")]
mod cached;
mod chain;
#[cfg(feature = "client")]
mod cli_profile;
#[cfg(feature = "client")]
mod credentials_file;
#[cfg(feature = "client")]
mod default;
mod environment;
mod error;
#[cfg(feature = "client")]
mod external;
#[cfg(feature = "client")]
mod file;
#[cfg(feature = "client")]
mod held;
#[cfg(feature = "client")]
mod http;
mod identity;
#[cfg(feature = "client")]
mod ini;
#[cfg(feature = "client")]
mod instance_role;
#[cfg(feature = "client")]
mod json;
#[cfg(feature = "client")]
mod oidc;
#[cfg(feature = "client")]
mod provider_config;
#[cfg(feature = "client")]
mod role;
#[cfg(feature = "client")]
mod sts;
#[cfg(feature = "client")]
mod uri;
mod variables;

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "client")]
pub use assume_role::AssumeRoleCredentials;
#[cfg(feature = "client")]
pub use cached::CachedCredentials;
pub use chain::CredentialsChain;
#[cfg(feature = "client")]
pub use cli_profile::CliProfileCredentials;
#[cfg(feature = "client")]
pub use credentials_file::FileCredentials;
#[cfg(feature = "client")]
pub use default::DefaultCredentials;
pub use environment::EnvironmentCredentials;
pub use error::CredentialsError;
#[cfg(feature = "client")]
pub(crate) use http::Http;
pub use identity::Credentials;
pub(crate) use identity::Signer;
#[cfg(feature = "client")]
pub use instance_role::EcsRamRoleCredentials;
#[cfg(feature = "client")]
pub use oidc::OidcCredentials;
#[cfg(feature = "client")]
pub use provider_config::ProviderConfig;
#[cfg(feature = "client")]
pub use role::Role;
#[cfg(feature = "client")]
pub use uri::UriCredentials;
pub(crate) use variables::Variables;

use super::future::BoxFuture;

/// Fetches the credentials that a request is signed with.
///
/// Asked before every attempt, so that keys can change while a client lives; a provider that goes over the network is
/// put into [`CachedCredentials`]. [`Credentials`] provide themselves, [`DefaultCredentials`] look where the official
/// clients look.
///
/// ```
/// use ccc_api::{BoxFuture, Config, Credentials, CredentialsError, ProvideCredentials};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
///         Box::pin(async {
///             // Here the vault is asked. A failure is `CredentialsError::new("…")`, its text free of secrets.
///             Ok(Credentials::new("testid", "testsecret"))
///         })
///     }
/// }
///
/// let config = Config::builder().credentials(Vault).build()?;
/// # Ok::<(), ccc_api::ConfigError>(())
/// ```
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// The credentials to sign with now.
    ///
    /// # Errors
    /// When there are none. The request is then not sent, and the error reaches the caller as
    /// [`Error::Credentials`](crate::Error::Credentials): its text and sources must hold no secret.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>>;
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        P::provide(self)
    }
}

impl ProvideCredentials for Credentials {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let credentials = self.clone();
        Box::pin(std::future::ready(Ok(credentials)))
    }
}
