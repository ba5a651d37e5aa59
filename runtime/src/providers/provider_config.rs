//! The configuration of providers: variables, clock, nonces, HTTP.

use std::sync::Arc;

use crate::identity::variables::Variables;
use crate::providers::Http;
use crate::text::clock::{Clock, SystemClock};
use crate::text::nonce::{NonceSource, RandomNonces};
use crate::text::skew::ClockCorrection;
use crate::transport::Transport;

/// The configuration of a provider. The defaults are the environment of the process, the clock of the machine, and the
/// transport, proxy and root certificates of the client that needs the credentials.
///
/// ```
/// use acs_runtime::credentials::{DefaultProvider, ProviderConfig};
///
/// // In a test: the variables of the process are not read.
/// let config = ProviderConfig::new().variables([
///     ("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid"),
///     ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testsecret"),
/// ]);
/// let credentials = DefaultProvider::with_config(&config);
/// # let _ = credentials;
/// ```
#[derive(Clone, Debug)]
pub struct ProviderConfig {
    pub(super) variables: Variables,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) nonces: Arc<dyn NonceSource>,
    /// `None` means that of the client that needs the credentials, else the built-in default.
    given_http: Option<Http>,
    default_http: Http,
    /// The clock correction; all providers with the same configuration share it.
    pub(super) clock_correction: Arc<ClockCorrection>,
    /// Whether profiles may run commands.
    pub(super) commands: bool,
}

impl ProviderConfig {
    /// Creates the default configuration.
    #[must_use]
    pub fn new() -> Self {
        Self {
            variables: Variables::default(),
            clock: Arc::new(SystemClock),
            nonces: Arc::new(RandomNonces),
            given_http: None,
            default_http: Http::default(),
            clock_correction: Arc::default(),
            commands: true,
        }
    }

    /// Sets the transport of all requests for credentials, including those to the instance metadata service
    /// (`http://100.100.100.200`), which must not go through a proxy.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.given_http = Some(Http::over(Arc::new(transport)));
        self
    }

    /// Refuses to run the command of an `External` profile: its credentials then fail.
    #[must_use]
    pub fn without_commands(mut self) -> Self {
        self.commands = false;
        self
    }

    pub(super) fn http(&self) -> Http {
        self.given_http.clone().or_else(Http::current).unwrap_or_else(|| self.default_http.clone())
    }

    /// Sets the clock. It decides when credentials expire, and requests for them are signed with its time.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self.clock_correction = Arc::default();
        self
    }

    /// Sets the source of nonces for signed requests for credentials.
    #[must_use]
    pub fn nonces(mut self, nonces: impl NonceSource + 'static) -> Self {
        self.nonces = Arc::new(nonces);
        self
    }

    /// Sets the environment variables; no others are read. The home directory is then `HOME` among them.
    #[must_use]
    pub fn variables<N: Into<String>, V: Into<String>>(
        mut self,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        self.variables = Variables::fixed(variables);
        self
    }
}

impl Default for ProviderConfig {
    fn default() -> Self {
        Self::new()
    }
}
