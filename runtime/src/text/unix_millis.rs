//! Points in time as the service counts them: milliseconds since 1970.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01T00:00:00Z, as requests and responses carry times. Times before 1970 are negative.
///
/// Some parameters are numbers and some are strings; it converts into both.
///
/// ```
/// use std::time::{Duration, SystemTime, UNIX_EPOCH};
///
/// use acs_runtime::time::UnixMillis;
///
/// let time = UnixMillis::from(UNIX_EPOCH + Duration::from_secs(1_698_315_752));
/// assert_eq!(time, UnixMillis(1_698_315_752_000));
/// assert_eq!(i64::from(time), 1_698_315_752_000);
/// assert_eq!(String::from(time), "1698315752000");
///
/// // An hour ago, for a parameter that takes `impl Into<String>` or `impl Into<i64>`.
/// let start = UnixMillis::from(SystemTime::now() - Duration::from_secs(60 * 60));
///
/// // From a response, as a number or as a string.
/// assert_eq!(UnixMillis::from(1_698_315_752_000), time);
/// assert_eq!("1698315752000".parse(), Ok(time));
/// assert_eq!(time.to_system_time(), Some(UNIX_EPOCH + Duration::from_secs(1_698_315_752)));
/// # let _ = start;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(
    /// The number of milliseconds.
    pub i64,
);

impl UnixMillis {
    /// Converts it to a [`SystemTime`]; `None` if the system cannot represent it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_millis(self.0.unsigned_abs());
        if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }
}

/// Drops fractions of a millisecond: the time never gets later. A time outside the range of `i64` becomes its nearest
/// bound.
impl From<SystemTime> for UnixMillis {
    fn from(time: SystemTime) -> Self {
        const NANOS: u128 = 1_000_000;
        Self(match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => {
                let millis = before.duration().as_nanos().div_ceil(NANOS);
                i64::try_from(millis).map_or(i64::MIN, |millis| -millis)
            }
        })
    }
}

impl From<i64> for UnixMillis {
    fn from(millis: i64) -> Self {
        Self(millis)
    }
}

impl From<UnixMillis> for i64 {
    fn from(time: UnixMillis) -> Self {
        time.0
    }
}

impl From<UnixMillis> for String {
    fn from(time: UnixMillis) -> Self {
        time.0.to_string()
    }
}

/// Reads the number of milliseconds.
impl FromStr for UnixMillis {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

/// Shows the number of milliseconds.
impl fmt::Display for UnixMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_before_1970_are_negative() {
        let time = UNIX_EPOCH - Duration::from_millis(1_500);
        assert_eq!(UnixMillis::from(time), UnixMillis(-1_500));
        assert_eq!(UnixMillis(-1_500).to_system_time(), Some(time));
    }

    #[test]
    fn a_part_of_a_millisecond_is_left_out_on_both_sides_of_1970() {
        let part = Duration::from_micros(300);
        assert_eq!(UnixMillis::from(UNIX_EPOCH + Duration::from_millis(2) + part), UnixMillis(2));
        assert_eq!(UnixMillis::from(UNIX_EPOCH - Duration::from_millis(2) + part), UnixMillis(-2));
    }

    #[test]
    fn a_time_that_no_number_holds_becomes_the_nearest() {
        let far = Duration::from_secs(u64::MAX / 4);
        if let Some(time) = UNIX_EPOCH.checked_add(far) {
            assert_eq!(UnixMillis::from(time), UnixMillis(i64::MAX));
        }
        if let Some(time) = UNIX_EPOCH.checked_sub(far) {
            assert_eq!(UnixMillis::from(time), UnixMillis(i64::MIN));
        }
    }

    #[test]
    fn no_number_of_milliseconds_panics() {
        for millis in [i64::MIN, -1, 0, 1, i64::MAX] {
            let time = UnixMillis(millis).to_system_time();
            assert!(time.is_none_or(|time| UnixMillis::from(time) == UnixMillis(millis)), "{millis}");
        }
    }

    #[test]
    fn a_text_that_is_no_number_is_refused() {
        for text in ["", "now", "1698315752.5", "2023-10-26T10:22:32Z", "9223372036854775808"] {
            assert!(text.parse::<UnixMillis>().is_err(), "{text}");
        }
    }

    #[test]
    fn it_is_shown_as_its_number() {
        assert_eq!(UnixMillis(-7).to_string(), "-7");
        assert_eq!(format!("{:>5}", UnixMillis(42)), "   42");
    }
}
