//! The builder of a configuration.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{Config, Settings};
use crate::call::intercept::Interceptor;
use crate::call::limits::TimeLimits;
use crate::identity::provider::CredentialsProvider;
use crate::identity::variables::Variables;
use crate::providers::{DefaultProvider, Http, ProviderConfig};
use crate::request::config_error::ConfigError;
use crate::request::endpoint::{Endpoint, Network, Scheme, checked_region};
use crate::request::prepare::{Method, SignatureScheme};
use crate::retry::policy::RetryPolicy;
use crate::text::clock::{Clock, SystemClock};
use crate::text::nonce::{NonceSource, RandomNonces};
use crate::transport::{IdleLimits, ProxyChoice, ProxyUrl, Transport};
use crate::wire::decode::Format;

const REGION: &str = "ALIBABA_CLOUD_REGION_ID";

/// Collects the settings of a [`Config`]; [`build`](Self::build) checks them.
#[derive(Clone)]
pub struct ConfigBuilder {
    settings: Settings,
    endpoint: Option<String>,
    proxy: Option<String>,
    #[cfg(feature = "tls-no-provider")]
    root_certificates: Vec<u8>,
}

impl ConfigBuilder {
    pub(super) fn from_settings(settings: Settings) -> Self {
        Self {
            settings,
            endpoint: None,
            proxy: None,
            #[cfg(feature = "tls-no-provider")]
            root_certificates: Vec::new(),
        }
    }

