//! The time between one poll and the next.

use std::time::Duration;

/// The shortest interval, so that polling never spins.
const SHORTEST: Duration = Duration::from_millis(1);
/// The longest wait after failures, unless the idle interval is longer.
const LONGEST_AFTER_FAILURES: Duration = Duration::from_secs(30);
/// The longest wait that the service can ask for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(300);

/// The outcome of a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// The agent is in a call, or something changed.
    Lively,
    /// There is no call, and nothing changed.
    Quiet,
    /// The poll failed. The service may have said how long to wait.
    Failure { retry_after: Option<Duration> },
}

/// Determines when the next poll is due.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    interval: Duration,
    idle_interval: Duration,
    current: Duration,
}

impl Pace {
    pub(super) fn new(interval: Duration, idle_interval: Duration) -> Self {
        let interval = interval.max(SHORTEST);
        Self { interval, idle_interval: idle_interval.max(interval), current: interval }
    }

    /// Returns how long to wait between polls during a call.
    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    /// Returns how long to wait after a poll.
    pub(super) fn after(&mut self, seen: Seen) -> Duration {
        let doubled = self.current.saturating_mul(2);
        match seen {
            Seen::Lively => self.current = self.interval,
            Seen::Quiet => self.current = doubled.min(self.idle_interval),
            Seen::Failure { .. } => {
                self.current = doubled.min(LONGEST_AFTER_FAILURES.max(self.idle_interval));
            }
        }
        match seen {
            Seen::Failure { retry_after: Some(asked) } => self.current.max(asked.min(LONGEST_RETRY_AFTER)),
            _ => self.current,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILURE: Seen = Seen::Failure { retry_after: None };

    fn pace() -> Pace {
        Pace::new(Duration::from_millis(500), Duration::from_secs(5))
    }

    fn waits(pace: &mut Pace, seen: Seen, count: usize) -> Vec<u128> {
        (0..count).map(|_| pace.after(seen).as_millis()).collect()
    }

    #[test]
    fn a_call_is_polled_at_the_interval_however_long_it_lasts() {
        assert_eq!(waits(&mut pace(), Seen::Lively, 4), [500; 4]);
    }

    #[test]
    fn waits_double_up_to_the_idle_interval_while_nothing_changes() {
        assert_eq!(waits(&mut pace(), Seen::Quiet, 6), [1000, 2000, 4000, 5000, 5000, 5000]);
    }

    #[test]
    fn a_change_brings_the_interval_back() {
        let mut pace = pace();
        waits(&mut pace, Seen::Quiet, 6);
        assert_eq!(waits(&mut pace, Seen::Lively, 1), [500]);
    }

    #[test]
    fn waits_grow_with_failures_beyond_the_idle_interval_and_end() {
        assert_eq!(waits(&mut pace(), FAILURE, 8), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    }

    #[test]
    fn the_first_success_after_failures_waits_no_longer_than_the_idle_interval() {
        let mut pace = pace();
        waits(&mut pace, FAILURE, 8);
        assert_eq!(waits(&mut pace, Seen::Quiet, 1), [5000]);
    }

    #[test]
    fn the_service_is_given_the_time_it_asks_for() {
        let asked = Seen::Failure { retry_after: Some(Duration::from_secs(60)) };
        assert_eq!(pace().after(asked), Duration::from_secs(60));
    }

    #[test]
    fn an_interval_of_nothing_does_not_spin() {
        let mut pace = Pace::new(Duration::ZERO, Duration::ZERO);
        assert_eq!(waits(&mut pace, Seen::Lively, 1), [1]);
    }
}
