//! What sources of credentials look at and speak through: variables, clock, nonces, HTTP.

use std::sync::Arc;

use crate::identity::variables::Variables;
use crate::providers::Http;
use crate::text::clock::{Clock, SystemClock};
use crate::text::nonce::{NonceSource, RandomNonces};
use crate::text::skew::ClockCorrection;
use crate::transport::Transport;

/// What a source of credentials works with. The default is the process's environment, the machine's clock, and the way
/// that the client's own requests go: its transport, proxy and root certificates.
///
/// ```
/// use acs_runtime::credentials::{DefaultProvider, ProviderConfig};
///
/// // In a test: no variable of the process is looked at.
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
    /// None: that of the client that asks, or else the built-in one as it is by default.
    given_http: Option<Http>,
    default_http: Http,
    /// What is known of the clock; shared by all who were given the same configuration.
    pub(super) clock_correction: Arc<ClockCorrection>,
}

impl ProviderConfig {
    /// The default.
    #[must_use]
    pub fn new() -> Self {
        Self {
            variables: Variables::default(),
            clock: Arc::new(SystemClock),
            nonces: Arc::new(RandomNonces),
            given_http: None,
            default_http: Http::default(),
            clock_correction: Arc::default(),
        }
    }

    /// Carries all requests for credentials, those to the instance metadata service (`http://100.100.100.200`)
    /// included, which no proxy may carry.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.given_http = Some(Http::over(Arc::new(transport)));
        self
    }

    pub(super) fn http(&self) -> Http {
        self.given_http.clone().or_else(Http::current).unwrap_or_else(|| self.default_http.clone())
    }

    /// Tells when credentials expire, and the time that requests for them are signed with.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self.clock_correction = Arc::default();
        self
    }

    /// Gives the nonces of signed requests for credentials.
    #[must_use]
    pub fn nonces(mut self, nonces: impl NonceSource + 'static) -> Self {
        self.nonces = Arc::new(nonces);
        self
    }

    /// Reads these environment variables and no others. The home directory is then `HOME` among them.
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
