//! Time limits, and the options of a call.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::retry::policy::RetryPolicy;

/// The longest time limit. Longer ones are cut, so that no arithmetic on times overflows.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The time limits of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeLimits {
    /// For making a connection, including TLS.
    pub(crate) connect: Duration,
    /// For one attempt: sending the signed request and reading the whole response.
    pub(crate) attempt: Duration,
    /// For a call as a whole, including waits and retries.
    pub(crate) total: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            attempt: Duration::from_secs(10),
            total: Duration::from_secs(30),
        }
    }
}

impl TimeLimits {
    /// Bounds the limits; `None` if one of them is zero.
    pub(crate) fn checked(self) -> Option<Self> {
        let [connect, attempt, total] =
            [self.connect, self.attempt, self.total].map(|limit| limit.min(LONGEST));
        let shorter = attempt.min(total);
        let connect = if connect < shorter { connect } else { shorter / 2 };
        let all_there = [connect, attempt, total].iter().all(|limit| !limit.is_zero());
        all_there.then_some(Self { connect, attempt, total })
    }
}

/// A deadline, and which limit it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttemptLimit {
    pub(crate) at: Instant,
    pub(crate) limit: Duration,
}

impl AttemptLimit {
    pub(crate) fn is_over(self) -> bool {
        Instant::now() >= self.at
    }
}

/// Options of calls that differ from the client's configuration.
///
/// ```
/// use std::time::Duration;
///
/// use acs_runtime::config::CallOptions;
///
/// # #[cfg(feature = "client")]
/// # fn hurry<P: acs_runtime::custom::Product>(client: &acs_runtime::Client<P>) -> acs_runtime::Client<P> {
/// // Shares connections, credentials and retry budget with `client`.
/// client.with_options(CallOptions::new().timeout(Duration::from_secs(2)).max_attempts(1))
/// # }
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CallOptions {
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    max_attempts: Option<u32>,
    headers: Option<Arc<HeaderMap>>,
}

impl CallOptions {
    /// Creates options that change nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { timeout: None, attempt_timeout: None, max_attempts: None, headers: None }
    }

    /// Sets the time limit of a call as a whole: see [`ConfigBuilder::timeout`](crate::config::ConfigBuilder::timeout).
    /// With a limit of zero, nothing is sent.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit.min(LONGEST));
        self
    }

    /// Sets the time limit of each attempt: see
    /// [`ConfigBuilder::attempt_timeout`](crate::config::ConfigBuilder::attempt_timeout).
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit.min(LONGEST));
        self
    }

    /// Sets how often a request is attempted at most: see [`RetryPolicy::max_attempts`]. 1 disables retries.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }

    /// Adds a header, such as one that a gateway on the way requires. A header of the same name is replaced.
    ///
    /// The rules are those for headers of an [`Interceptor`](crate::interceptor::Interceptor): ACS3 signs a header
    /// whose name begins with `x-acs-`, and a call that sets a header of the client's own is refused before anything is
    /// sent.
    ///
    /// ```
    /// use acs_runtime::config::CallOptions;
    /// use acs_runtime::transport::http::{HeaderName, HeaderValue};
    ///
    /// let tenant = HeaderName::from_static("x-tenant");
    /// let options = CallOptions::new().header(tenant, HeaderValue::from_static("support"));
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        Arc::make_mut(self.headers.get_or_insert_default()).insert(name, value);
        self
    }

    /// Fills in from `others` what these options leave out.
    #[must_use]
    pub(crate) fn or(self, others: Self) -> Self {
        let headers = match (self.headers, others.headers) {
            (Some(mine), Some(mut all)) => {
                let merged = Arc::make_mut(&mut all);
                for (name, value) in mine.iter() {
                    merged.insert(name.clone(), value.clone());
                }
                Some(all)
            }
            (mine, others) => mine.or(others),
        };
        Self {
            headers,
            timeout: self.timeout.or(others.timeout),
            attempt_timeout: self.attempt_timeout.or(others.attempt_timeout),
            max_attempts: self.max_attempts.or(others.max_attempts),
        }
    }

    pub(crate) fn headers(&self) -> Option<&HeaderMap> {
        self.headers.as_deref()
    }

    pub(crate) fn limits(&self, limits: TimeLimits) -> TimeLimits {
        TimeLimits {
            attempt: self.attempt_timeout.unwrap_or(limits.attempt),
            total: self.timeout.unwrap_or(limits.total),
            ..limits
        }
    }

    pub(crate) fn retry(&self, policy: RetryPolicy) -> RetryPolicy {
        self.max_attempts.map_or(policy, |attempts| policy.max_attempts(attempts))
    }
}

/// Headers may hold secrets, so only their names are shown.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("max_attempts", &self.max_attempts)
            .field("headers", &self.headers.iter().flat_map(|headers| headers.keys()).collect::<Vec<_>>())
            .finish()
    }
}
