//! Credentials of a RAM role, assumed with an OIDC token (RRSA in Kubernetes; `AssumeRoleWithOIDC`).

use std::path::{Path, PathBuf};

use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::providers::{CachedProvider, ProviderConfig, Role, file, sts};
use crate::text::future::BoxFuture;

const ROLE_ARN: &str = "ALIBABA_CLOUD_ROLE_ARN";
const PROVIDER_ARN: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
const TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";

/// Assumes a RAM role with the OIDC token in a file, and caches the result. It reads the file again for each fetch,
/// because Kubernetes changes it.
///
/// ```
/// use acs_runtime::Config;
/// use acs_runtime::credentials::{OidcProvider, Role};
///
/// let role = Role::new("acs:ram::123456789012:role/caller");
/// let provider = "acs:ram::123456789012:oidc-provider/ack-rrsa-c1";
/// let credentials = OidcProvider::new(role, provider, "/var/run/secrets/rrsa-tokens/token");
/// let config = Config::builder().credentials(credentials).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct OidcProvider(CachedProvider<Oidc>);

/// Assumes the role that was given, else the one that the variables name.
#[derive(Debug)]
pub(super) struct Oidc {
    config: ProviderConfig,
    given: Option<Assertion>,
}

/// A role, and the OIDC provider and token file that prove the right to assume it.
#[derive(Debug)]
pub(super) struct Assertion {
    pub(super) role: Role,
    pub(super) provider_arn: String,
    pub(super) token_file: PathBuf,
}

impl OidcProvider {
    /// Creates a provider from the role, the ARN of the identity provider in RAM, and the file with its token.
    pub fn new(role: Role, provider_arn: impl Into<String>, token_file: impl Into<PathBuf>) -> Self {
        Self::with_config(role, provider_arn, token_file, &ProviderConfig::new())
    }

    /// As [`new`](Self::new), with a clock or a transport of your own.
    pub fn with_config(
        role: Role,
        provider_arn: impl Into<String>,
        token_file: impl Into<PathBuf>,
        config: &ProviderConfig,
    ) -> Self {
        let given = Assertion { role, provider_arn: provider_arn.into(), token_file: token_file.into() };
        Self::from_parts(Some(given), config)
    }

    /// Creates a provider that reads all three from `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and
    /// `ALIBABA_CLOUD_OIDC_TOKEN_FILE`, as Kubernetes sets them.
    #[must_use]
    pub fn from_env() -> Self {
        Self::from_config(&ProviderConfig::new())
    }

    /// As [`from_env`](Self::from_env), with variables, a clock or a transport of your own.
    #[must_use]
    pub fn from_config(config: &ProviderConfig) -> Self {
        Self::from_parts(None, config)
    }

    fn from_parts(given: Option<Assertion>, config: &ProviderConfig) -> Self {
        Self(CachedProvider::with_config(Oidc { config: config.clone(), given }, config))
    }
}

impl CredentialsProvider for OidcProvider {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}

impl Oidc {
    pub(super) fn from_variables(config: &ProviderConfig) -> Self {
        Self { config: config.clone(), given: None }
    }

    fn assertion_of_variables(&self) -> Result<Assertion, CredentialsError> {
        let variable = |name| {
            self.config.variables.get(name)?.ok_or_else(|| {
                CredentialsError::not_configured(format!("the environment variable {name} is not set"))
            })
        };
        Ok(Assertion {
            role: Role::new(variable(ROLE_ARN)?),
            provider_arn: variable(PROVIDER_ARN)?,
            token_file: variable(TOKEN_FILE)?.into(),
        })
    }
}

impl CredentialsProvider for Oidc {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            match &self.given {
                Some(given) => given.exchange(&self.config).await,
                None => self.assertion_of_variables()?.exchange(&self.config).await,
            }
        })
    }
}

impl Assertion {
    /// Exchanges the token for credentials.
    pub(super) async fn exchange(&self, config: &ProviderConfig) -> Result<Credentials, CredentialsError> {
        let text = read_token(&self.token_file)?;
        sts::assume_role_with_oidc(config, &self.role, &self.provider_arn, text.trim()).await
    }
}

fn read_token(path: &Path) -> Result<zeroize::Zeroizing<String>, CredentialsError> {
    let named = format!("the OIDC token file {}", path.display());
    let text = file::read(path).map_err(|error| error.within("the OIDC token file"))?.ok_or_else(|| {
        CredentialsError::new(format!("{named} does not exist; check {TOKEN_FILE}, or the mount of the pod"))
    })?;
    if text.trim().is_empty() {
        return Err(CredentialsError::new(format!("{named} is empty")));
    }
    Ok(text)
}
