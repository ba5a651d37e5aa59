//! Credentials of a RAM role, which other credentials assume (`AssumeRole`).

use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::providers::{CachedProvider, ProviderConfig, Role, sts};
use crate::text::future::BoxFuture;

/// Assumes a RAM role with the credentials of another provider, and caches the result.
///
/// Providers can be stacked: a role can assume another role.
///
/// ```
/// use acs_runtime::credentials::{AssumeRoleProvider, Role};
/// use acs_runtime::{Config, Credentials};
///
/// let key = Credentials::new("testid", "testsecret");
/// let role = Role::new("acs:ram::123456789012:role/caller").session_name("night-shift");
/// let config = Config::builder().credentials(AssumeRoleProvider::new(key, role)).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct AssumeRoleProvider<P>(CachedProvider<AssumeRole<P>>);

#[derive(Debug)]
struct AssumeRole<P> {
    config: ProviderConfig,
    base: P,
    role: Role,
}

impl<P: CredentialsProvider + 'static> AssumeRoleProvider<P> {
    /// Creates a provider that assumes the role with the credentials of `base`, which must be an access key.
    #[must_use]
    pub fn new(base: P, role: Role) -> Self {
        Self::with_config(base, role, &ProviderConfig::new())
    }

    /// As [`new`](Self::new), with a clock, nonces or a transport of your own.
    #[must_use]
    pub fn with_config(base: P, role: Role, config: &ProviderConfig) -> Self {
        let source = AssumeRole { config: config.clone(), base, role };
        Self(CachedProvider::with_config(source, config))
    }
}

impl<P: CredentialsProvider + 'static> CredentialsProvider for AssumeRoleProvider<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}

impl<P: CredentialsProvider> CredentialsProvider for AssumeRole<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            let signer = self.base.provide().await?.validated()?;
            sts::assume_role(&self.config, &self.role, &signer).await
        })
    }
}
