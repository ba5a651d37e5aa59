//! Where credentials are looked for when nobody says where: the sources of the official clients, in their order.

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

/// The default: looks where the official clients look, in their order, and keeps what it found.
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
/// A source that is not set up is passed over: a variable that is not set, a file that is not there, a machine that is
/// no instance. **A source that is set up and fails ends the search**, unlike with the official clients: nothing is ever
/// signed as somebody else because a file has a typing error or a token has expired. The profile that
/// `ALIBABA_CLOUD_PROFILE` names must be in one of the two files.
///
/// When nothing is found, the error tells what each source said, and the next request asks all of them anew. How long
/// credentials are kept, and how they are renewed, is told at [`CachedProvider`]. Looking for them counts towards the
/// time limit of the request that needs them; `provide()` looks for them ahead.
#[derive(Clone)]
pub struct DefaultProvider(CachedProvider<ProviderChain>);

impl DefaultProvider {
    /// The default chain of this process.
    #[must_use]
    pub fn new() -> Self {
        Self::with_config(&ProviderConfig::new())
    }

    /// The same with variables, a clock, nonces or a transport of your own.
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
