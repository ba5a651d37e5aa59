//! The configuration of clients.

mod builder;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, Weak};

pub use builder::ConfigBuilder;

use crate::transport::ProxyChoice;
#[cfg(feature = "tls-no-provider")]
use crate::transport::TlsSettings;

use crate::call::intercept::Interceptor;
use crate::call::limits::TimeLimits;
use crate::identity::provider::CredentialsProvider;
use crate::identity::variables::Variables;
use crate::providers::Http;
use crate::request::config_error::ConfigError;
use crate::request::endpoint::{Endpoint, EndpointRules, Network, Scheme};
use crate::request::prepare::{Method, SignatureScheme};
use crate::retry::policy::RetryPolicy;
use crate::text::clock::Clock;
use crate::text::nonce::NonceSource;
use crate::transport::{Http1Transport, IdleLimits, Transport, TransportSettings};
use crate::wire::decode::Format;

/// A checked configuration that clients are made from. Cloning is cheap.
///
/// ```
/// use std::time::Duration;
/// use acs_runtime::{Config, Credentials};
///
/// let config = Config::builder()
///     .region("cn-shanghai")
///     .credentials(Credentials::new("testid", "testsecret"))
///     .timeout(Duration::from_secs(8))
///     .build()?;
/// # let _ = config;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
#[derive(Clone)]
pub struct Config(Arc<Shared>);

/// The state that clones of a configuration share.
struct Shared {
    settings: Settings,
    /// The transports in use, by endpoint: clients of the same endpoint share connections.
    transports: Mutex<Vec<(Endpoint, Weak<dyn Transport>)>>,
}

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) region: Option<String>,
    pub(crate) network: Network,
    pub(crate) scheme: Option<Scheme>,
    pub(crate) endpoint: Option<Endpoint>,
    /// The variables that may name the endpoint of a product, if none is configured.
    pub(crate) variables: Option<Variables>,
    pub(crate) signature: SignatureScheme,
    pub(crate) method: Method,
    pub(crate) format: Format,
    pub(crate) credentials: Arc<dyn CredentialsProvider>,
    /// How requests for credentials are sent.
    pub(crate) credentials_http: Http,
    /// Whether no credentials were configured.
    pub(crate) default_credentials: bool,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) proxy: ProxyChoice,
    pub(crate) interceptors: Vec<Arc<dyn Interceptor>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) nonces: Arc<dyn NonceSource>,
    pub(crate) limits: TimeLimits,
    pub(crate) idle: IdleLimits,
    pub(crate) retry: RetryPolicy,
    #[cfg(feature = "tls-no-provider")]
    pub(crate) tls: TlsSettings,
}

impl Config {
    /// Starts a configuration: HTTPS, ACS3 signatures, POST, JSON, and the
    /// [default credentials](crate::credentials::DefaultProvider).
    #[must_use]
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Reads the environment: the region from `ALIBABA_CLOUD_REGION_ID`, the endpoint from the variable of the client's
    /// product (`ALIBABA_CLOUD_ECS_ENDPOINT` for `Ecs`), if they are set, and the
    /// [default credentials](crate::credentials::DefaultProvider). The credentials are looked up when the first request
    /// is sent.
    ///
    /// # Errors
    /// If the environment holds an invalid region.
    pub fn from_env() -> Result<Self, ConfigError> {
        ConfigBuilder::from_env()?.build()
    }

    /// Returns a builder that starts from this configuration.
    #[must_use]
    pub fn to_builder(&self) -> ConfigBuilder {
        ConfigBuilder::from_settings(self.0.settings.clone())
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    fn from_settings(settings: Settings) -> Self {
        Self(Arc::new(Shared { settings, transports: Mutex::default() }))
    }

    /// Returns the configured endpoint, else that of the product's variable, else the region's.
    pub(crate) fn endpoint(
        &self,
        rules: &EndpointRules,
        variable: &'static str,
    ) -> Result<Endpoint, ConfigError> {
        let Settings { region, network, scheme, endpoint, variables, .. } = self.settings();
        if let Some(endpoint) = endpoint {
            return Ok(endpoint.clone());
        }
        let from_environment = variables.as_ref().map(|variables| variables.get(variable)).transpose();
        match from_environment.map_err(ConfigError::Credentials)?.flatten() {
            Some(text) => Endpoint::parse(text.trim(), *scheme)
                .map_err(|error| ConfigError::Variable { name: variable, source: Box::new(error) }),
            None => rules.resolve(region.as_deref(), *network, scheme.unwrap_or_default()),
        }
    }

    /// Returns the configured transport, or the built-in one for the endpoint, which clients of the same configuration
    /// share.
    pub(crate) fn transport(&self, endpoint: &Endpoint) -> Result<Arc<dyn Transport>, ConfigError> {
        let settings = self.settings();
        if let Some(transport) = &settings.transport {
            return Ok(Arc::clone(transport));
        }
        let mut transports = self.0.transports.lock().unwrap_or_else(PoisonError::into_inner);
        transports.retain(|(_, transport)| transport.strong_count() > 0);
        let known = transports.iter().find(|(known, _)| known == endpoint);
        if let Some(transport) = known.and_then(|(_, transport)| transport.upgrade()) {
            return Ok(transport);
        }
        let built: Arc<dyn Transport> = Arc::new(Http1Transport::build(&TransportSettings {
            endpoint,
            proxy: &settings.proxy,
            connect_timeout: settings.limits.connect,
            idle: settings.idle,
            #[cfg(feature = "tls-no-provider")]
            tls: &settings.tls,
        })?);
        transports.push((endpoint.clone(), Arc::downgrade(&built)));
        Ok(built)
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = self.settings();
        f.debug_struct("Config")
            .field("region", &settings.region)
            .field("network", &settings.network)
            .field("scheme", &settings.scheme)
            .field("endpoint", &settings.endpoint)
            .field("signature", &settings.signature)
            .field("method", &settings.method)
            .field("format", &settings.format)
            .field("credentials", &settings.credentials)
            .field("transport", &settings.transport)
            .field("proxy", &settings.proxy)
            .field("interceptors", &settings.interceptors)
            .field("clock", &settings.clock)
            .field("nonces", &settings.nonces)
            .field("connect_timeout", &settings.limits.connect)
            .field("attempt_timeout", &settings.limits.attempt)
            .field("timeout", &settings.limits.total)
            .field("idle", &settings.idle)
            .field("retry", &settings.retry)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