    /// Starts from the environment, as [`Config::from_env`] does.
    ///
    /// # Errors
    /// If the variable of the region is not Unicode.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_variables(&Variables::default())
    }

    pub(super) fn from_variables(variables: &Variables) -> Result<Self, ConfigError> {
        let mut builder = Self::default();
        builder.settings.region = variables.get(REGION).map_err(ConfigError::Credentials)?;
        builder.settings.variables = Some(variables.clone());
        Ok(builder)
    }

    /// Sets the region, such as `cn-shanghai`, which determines the host; the default is that of the product.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// Sets the network over which the region's host is reached; the default is the public one.
    #[must_use]
    pub fn network(mut self, network: Network) -> Self {
        self.settings.network = network;
        self
    }

    /// Sets the host, in place of the region's: `host`, `host:port`, or a URL of these.
    ///
    /// ```
    /// use acs_runtime::Config;
    /// assert!(Config::builder().endpoint("http://127.0.0.1:8080").build().is_ok());
    /// assert!(Config::builder().endpoint("https://user@ecs.example.com/path").build().is_err());
    /// ```
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Sets HTTPS, the default, or plain HTTP.
    #[must_use]
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.settings.scheme = Some(scheme);
        self
    }

    /// Sets the credentials: [`Credentials`](crate::Credentials), a provider such as
    /// [`OidcProvider`](crate::credentials::OidcProvider), or a provider of your own. The default is
    /// [`DefaultProvider`], which looks where the official clients look, with the clock given here.
    ///
    /// Requests of this crate's providers, for instance to STS, use the transport, the proxy and the root certificates
    /// given here, unless the provider has a [transport](crate::credentials::ProviderConfig::transport) of its own.
    #[must_use]
    pub fn credentials(mut self, provider: impl CredentialsProvider + 'static) -> Self {
        self.settings.credentials = Arc::new(provider);
        self.settings.default_credentials = false;
        self
    }

    /// Sets the signature scheme; ACS3 by default.
    #[must_use]
    pub fn signature(mut self, scheme: SignatureScheme) -> Self {
        self.settings.signature = scheme;
        self
    }

    /// Sets the HTTP method; POST by default.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.settings.method = method;
        self
    }

    /// Sets the format in which responses are requested; JSON by default.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.settings.format = format;
        self
    }

    /// Sets the time limit for making a connection, including TLS; 5 s by default. If it runs out, nothing was sent.
    ///
    /// It must be below the limits of an attempt and of a call, else half of the shorter one is used: a time-out while
    /// connecting must differ from a time-out while waiting for a response, after which a phone may be ringing. It
    /// applies only to the built-in transport.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.limits.connect = limit;
        self
    }

    /// Sets the time limit for one attempt, from the signed request to the last byte of the response; 10 s by default,
    /// a day at most.
    ///
    /// With a transport of your own, keep it longer than that transport's limit for connecting, also if
    /// [`CallOptions`](crate::config::CallOptions) shorten it: only the transport knows that nothing was sent yet.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings.limits.attempt = limit;
        self
    }

    /// Sets the time limit for a call as a whole, from asking for credentials to the last byte of the response, with
    /// all attempts and the waits between them; 30 s by default, a day at most.
    ///
    /// [`Client::with_options`](crate::Client::with_options) sets it for single calls.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.limits.total = limit;
        self
    }

    /// Sets how long a connection may be idle; 4 s by default. With zero, each request has a new connection.
    ///
    /// Keep it below what servers, load balancers and firewalls on the way allow: if a request is written to a
    /// connection while the other end closes it, its outcome is unknown. A request that must not be repeated, such as
    /// placing a call, uses a connection that was in use within the last second, or a new one. Each connection is
    /// checked right before it is used. It applies only to the built-in transport.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.idle.time = limit;
        self
    }

    /// Sets how many connections may be idle at once; 1,024 by default. With zero, each request has a new connection.
    /// The number of connections in use is not limited.
    ///
    /// It applies only to the built-in transport.
    #[must_use]
    pub fn max_idle_connections(mut self, connections: usize) -> Self {
        self.settings.idle.connections = connections;
        self
    }

    /// Sets how often a request is sent again, and after how long: see [`RetryPolicy`], which also describes the
    /// requests that are never sent again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets how often a request is attempted at most, including the first time; 3 by default. 1 disables retries.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.retry = self.settings.retry.max_attempts(attempts);
        self
    }

    /// Sets which root certificates are trusted; by default those of the operating system.
    ///
    /// It applies only to the built-in transport.
    #[cfg(feature = "tls-no-provider")]
    #[must_use]
    pub fn trust(mut self, trust: crate::transport::trust::Trust) -> Self {
        self.settings.tls.trust = Some(trust);
        self
    }

    /// Sets the whole configuration of TLS: client certificates, pinned keys, or a cryptography of your own, such as
    /// one with a FIPS certificate. It is a type of [`rustls`] in the release that this crate re-exports.
    ///
    /// It decides what to trust, so it cannot be combined with [`trust`](Self::trust) and
    /// [`root_certificates_pem`](Self::root_certificates_pem). It applies only to the built-in transport, which uses
    /// HTTP/1.1 whatever protocols the configuration names.
    ///
    /// ```
    /// use acs_runtime::Config;
    /// use acs_runtime::transport::rustls;
    ///
    /// # fn configure(tls: rustls::ClientConfig) -> Result<(), acs_runtime::config::ConfigError> {
    /// let config = Config::builder().rustls_config(tls).build()?;
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "tls-no-provider")]
    #[must_use]
    pub fn rustls_config(mut self, config: rustls::ClientConfig) -> Self {
        self.settings.tls.config = Some(Arc::new(config));
        self
    }

    /// Trusts the certificates in this PEM text as roots, besides those of [`trust`](Self::trust).
    ///
    /// It applies only to the built-in transport. Further calls add more.
    #[cfg(feature = "tls-no-provider")]
    #[must_use]
    pub fn root_certificates_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        let pem = pem.as_ref();
        // A byte order mark, which some editors write, would hide the first certificate.
        self.root_certificates.extend_from_slice(pem.strip_prefix(b"\xef\xbb\xbf").unwrap_or(pem));
        self.root_certificates.push(b'\n');
        self
    }

    /// Sets the proxy, `http://host:port` or `https://host:port`, with `user:password@` before the host if it requires
    /// them; percent-encode everything but letters and digits in them. Every request goes there, even those to this
    /// machine, whatever `NO_PROXY` says.
    ///
    /// By default the environment decides (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`), read when the
    /// client is made, and endpoints on this machine are reached directly. A variable that cannot be read is an error:
    /// otherwise signed requests could bypass the proxy. `NO_PROXY` lists names (with their subdomains), `*.name`,
    /// addresses, networks such as `10.0.0.0/8`, each with a `:port` if it is for one port only, or `*`. With HTTPS the
    /// proxy makes a tunnel and sees only host and port; with plain HTTP it sees the signed request. It applies to the
    /// built-in transport, and to the provider's requests for credentials, except those to the instance metadata
    /// service.
    ///
    /// ```
    /// use acs_runtime::Config;
    /// let config = Config::builder().proxy("http://user:p%40ss@proxy.example:3128").build()?;
    /// assert!(!format!("{config:?}").contains("p%40ss"));
    /// assert!(Config::builder().proxy("proxy.example/path").build().is_err());
    /// # Ok::<(), acs_runtime::config::ConfigError>(())
    /// ```
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Uses no proxy, whatever the environment says. It applies only to the built-in transport.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.proxy = None;
        self.settings.proxy = ProxyChoice::Never;
        self
    }

    /// Sets a transport, in place of the built-in HTTP client.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Adds an interceptor, which sees every attempt and may add headers: see [`Interceptor`]. Further calls add more.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.settings.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// Sets the source of nonces.
    #[must_use]
    pub fn nonces(mut self, nonces: impl NonceSource + 'static) -> Self {
        self.settings.nonces = Arc::new(nonces);
        self
    }

    /// Checks everything and returns the configuration.
    ///
    /// # Errors
    /// If the region, the endpoint, a time limit, a proxy or a certificate is invalid.
    pub fn build(self) -> Result<Config, ConfigError> {
        let mut settings = self.settings;
        if let Some(region) = &settings.region {
            checked_region(region)?;
        }
        if let Some(text) = self.proxy {
            let url =
                ProxyUrl::parse(&text).map_err(|reason| ConfigError::Proxy { variable: None, reason })?;
            settings.proxy = ProxyChoice::Through(Box::new(url));
        }
        if let Some(text) = self.endpoint {
            settings.endpoint = Some(Endpoint::parse(&text, settings.scheme)?);
        }
        if let (Some(endpoint), Some(scheme)) = (&settings.endpoint, settings.scheme)
            && endpoint.scheme() != scheme
        {
            settings.endpoint = Some(Endpoint::parse(&endpoint.to_string(), Some(scheme))?);
        }
        settings.limits = settings.limits.checked().ok_or(ConfigError::TimeLimit)?;
        #[cfg(feature = "tls-no-provider")]
        {
            settings
                .tls
                .root_certificates
                .extend(crate::transport::RootCertificate::read_pem(&self.root_certificates)?);
            settings.tls = settings.tls.checked()?;
        }
        if settings.default_credentials {
            let config =
                ProviderConfig::new().clock(Arc::clone(&settings.clock)).nonces(Arc::clone(&settings.nonces));
            settings.credentials = Arc::new(DefaultProvider::with_config(&config));
        }
        settings.credentials_http = Http::from_client_settings(
            settings.transport.clone(),
            settings.proxy.clone(),
            #[cfg(feature = "tls-no-provider")]
            settings.tls.clone(),
        );
        Ok(Config::from_settings(settings))
    }
}

impl Default for ConfigBuilder {
    fn default() -> Self {
        Self::from_settings(Settings {
            region: None,
            network: Network::default(),
            scheme: None,
            endpoint: None,
            variables: None,
            signature: SignatureScheme::default(),
            method: Method::default(),
            format: Format::Json,
            credentials: Arc::new(DefaultProvider::new()),
            credentials_http: Http::default(),
            default_credentials: true,
            transport: None,
            proxy: ProxyChoice::default(),
            interceptors: Vec::new(),
            clock: Arc::new(SystemClock),
            nonces: Arc::new(RandomNonces),
            limits: TimeLimits::default(),
            idle: IdleLimits::default(),
            retry: RetryPolicy::new(),
            #[cfg(feature = "tls-no-provider")]
            tls: crate::transport::TlsSettings::default(),
        })
    }
}

impl fmt::Debug for ConfigBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The endpoint is not checked yet and may hold a password.
        f.debug_struct("ConfigBuilder").finish_non_exhaustive()
    }
}
