//! Lengths of time as the service counts them: whole seconds.

use std::fmt;
use std::time::Duration;

/// Seconds, as parameters and fields carry lengths of time.
///
/// ```
/// use std::time::Duration;
///
/// use acs_runtime::time::Seconds;
///
/// // For a parameter that takes `impl Into<i32>`, `impl Into<i64>` or `impl Into<String>`.
/// let timeout = Seconds::from(Duration::from_millis(29_500));
/// assert_eq!(timeout, Seconds(30));
/// assert_eq!(i32::from(timeout), 30);
/// assert_eq!(i64::from(timeout), 30);
/// assert_eq!(String::from(timeout), "30");
///
/// // From a response.
/// assert_eq!(Seconds::from(90_i32).to_duration(), Some(Duration::from_secs(90)));
/// assert_eq!(Seconds::from(-1_i64).to_duration(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seconds(
    /// The number of seconds.
    pub i64,
);

impl Seconds {
    /// Converts it to a [`Duration`]; `None` if it is negative.
    #[must_use]
    pub fn to_duration(self) -> Option<Duration> {
        u64::try_from(self.0).ok().map(Duration::from_secs)
    }
}

/// Rounds up: a time limit never gets shorter. More seconds than an `i64` holds become `i64::MAX`.
impl From<Duration> for Seconds {
    fn from(duration: Duration) -> Self {
        let whole = i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        Self(whole.saturating_add(i64::from(duration.subsec_nanos() > 0)))
    }
}

impl From<i32> for Seconds {
    fn from(seconds: i32) -> Self {
        Self(seconds.into())
    }
}

impl From<i64> for Seconds {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

/// A number outside the range of `i32` becomes its nearest bound, about 68 years.
impl From<Seconds> for i32 {
    fn from(seconds: Seconds) -> Self {
        let nearest = if seconds.0 < 0 { Self::MIN } else { Self::MAX };
        Self::try_from(seconds.0).unwrap_or(nearest)
    }
}

impl From<Seconds> for i64 {
    fn from(seconds: Seconds) -> Self {
        seconds.0
    }
}

impl From<Seconds> for String {
    fn from(seconds: Seconds) -> Self {
        seconds.0.to_string()
    }
}

/// Shows the number of seconds.
impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_second_counts_as_a_whole_one() {
        assert_eq!(Seconds::from(Duration::ZERO), Seconds(0));
        assert_eq!(Seconds::from(Duration::from_nanos(1)), Seconds(1));
        assert_eq!(Seconds::from(Duration::from_secs(2)), Seconds(2));
        assert_eq!(Seconds::from(Duration::from_millis(2_001)), Seconds(3));
    }

    #[test]
    fn a_number_that_does_not_fit_becomes_the_nearest_that_does() {
        assert_eq!(Seconds::from(Duration::MAX), Seconds(i64::MAX));
        assert_eq!(i32::from(Seconds(i64::MAX)), i32::MAX);
        assert_eq!(i32::from(Seconds(i64::MIN)), i32::MIN);
        assert_eq!(i32::from(Seconds(i32::MIN.into())), i32::MIN);
    }

    #[test]
    fn a_negative_number_is_no_length_of_time() {
        assert_eq!(Seconds(-1).to_duration(), None);
        assert_eq!(Seconds(i64::MAX).to_duration(), Some(Duration::from_secs(i64::MAX.unsigned_abs())));
    }
}
