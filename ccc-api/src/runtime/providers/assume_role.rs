//! Credentials of a RAM role, taken on with other credentials (`AssumeRole`).

use crate::runtime::identity::credentials::Credentials;
use crate::runtime::identity::error::CredentialsError;
use crate::runtime::identity::provider::ProvideCredentials;
use crate::runtime::providers::{CachedCredentials, ProviderConfig, Role, sts};
use crate::runtime::text::future::BoxFuture;

/// Takes on a RAM role with the credentials of another provider, and keeps what it fetched.
///
/// Providers can be stacked: a role taken on with a role.
///
/// ```
/// use ccc_api::{AssumeRoleCredentials, Config, Credentials, Role};
///
/// let key = Credentials::new("testid", "testsecret");
/// let role = Role::new("acs:ram::123456789012:role/caller").session_name("night-shift");
/// let config = Config::builder().credentials(AssumeRoleCredentials::new(key, role)).build()?;
/// # Ok::<(), ccc_api::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct AssumeRoleCredentials<P>(CachedCredentials<AssumeRole<P>>);

#[derive(Debug)]
struct AssumeRole<P> {
    config: ProviderConfig,
    base: P,
    role: Role,
}

impl<P: ProvideCredentials + 'static> AssumeRoleCredentials<P> {
    /// The role, taken on with what `base` provides, which must be an access key.
    #[must_use]
    pub fn new(base: P, role: Role) -> Self {
        Self::with_config(base, role, &ProviderConfig::new())
    }

    /// The same with a clock, nonces or a transport of your own.
    #[must_use]
    pub fn with_config(base: P, role: Role, config: &ProviderConfig) -> Self {
        let source = AssumeRole { config: config.clone(), base, role };
        Self(CachedCredentials::with_config(source, config))
    }
}

impl<P: ProvideCredentials + 'static> ProvideCredentials for AssumeRoleCredentials<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}

impl<P: ProvideCredentials> ProvideCredentials for AssumeRole<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            let signer = self.base.provide().await?.validated()?;
            sts::assume_role(&self.config, &self.role, &signer).await
        })
    }
}
