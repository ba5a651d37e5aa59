//! Corrects the time of a machine whose clock is wrong. It is measured when the service refuses a request for its time.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use crate::text::clock::parse_http_date;

/// The difference between the service's clock and this machine's.
///
/// ```
/// # fn report(response: &acs_runtime::Response<()>) {
/// if let Some(skew) = response.clock_skew() {
///     // Such as: this machine's clock is 3600 s behind the service's
///     println!("{skew}");
/// }
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockSkew {
    seconds: i64,
}

/// The service refuses no request for a skew below this, in seconds.
const NEGLIGIBLE: u64 = 60;
/// A larger skew is reported, but not corrected: an impostor must not obtain signatures that are valid far in the
/// future.
const LARGEST: u64 = 24 * 60 * 60;

impl ClockSkew {
    /// Returns the seconds to add to the machine's time to get the service's.
    #[must_use]
    pub fn offset_seconds(self) -> i64 {
        self.seconds
    }

    /// Measures it by the `Date` header of a response that arrived at `machine`, by this machine's clock. It is
    /// accurate to about a second, plus the time that the response took to arrive.
    ///
    /// `None` if the header's text is no date of HTTP.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use acs_runtime::retry::ClockSkew;
    ///
    /// let machine = UNIX_EPOCH + Duration::from_secs(1_698_315_700);
    /// let skew = ClockSkew::from_date("Thu, 26 Oct 2023 10:22:32 GMT", machine);
    /// assert_eq!(skew.map(ClockSkew::offset_seconds), Some(52));
    /// ```
    #[must_use]
    pub fn from_date(date: &str, machine: SystemTime) -> Option<Self> {
        parse_http_date(date).map(|service| Self::measure(machine, service))
    }

    fn measure(machine: SystemTime, service: SystemTime) -> Self {
        let seconds = |distance: Duration| i64::try_from(distance.as_secs()).unwrap_or(i64::MAX);
        Self {
            seconds: match service.duration_since(machine) {
                Ok(behind) => seconds(behind),
                Err(ahead) => -seconds(ahead.duration()),
            },
        }
    }

    /// Tells whether requests are signed with the service's time from now on.
    pub(crate) fn is_followed(self) -> bool {
        self.seconds.unsigned_abs() <= LARGEST
    }

    /// Returns the opposite difference, from the service's time to the machine's.
    pub(crate) fn reversed(self) -> Self {
        Self { seconds: self.seconds.saturating_neg() }
    }

    fn some(self) -> Option<Self> {
        (self.seconds != 0).then_some(self)
    }
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.seconds < 0 { "ahead of" } else { "behind" };
        write!(f, "this machine's clock is {} s {direction} the service's", self.seconds.unsigned_abs())
    }
}

/// The correction that a client and its clones sign with.
#[derive(Debug, Default)]
pub(crate) struct ClockCorrection(AtomicI64);

impl ClockCorrection {
    pub(crate) fn get(&self) -> Option<ClockSkew> {
        ClockSkew { seconds: self.0.load(Ordering::Relaxed) }.some()
    }

    /// Measures again after the service refused a request, signed with `signed_with`, for its time.
    ///
    /// `None` if the service's date does not explain the refusal: another attempt would be refused too.
    pub(crate) fn measure(
        &self,
        machine: SystemTime,
        service: SystemTime,
        signed_with: Option<ClockSkew>,
    ) -> Option<ClockSkew> {
        let measured = ClockSkew::measure(machine, service);
        let signed_with = signed_with.map_or(0, ClockSkew::offset_seconds);
        if measured.seconds.abs_diff(signed_with) < NEGLIGIBLE {
            return None;
        }
        if measured.is_followed() {
            self.0.store(measured.seconds, Ordering::Relaxed);
        }
        Some(measured)
    }
}

/// Returns the time to sign with.
pub(crate) fn corrected(machine: SystemTime, skew: Option<ClockSkew>) -> SystemTime {
    let seconds = skew.map_or(0, ClockSkew::offset_seconds);
    let by = Duration::from_secs(seconds.unsigned_abs());
    let corrected = if seconds < 0 { machine.checked_sub(by) } else { machine.checked_add(by) };
    corrected.unwrap_or(machine)
}

/// Logs that the machine's clock is not the service's.
#[cfg(feature = "client")]
pub(crate) fn log_skew(skew: ClockSkew) {
    #[cfg(feature = "tracing")]
    tracing::warn!(target: crate::TARGET, skew = %skew, "the clock differs from the service's");
    #[cfg(not(feature = "tracing"))]
    let _ = skew;
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use proptest::prelude::*;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn a_clock_that_is_behind_is_put_forward() {
        let correction = ClockCorrection::default();
        let skew = correction.measure(at(1000), at(4600), None).unwrap();
        assert_eq!(skew.to_string(), "this machine's clock is 3600 s behind the service's");
        assert_eq!(corrected(at(2000), correction.get()), at(5600));
    }

    #[test]
    fn a_clock_that_is_ahead_is_put_back() {
        let correction = ClockCorrection::default();
        let skew = correction.measure(at(4600), at(1000), None).unwrap();
        assert_eq!(skew.to_string(), "this machine's clock is 3600 s ahead of the service's");
        assert_eq!(corrected(at(5600), correction.get()), at(2000));
    }

    #[test]
    fn a_date_that_does_not_explain_the_refusal_changes_nothing() {
        let correction = ClockCorrection::default();
        assert_eq!(correction.measure(at(1000), at(1059), None), None);
        let skew = correction.measure(at(1000), at(5000), None);
        assert_eq!(correction.measure(at(1010), at(5010), skew), None);
        assert_eq!(correction.get(), skew);
    }

    #[test]
    fn a_clock_that_was_set_right_later_is_believed_again() {
        let correction = ClockCorrection::default();
        let skew = correction.measure(at(1000), at(5000), None);
        correction.measure(at(5000), at(5000), skew).unwrap();
        assert_eq!(correction.get(), None);
    }

    #[test]
    fn more_than_a_day_is_told_and_not_followed() {
        let correction = ClockCorrection::default();
        let skew = correction.measure(at(0), at(LARGEST + 1), None).unwrap();
        assert!(!skew.is_followed());
        assert_eq!(correction.get(), None);
    }

    proptest! {
        #[test]
        fn a_signature_s_time_is_never_moved_by_more_than_a_day(machine: u32, service: u64, before: i64) {
            let correction = ClockCorrection::default();
            let machine = at(u64::from(machine));
            let service = UNIX_EPOCH.checked_add(Duration::from_secs(service)).unwrap_or(UNIX_EPOCH);
            correction.measure(machine, service, ClockSkew { seconds: before }.some());
            let moved = corrected(machine, correction.get());
            let distance = moved.duration_since(machine).unwrap_or_else(|error| error.duration());
            prop_assert!(distance.as_secs() <= LARGEST);
        }
    }
}
