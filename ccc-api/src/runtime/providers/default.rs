//! Where credentials are looked for when nobody says where: the sources of the official clients, in their order.

use std::fmt;

use super::instance_role::InstanceRole;
use crate::runtime::identity::chain::CredentialsChain;
use crate::runtime::identity::credentials::Credentials;
use crate::runtime::identity::error::CredentialsError;
use crate::runtime::identity::provider::ProvideCredentials;
use crate::runtime::providers::cli_profile::CliProfile;
use crate::runtime::providers::credentials_file::CredentialsFile;
use crate::runtime::providers::oidc::Oidc;
use crate::runtime::providers::uri::CredentialsUri;
use crate::runtime::providers::{CachedCredentials, EnvironmentCredentials, ProviderConfig};
use crate::runtime::text::future::BoxFuture;

/// The default: looks where the official clients look, in their order, and keeps what it found.
///
/// 1. `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, `ALIBABA_CLOUD_SECURITY_TOKEN`:
///    [`EnvironmentCredentials`];
/// 2. `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, if all three are
///    set: [`OidcCredentials`](crate::OidcCredentials);
/// 3. `~/.aliyun/config.json`, the file of the command line interface:
///    [`CliProfileCredentials`](crate::CliProfileCredentials);
/// 4. `~/.alibabacloud/credentials` or `credentials.ini`: [`FileCredentials`](crate::FileCredentials);
/// 5. the role of the ECS instance: [`EcsRamRoleCredentials`](crate::EcsRamRoleCredentials);
/// 6. `ALIBABA_CLOUD_CREDENTIALS_URI`: [`UriCredentials`](crate::UriCredentials).
///
/// A source that is not set up is passed over: a variable that is not set, a file that is not there, a machine that is
/// no instance. **A source that is set up and fails ends the search**, unlike with the official clients: nothing is ever
/// signed as somebody else because a file has a typing error or a token has expired. The profile that
/// `ALIBABA_CLOUD_PROFILE` names must be in one of the two files.
///
/// When nothing is found, the error tells what each source said, and the next request asks all of them anew. How long
/// credentials are kept, and how they are renewed, is told at [`CachedCredentials`]. Looking for them counts towards the
/// time limit of the request that needs them; `provide()` looks for them ahead.
#[derive(Clone)]
pub struct DefaultCredentials(CachedCredentials<CredentialsChain>);

impl DefaultCredentials {
    /// The default chain of this process.
    #[must_use]
    pub fn new() -> Self {
        Self::with_config(&ProviderConfig::new())
    }

    /// The same with variables, a clock, nonces or a transport of your own.
    #[must_use]
    pub fn with_config(config: &ProviderConfig) -> Self {
        let chain = CredentialsChain::new()
            .then("environment", EnvironmentCredentials::with(config))
            .then("OIDC", Oidc::from_variables(config))
            .then("CLI profile", CliProfile::new(config, None))
            .then("credentials file", CredentialsFile::new(config, None))
            .then("ECS instance role", InstanceRole::new(config, None))
            .then("credentials URI", CredentialsUri::from_variables(config));
        Self(CachedCredentials::with_config(chain, config))
    }
}

impl Default for DefaultCredentials {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for DefaultCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultCredentials").finish_non_exhaustive()
    }
}

impl ProvideCredentials for DefaultCredentials {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}
