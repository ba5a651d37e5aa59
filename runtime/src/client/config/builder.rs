//! Putting a configuration together.

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

/// Collects what a [`Config`] holds; [`build`](Self::build) checks it.
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
    /// When the region's variable is not Unicode.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_variables(&Variables::default())
    }

    pub(super) fn from_variables(variables: &Variables) -> Result<Self, ConfigError> {
        let mut builder = Self::default();
        builder.settings.region = variables.get(REGION).map_err(ConfigError::Credentials)?;
        builder.settings.variables = Some(variables.clone());
        Ok(builder)
    }

    /// The region, such as `cn-shanghai`, which names the host; by default the product's own.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// The network the region's host is reached over; by default the public one.
    #[must_use]
    pub fn network(mut self, network: Network) -> Self {
        self.settings.network = network;
        self
    }

    /// The host to send to instead of the region's: `host`, `host:port`, or a URL of these.
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

    /// HTTPS, the default, or plain HTTP.
    #[must_use]
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.settings.scheme = Some(scheme);
        self
    }

    /// Who signs: [`Credentials`](crate::Credentials), a single source such as
    /// [`OidcProvider`](crate::credentials::OidcProvider), or a provider of your own. By default
    /// [`DefaultProvider`] look where the official clients look, with the clock given here.
    ///
    /// Requests that a source of this crate makes, those to STS for instance, go through the transport, the proxy and the
    /// root certificates given here, unless the source was given a [transport](crate::credentials::ProviderConfig::transport).
    #[must_use]
    pub fn credentials(mut self, provider: impl CredentialsProvider + 'static) -> Self {
        self.settings.credentials = Arc::new(provider);
        self.settings.default_credentials = false;
        self
    }

    /// The signature; ACS3 by default.
    #[must_use]
    pub fn signature(mut self, scheme: SignatureScheme) -> Self {
        self.settings.signature = scheme;
        self
    }

    /// The HTTP method; POST by default.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.settings.method = method;
        self
    }

    /// What answers are asked to be written in; JSON by default.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.settings.format = format;
        self
    }

    /// The time to make a connection in, TLS included; 5 s by default. A connection not made in time has sent nothing.
    ///
    /// A limit that is not below those of an attempt and of a call is taken for half of the shorter one: time that runs
    /// out while a connection is being made must not look like time that runs out on a response, after which a phone may
    /// be ringing. It holds for the transport that the client builds by itself.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.limits.connect = limit;
        self
    }

    /// The time for one attempt, from the signed request to the last byte of the response; 10 s by default, a day at most.
    ///
    /// With a transport of your own, leave it longer than the time that this takes to connect, where
    /// [`CallOptions`](crate::config::CallOptions) shorten it too: it alone knows that nothing was sent yet.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings.limits.attempt = limit;
        self
    }

    /// The time for a call as a whole, from asking for credentials to the last byte of the response, with all attempts and
    /// the waits between them; 30 s by default, a day at most.
    ///
    /// [`Client::with_options`](crate::Client::with_options) sets it for single calls.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.limits.total = limit;
        self
    }

    /// How long a connection may wait for its next request; 4 s by default. Zero makes a connection for each request.
    ///
    /// Keep it below what servers, load balancers and firewalls on the way allow: a request that is written to a
    /// connection while its other end closes it has an unknown fate. An operation that must not be repeated, such as
    /// placing a call, is sent over a connection that was in use a second ago or over a new one, and each connection is
    /// looked at right before it is used. It holds for the transport that the client builds by itself.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.idle.time = limit;
        self
    }

    /// How many connections at most wait for their next request; 1,024 by default. Zero makes a connection for each
    /// request. How many are in use at once is not limited.
    ///
    /// It holds for the transport that the client builds by itself.
    #[must_use]
    pub fn max_idle_connections(mut self, connections: usize) -> Self {
        self.settings.idle.connections = connections;
        self
    }

    /// How often a request is sent again, and after how long: see [`RetryPolicy`], which also tells what is never sent
    /// again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// How often a request is tried at most, the first time included; 3 by default. 1 switches retries off.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.retry = self.settings.retry.max_attempts(attempts);
        self
    }

    /// Which root certificates are trusted; by default those of the operating system.
    ///
    /// It holds for the transport that the client builds by itself.
    #[cfg(feature = "tls-no-provider")]
    #[must_use]
    pub fn trust(mut self, trust: crate::transport::trust::Trust) -> Self {
        self.settings.tls.trust = Some(trust);
        self
    }

    /// All of TLS as you set it up: client certificates, pinned keys, a cryptography of your own such as one with a FIPS
    /// certificate. Of [`rustls`] in the release that this crate has.
    ///
    /// It decides whom to trust, so [`trust`](Self::trust) and [`root_certificates_pem`](Self::root_certificates_pem) are
    /// refused beside it. It holds for the transport that the client builds by itself, which speaks HTTP/1.1 whatever
    /// protocols the configuration names.
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
    /// It holds for the transport that the client builds by itself. Called again, it adds.
    #[cfg(feature = "tls-no-provider")]
    #[must_use]
    pub fn root_certificates_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        let pem = pem.as_ref();
        // A byte order mark, with which editors begin a file, would hide the first certificate.
        self.root_certificates.extend_from_slice(pem.strip_prefix(b"\xef\xbb\xbf").unwrap_or(pem));
        self.root_certificates.push(b'\n');
        self
    }

    /// The proxy to go through, `http://host:port` or `https://host:port`, with `user:password@` before the host where it
    /// wants them; in these, what is no letter or digit is percent-encoded. Every request goes there, whatever `NO_PROXY`
    /// says, those to this machine too.
    ///
    /// By default the environment decides (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`), read when the client is
    /// made, and endpoints on this machine are reached directly. A variable that cannot be read is an error, lest signed
    /// requests go past the proxy. `NO_PROXY` lists names (with what is below them), `*.name`, addresses, networks such as
    /// `10.0.0.0/8`, each with a `:port` where it is for one alone, or `*`. With HTTPS the proxy is asked for a tunnel and sees host and port alone; with plain
    /// HTTP it sees the signed request. It holds for the transport that the client builds by itself, and for the requests
    /// for credentials that its source makes, except those to the instance metadata service.
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

    /// Goes through no proxy, whatever the environment says. It holds for the transport that the client builds by itself.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.proxy = None;
        self.settings.proxy = ProxyChoice::Never;
        self
    }

    /// What carries requests, instead of the HTTP client that is built in.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// What sees every attempt and may add headers to it: see [`Interceptor`]. Called again, it adds another.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.settings.interceptors.push(Arc::new(interceptor));
        self
    }

    /// What tells the time.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// What gives nonces.
    #[must_use]
    pub fn nonces(mut self, nonces: impl NonceSource + 'static) -> Self {
        self.settings.nonces = Arc::new(nonces);
        self
    }

    /// Checks everything and gives the configuration.
    ///
    /// # Errors
    /// When the region, the endpoint, a time limit or a certificate cannot be what it is meant for.
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
        // The endpoint is unchecked text that may hold a password.
        f.debug_struct("ConfigBuilder").finish_non_exhaustive()
    }
}
