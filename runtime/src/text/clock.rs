//! The time that requests are signed with: the trait `Clock`, and how a time is written on the wire.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// Tells the time that requests are signed with.
///
/// The service refuses requests whose timestamp is far from its own (about half an hour with signature version 1.0).
/// Tests use a clock that stands still. A machine whose clock is wrong can use a corrected one.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use acs_runtime::sign::Clock;
/// use acs_runtime::Config;
///
/// /// Runs ahead of the machine's clock by a known amount.
/// #[derive(Debug)]
/// struct Ahead(Duration);
///
/// impl Clock for Ahead {
///     fn now(&self) -> SystemTime {
///         SystemTime::now() + self.0
///     }
/// }
///
/// let config = Config::builder().clock(Ahead(Duration::from_secs(90))).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
pub trait Clock: fmt::Debug + Send + Sync {
    /// Returns the current time. Called once for every attempt.
    fn now(&self) -> SystemTime;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> SystemTime {
        C::now(self)
    }
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A clock that stands still.
///
/// ```
/// use std::time::UNIX_EPOCH;
/// use acs_runtime::sign::{Clock, FixedClock};
/// assert_eq!(FixedClock(UNIX_EPOCH).now(), UNIX_EPOCH);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(
    /// The time it shows.
    pub SystemTime,
);

impl Clock for FixedClock {
    fn now(&self) -> SystemTime {
        self.0
    }
}

/// Writes a time as the service does: UTC, whole seconds, `2023-10-26T10:22:32Z`.
///
/// Times before 1970 become the first second of 1970, times after the year 9999 its last. The service refuses both as
/// skewed.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// let time = UNIX_EPOCH + Duration::from_secs(1_698_315_752);
/// assert_eq!(acs_runtime::sign::timestamp(time), "2023-10-26T10:22:32Z");
/// ```
#[must_use]
pub fn timestamp(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let time = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let last = || Timestamp::from_second(Timestamp::MAX.as_second()).ok();
    time.or_else(last).unwrap_or_default().to_string()
}

/// Parses the format that [`timestamp`] writes; `None` for any other spelling, and for dates that do not exist.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use acs_runtime::sign::parse_timestamp;
/// assert_eq!(parse_timestamp("1970-01-02T00:00:01Z"), Some(UNIX_EPOCH + Duration::from_secs(86_401)));
/// assert_eq!(parse_timestamp("2023-02-29T00:00:00Z"), None);
/// ```
#[must_use]
pub fn parse_timestamp(text: &str) -> Option<SystemTime> {
    let seconds = u64::try_from(text.parse::<Timestamp>().ok()?.as_second()).ok()?;
    let time = UNIX_EPOCH + Duration::from_secs(seconds);
    // The service writes no other offsets, fractions or spellings.
    (timestamp(time) == text).then_some(time)
}

/// Reads a time of RFC 3339, which may have fractions of a second and another offset than `Z`; `None` for others and for
/// times before 1970.
#[cfg(feature = "client")]
pub(crate) fn parse_rfc3339(text: &str) -> Option<SystemTime> {
    let since = text.trim().parse::<Timestamp>().ok()?.duration_since(Timestamp::UNIX_EPOCH);
    UNIX_EPOCH.checked_add(Duration::try_from(since).ok()?)
}

/// Reads a date as HTTP writes it: `Tue, 24 Nov 2026 11:10:47 GMT`.
pub(crate) fn parse_http_date(text: &str) -> Option<SystemTime> {
    // The longest spelling is 29 characters; comments, which mail allows here, have no place.
    if text.len() > 40 || text.contains('(') {
        return None;
    }
    let time = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    let seconds = u64::try_from(time.as_second()).ok()?;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Duration, UNIX_EPOCH, parse_timestamp, timestamp};

    fn at(seconds: u64) -> String {
        timestamp(UNIX_EPOCH + Duration::from_secs(seconds))
    }

    #[test]
    fn leap_days_and_turns_of_years_are_where_the_calendar_has_them() {
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(951_868_800), "2000-03-01T00:00:00Z");
        assert_eq!(at(4_107_542_399), "2100-02-28T23:59:59Z");
        assert_eq!(at(4_107_542_400), "2100-03-01T00:00:00Z");
        assert_eq!(at(1_735_689_599), "2024-12-31T23:59:59Z");
    }

    #[test]
    fn times_out_of_range_are_clamped() {
        assert_eq!(timestamp(UNIX_EPOCH - Duration::from_secs(1)), "1970-01-01T00:00:00Z");
        assert_eq!(at(300_000_000_000), "9999-12-30T22:00:00Z");
    }

    #[test]
    fn other_spellings_are_not_read() {
        for text in [
            "",
            "2023-10-26",
            "2023-10-26 10:22:32Z",
            "2023-10-26T10:22:32",
            "2023-10-26T10:22:32+00:00",
            "2023-10-26T10:22:32.5Z",
            "2023-10-26T24:00:00Z",
            "2023-10-26T10:60:00Z",
            "2023-10-26T10:22:60Z",
            "2023-13-01T00:00:00Z",
            "2023-00-01T00:00:00Z",
            "2023-04-31T00:00:00Z",
            "2023-04-00T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "+023-10-26T10:22:32Z",
            "２０２３-10-26T10:22:32Z",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }

    #[cfg(feature = "client")]
    #[test]
    fn times_of_other_writers_are_read_as_rfc_3339_has_them() {
        use super::parse_rfc3339;

        let time = UNIX_EPOCH + Duration::from_secs(1_698_315_752);
        for text in [
            "2023-10-26T10:22:32Z",
            "2023-10-26T10:22:32+00:00",
            "2023-10-26T18:22:32+08:00",
            "2023-10-26T10:22:32.000Z",
            " 2023-10-26t10:22:32z\n",
        ] {
            assert_eq!(parse_rfc3339(text), Some(time), "{text}");
        }
        let later = time + Duration::from_millis(250);
        assert_eq!(parse_rfc3339("2023-10-26T10:22:32.25-00:00"), Some(later));
        for text in ["", "soon", "1698315752", "2023-10-26", "2023-10-26T10:22:32", "1969-12-31T23:59:59Z"] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in 0..=253_402_200_000_u64) {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            prop_assert_eq!(parse_timestamp(&timestamp(time)), Some(time));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = parse_timestamp(&text);
        }
    }
}
