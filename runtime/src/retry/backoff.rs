//! Computes how long to wait before the next attempt.

use std::time::Duration;

use crate::retry::policy::RetryPolicy;

/// The facts that the length of a wait depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait {
    /// How many attempts were made.
    pub(crate) attempts: u32,
    /// Whether the service said that requests come too fast.
    pub(crate) throttled: bool,
    /// How long the service asks to wait.
    pub(crate) wish: Option<Duration>,
}

impl Wait {
    /// Returns the length: exponential backoff with full jitter, added to what the service asks for. `random` is evenly
    /// distributed.
    pub(crate) fn length(self, policy: RetryPolicy, random: u64) -> Duration {
        let doublings = self.attempts.saturating_sub(1).min(31);
        let ceiling =
            policy.delay_base(self.throttled).saturating_mul(1 << doublings).min(policy.delay_end());
        self.wish.unwrap_or_default().saturating_add(part_of(ceiling, random))
    }
}

/// Scales a duration by `random` as a fraction of its range; never more than the whole.
fn part_of(whole: Duration, random: u64) -> Duration {
    // Delays are at most an hour, so the product does not overflow.
    let nanos = (whole.as_nanos() * u128::from(random)) >> 64;
    u64::try_from(nanos).map_or(whole, Duration::from_nanos)
}

/// Returns an evenly distributed number; half of the range if the operating system has no randomness.
pub(crate) fn random() -> u64 {
    getrandom::u64().unwrap_or(u64::MAX / 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Duration, RetryPolicy, Wait};

    const MILLI: Duration = Duration::from_millis(1);

    fn longest(attempts: u32, throttled: bool) -> u128 {
        let wait = Wait { attempts, throttled, wish: None };
        (wait.length(RetryPolicy::new(), u64::MAX) + MILLI / 2).as_millis()
    }

    #[test]
    fn the_longest_wait_doubles_up_to_its_end() {
        assert_eq!([1, 2, 3, 6, 7, 20].map(|n| longest(n, false)), [200, 400, 800, 6400, 10_000, 10_000]);
    }

    #[test]
    fn throttling_is_waited_out_longer() {
        assert_eq!([1, 2, 4, 5].map(|n| longest(n, true)), [1000, 2000, 8000, 10_000]);
    }

    #[test]
    fn chance_spreads_waits_over_the_whole_range() {
        let wait = Wait { attempts: 1, throttled: false, wish: None };
        let waits = [0, u64::MAX / 4, u64::MAX / 2].map(|random| wait.length(RetryPolicy::new(), random));
        assert_eq!(waits.map(|wait| (wait + MILLI / 2).as_millis()), [0, 50, 100]);
    }

    proptest! {
        #[test]
        fn a_wait_is_never_shorter_than_wished_nor_longer_than_its_bounds(
            attempts in any::<u32>(),
            throttled in any::<bool>(),
            wish in proptest::option::of(0_u64..u64::MAX),
            base in any::<u64>(),
            end in any::<u64>(),
            random in any::<u64>(),
        ) {
            let policy = RetryPolicy::new()
                .base_delay(Duration::from_millis(base))
                .throttling_delay(Duration::from_millis(base))
                .max_delay(Duration::from_millis(end));
            let wish = wish.map(Duration::from_millis);
            let length = Wait { attempts, throttled, wish }.length(policy, random);
            let wished = wish.unwrap_or_default();
            prop_assert!(length >= wished);
            prop_assert!(length <= wished.saturating_add(policy.delay_end()));
        }

        #[test]
        fn more_attempts_never_shorten_the_wait(attempts in 1_u32..40, random in any::<u64>()) {
            let length = |attempts| Wait { attempts, throttled: false, wish: None }.length(RetryPolicy::new(), random);
            prop_assert!(length(attempts) <= length(attempts + 1));
        }
    }
}
