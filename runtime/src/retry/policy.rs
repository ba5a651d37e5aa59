//! The retry policy of a client.

use std::time::Duration;

/// How often a request is attempted, how long to wait in between, and how many retries a client may make in all.
///
/// The policy does not decide which requests may be sent again. Any request may if it surely never reached the service
/// (no connection), or if the service refused it because requests came too fast. Requests of idempotent operations may
/// also be sent again after time-outs, broken exchanges, incomplete responses and faults of the service (HTTP 5xx).
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

/// The largest number of attempts.
const MOST_ATTEMPTS: u32 = 20;
/// The longest wait; a longer one is cut.
const LONGEST_DELAY: Duration = Duration::from_secs(60 * 60);
/// The largest budget; a larger one is cut.
const LARGEST_BUDGET: u32 = 1_000_000;

impl RetryPolicy {
    /// Creates the default policy: 3 attempts; waits of up to 200 ms (1 s after throttling) that double up to 10 s; a
    /// budget of 100 retries.
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

    /// Creates a policy without retries.
    #[must_use]
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets how often a request is attempted at most, including the first time: 3 by default, 1 at least, 20 at most.
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

    /// Sets the longest wait before the second attempt; it doubles with each further one. 200 ms by default, an hour at
    /// most.
    ///
    /// The wait is a random time up to this one (full jitter), so that clients which failed together do not return
    /// together.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay.min(LONGEST_DELAY);
        self
    }

    /// Sets the longest wait after the service refused a request because requests came too fast: 1 s by default.
    ///
    /// If the service says how long to wait, the client waits that long, plus the jitter.
    #[must_use]
    pub fn throttling_delay(mut self, delay: Duration) -> Self {
        self.throttling_delay = delay.min(LONGEST_DELAY);
        self
    }

    /// Sets the wait at which doubling ends: 10 s by default, an hour at most. It does not shorten a wait that the
    /// service asks for.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay.min(LONGEST_DELAY);
        self
    }

    /// Sets how many retries a client and its clones may make before successes must earn more: 100 by default.
    ///
    /// Every success without a retry earns a fifth of a retry, up to this number. In the long run, a service in trouble
    /// gets a fifth more requests, and not several times as many.
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
