//! The default chain: the sources of the official clients, in their order.

use std::fmt;

use super::instance_role::InstanceRole;
use crate::identity::chain::ProviderChain;
use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::providers::cli_profile::CliProfile;
use crate::providers::credentials_file::CredentialsFile;
use crate::providers::oidc::Oidc;
use crate::providers::uri::CredentialsUri;
use crate::providers::{CachedProvider, EnvironmentProvider, ProviderConfig};
use crate::text::future::BoxFuture;

/// The default provider: looks where the official clients look, in their order, and caches the credentials.
///
/// 1. `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, `ALIBABA_CLOUD_SECURITY_TOKEN`:
///    [`EnvironmentProvider`];
/// 2. `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, if all three are
///    set: [`OidcProvider`](crate::credentials::OidcProvider);
/// 3. `~/.aliyun/config.json`, the file of the command line interface:
///    [`CliProfileProvider`](crate::credentials::CliProfileProvider);
/// 4. `~/.alibabacloud/credentials` or `credentials.ini`: [`FileProvider`](crate::credentials::FileProvider);
/// 5. the role of the ECS instance: [`EcsRamRoleProvider`](crate::credentials::EcsRamRoleProvider);
/// 6. `ALIBABA_CLOUD_CREDENTIALS_URI`: [`UriProvider`](crate::credentials::UriProvider).
///
/// A source that is not configured is skipped: a variable that is not set, a file that does not exist, a machine that
/// is not an ECS instance. **A source that is configured and fails ends the search**, unlike in the official clients:
/// nothing is ever signed as somebody else because a file has a typing error or a token has expired. The profile that
/// `ALIBABA_CLOUD_PROFILE` names must be in one of the two files.
///
/// If nothing is found, the error says why for each source, and the next request asks all of them again.
/// [`CachedProvider`] describes how long credentials are kept and how they are renewed. The search counts towards the
/// time limit of the request that needs it; call `provide()` to search in advance.
#[derive(Clone)]
pub struct DefaultProvider(CachedProvider<ProviderChain>);

impl DefaultProvider {
    /// Creates the default chain of this process.
    #[must_use]
    pub fn new() -> Self {
        Self::with_config(&ProviderConfig::new())
    }

    /// As [`new`](Self::new), with variables, a clock, nonces or a transport of your own.
    #[must_use]
    pub fn with_config(config: &ProviderConfig) -> Self {
        let chain = ProviderChain::new()
            .then("environment", EnvironmentProvider::with(config))
            .then("OIDC", Oidc::from_variables(config))
            .then("CLI profile", CliProfile::new(config, None))
            .then("credentials file", CredentialsFile::new(config, None))
            .then("ECS instance role", InstanceRole::new(config, None))
            .then("credentials URI", CredentialsUri::from_variables(config));
        Self(CachedProvider::with_config(chain, config))
    }
}

impl Default for DefaultProvider {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for DefaultProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultProvider").finish_non_exhaustive()
    }
}

impl CredentialsProvider for DefaultProvider {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}
