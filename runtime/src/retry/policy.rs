//! How often and how patiently a request is sent again.

use std::time::Duration;

/// How often a request is tried, how long is waited in between, and how much repeating a client may do in all.
///
/// What may be sent again at all is not a matter of policy. Any operation is sent again when the request surely never
/// reached the service (no connection), or when the service said that it refused it for coming too fast. An operation
/// that is safe to repeat is sent again after time-outs, broken exchanges, half responses and faults of the service
/// (HTTP 5xx), too.
///
/// ```
/// use std::time::Duration;
/// use acs_runtime::Config;
/// use acs_runtime::retry::RetryPolicy;
///
/// let patient = RetryPolicy::new().max_attempts(5).max_delay(Duration::from_secs(10));
/// let config = Config::builder().retry(patient).build()?;
/// let once = Config::builder().retry(RetryPolicy::never()).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    throttling_delay: Duration,
    max_delay: Duration,
    budget: u32,
}

/// More attempts than this are not made, whatever is asked for.
const MOST_ATTEMPTS: u32 = 20;
/// A longer wait is cut to this one.
const LONGEST_DELAY: Duration = Duration::from_secs(60 * 60);
/// A larger budget is cut to this one.
const LARGEST_BUDGET: u32 = 1_000_000;

impl RetryPolicy {
    /// The defaults: 3 attempts, waits of up to 200 ms that double (1 s after throttling) and end at 10 s, and 100
    /// attempts on credit.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(200),
            throttling_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(10),
            budget: 100,
        }
    }

    /// Every request is sent once.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// How often a request is tried at most, the first time included; 3 by default, 1 at least, 20 at most.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts < 1 {
            1
        } else if attempts > MOST_ATTEMPTS {
            MOST_ATTEMPTS
        } else {
            attempts
        };
        self
    }

    /// The longest wait before the second attempt; it doubles with each further one. 200 ms by default, an hour at most.
    ///
    /// The wait itself is drawn evenly between nothing and this (full jitter), so that clients which failed together
    /// do not come back together.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay.min(LONGEST_DELAY);
        self
    }

    /// The same after the service refused a request for coming too fast and did not say for how long; 1 s by default.
    ///
    /// Where it says so, that is waited for, and the jitter comes on top.
    #[must_use]
    pub fn throttling_delay(mut self, delay: Duration) -> Self {
        self.throttling_delay = delay.min(LONGEST_DELAY);
        self
    }

    /// Where doubling ends; 10 s by default, an hour at most. It does not shorten what the service asks for.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay.min(LONGEST_DELAY);
        self
    }

    /// How many further attempts a client and its clones may make on credit; 100 by default.
    ///
    /// Every success without one earns a fifth of an attempt back, up to this number: so a service in trouble gets a
    /// fifth more requests in the long run, and not several times as many.
    #[must_use]
    pub const fn budget(mut self, attempts: u32) -> Self {
        self.budget = if attempts > LARGEST_BUDGET { LARGEST_BUDGET } else { attempts };
        self
    }

    pub(crate) const fn attempts_allowed(self) -> u32 {
        self.max_attempts
    }

    pub(super) const fn delay_base(self, throttled: bool) -> Duration {
        if throttled { self.throttling_delay } else { self.base_delay }
    }

    pub(super) const fn delay_end(self) -> Duration {
        self.max_delay
    }

    pub(crate) const fn credit(self) -> u32 {
        self.budget
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}
