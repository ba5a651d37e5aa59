//! The time that a call may take, as a whole and in its parts, and what a call may ask for beside the client's.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::retry::policy::RetryPolicy;

/// Longer time limits are cut to this one, so that no arithmetic on points in time overflows.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The time limits of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeLimits {
    /// For making a connection, TLS included.
    pub(crate) connect: Duration,
    /// For one attempt: sending the signed request and reading the whole response.
    pub(crate) attempt: Duration,
    /// For a call as a whole, waits and further attempts included.
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
    /// Limits that can all be kept and told apart; none if there is no time for something.
    pub(crate) fn checked(self) -> Option<Self> {
        let [connect, attempt, total] =
            [self.connect, self.attempt, self.total].map(|limit| limit.min(LONGEST));
        let shorter = attempt.min(total);
        let connect = if connect < shorter { connect } else { shorter / 2 };
        let all_there = [connect, attempt, total].iter().all(|limit| !limit.is_zero());
        all_there.then_some(Self { connect, attempt, total })
    }
}

/// A point in time, and how it came about.
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

/// What some calls are to do differently from the client's configuration.
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
    /// Everything as the client's configuration has it.
    #[must_use]
    pub const fn new() -> Self {
        Self { timeout: None, attempt_timeout: None, max_attempts: None, headers: None }
    }

    /// The time for a call as a whole: see [`ConfigBuilder::timeout`](crate::config::ConfigBuilder::timeout). A call with no time
    /// is not sent.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit.min(LONGEST));
        self
    }

    /// The time for each attempt: see [`ConfigBuilder::attempt_timeout`](crate::config::ConfigBuilder::attempt_timeout).
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit.min(LONGEST));
        self
    }

    /// How often a request is tried at most: see [`RetryPolicy::max_attempts`]. 1 switches retries off.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }

    /// A header to send besides the client's own, such as one that a gateway in between asks for. Set again, it is
    /// replaced.
    ///
    /// What holds for headers of an [`Interceptor`](crate::interceptor::Interceptor) holds for it: one whose name begins with `x-acs-`
    /// is signed by ACS3, and a call that sets one of the client's own is refused before anything is sent.
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

    /// These where they say something, `others` where they do not.
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

/// Headers may hold secrets, so it tells their names alone.
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
