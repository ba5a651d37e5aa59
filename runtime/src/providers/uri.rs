//! Credentials from the URI of a web service of your own.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, HOST, USER_AGENT};
use zeroize::Zeroizing;

use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::providers::http::Route;
use crate::providers::{CachedProvider, ProviderConfig, sts};
use crate::request::endpoint::Endpoint;
use crate::text::future::BoxFuture;
use crate::wire::redact::Redactor;

const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(10);

/// Fetches temporary credentials from a URI, and caches them.
///
/// The service must answer a GET with HTTP 200 and
/// `{"Code":"Success","AccessKeyId":"…","AccessKeySecret":"…","SecurityToken":"…","Expiration":"2026-01-01T00:00:00Z"}`.
/// Errors name only its host, because the path may hold a secret.
///
/// ```
/// use acs_runtime::Config;
/// use acs_runtime::credentials::UriProvider;
///
/// let credentials = UriProvider::new("http://127.0.0.1:7000/credentials");
/// let config = Config::builder().credentials(credentials).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct UriProvider(CachedProvider<CredentialsUri>);

pub(super) struct CredentialsUri {
    config: ProviderConfig,
    given: Option<Zeroizing<String>>,
}

impl UriProvider {
    /// Creates a provider from the URI of the service, `http` or `https`, without a user name. It is checked when
    /// credentials are fetched.
    pub fn new(uri: impl Into<String>) -> Self {
        Self::with_config(uri, &ProviderConfig::new())
    }

    /// As [`new`](Self::new), with a clock or a transport of your own.
    pub fn with_config(uri: impl Into<String>, config: &ProviderConfig) -> Self {
        let given = Some(Zeroizing::new(uri.into()));
        Self(CachedProvider::with_config(CredentialsUri { config: config.clone(), given }, config))
    }

    /// Creates a provider that reads the URI from `ALIBABA_CLOUD_CREDENTIALS_URI`.
    #[must_use]
    pub fn from_env() -> Self {
        Self::from_config(&ProviderConfig::new())
    }

    /// As [`from_env`](Self::from_env), with variables, a clock or a transport of your own.
    #[must_use]
    pub fn from_config(config: &ProviderConfig) -> Self {
        Self(CachedProvider::with_config(CredentialsUri::from_variables(config), config))
    }
}

impl CredentialsProvider for UriProvider {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.provide()
    }
}

impl CredentialsUri {
    pub(super) fn new(uri: &str, config: &ProviderConfig) -> Self {
        Self { config: config.clone(), given: Some(Zeroizing::new(uri.to_owned())) }
    }

    pub(super) fn from_variables(config: &ProviderConfig) -> Self {
        Self { config: config.clone(), given: None }
    }

    pub(super) async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let uri = match &self.given {
            Some(uri) => uri.clone(),
            None => Zeroizing::new(self.config.variables.get(VARIABLE)?.ok_or_else(|| {
                CredentialsError::not_configured(format!("the environment variable {VARIABLE} is not set"))
            })?),
        };
        let wrong = || {
            CredentialsError::new(format!(
                "the credentials URI ({VARIABLE}) cannot be used; give one such as http://127.0.0.1:7000/credentials, \
                 without a user name"
            ))
        };
        let parsed: http::Uri = uri.parse().map_err(|_| wrong())?;
        let (Some(scheme), Some(authority)) = (parsed.scheme_str(), parsed.authority()) else {
            return Err(wrong());
        };
        let endpoint = Endpoint::parse(&format!("{scheme}://{authority}"), None).map_err(|_| wrong())?;
        let request = http::Request::get(parsed.clone())
            .header(HOST, endpoint.authority())
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .body(Bytes::new())
            .map_err(|_| wrong())?;
        let secrets = [parsed.query().unwrap_or_default(), parsed.path().trim_start_matches('/')];
        let redactor = Redactor::new(secrets);
        let route =
            Route { endpoint: &endpoint, direct: false, connect_timeout: CONNECT_TIMEOUT, timeout: TIMEOUT };
        let response =
            self.config.http().send(|| Ok::<_, CredentialsError>(request.clone()), &route, &redactor).await?;
        sts::temporary(&response.json(&endpoint, &redactor)?, &endpoint)
    }
}

impl CredentialsProvider for CredentialsUri {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.fetch())
    }
}

impl std::fmt::Debug for CredentialsUri {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CredentialsUri").finish_non_exhaustive()
    }
}
