//! The time that goes into signatures, as a trait, and its spelling on the wire.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the time that requests are signed with.
///
/// The service refuses requests whose timestamp is far from its own (about half an hour with signature version 1.0).
/// Tests give a clock that stands still; a machine with a wrong clock can be given a corrected one.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use ccc_api::{Clock, Config};
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
/// # Ok::<(), ccc_api::ConfigError>(())
/// ```
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time now. Asked once for every attempt to send a request.
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
/// use ccc_api::{Clock, FixedClock};
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

const SECONDS_PER_DAY: u64 = 86_400;
/// Days from 0000-03-01, where the years of the algorithm begin, to 1970-01-01.
const DAYS_TO_1970: u64 = 719_468;
const DAYS_PER_ERA: u64 = 146_097;
/// 9999-12-31T23:59:59Z, the last second with a year of four digits.
const LAST_SECOND: u64 = 253_402_300_799;

/// A time as the service writes it: UTC, whole seconds, `2023-10-26T10:22:32Z`.
///
/// Times before 1970 are written as 1970's first second, times after 9999 as its last: both are refused by the
/// service as skewed, which is the truth about such a clock.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// let time = UNIX_EPOCH + Duration::from_secs(1_698_315_752);
/// assert_eq!(ccc_api::sign::timestamp(time), "2023-10-26T10:22:32Z");
/// ```
#[must_use]
pub fn timestamp(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).min(LAST_SECOND);
    let (year, month, day) = civil_from_days(seconds / SECONDS_PER_DAY);
    let second = seconds % SECONDS_PER_DAY;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// Reads what [`timestamp`] writes; `None` for any other spelling, and for dates that do not exist.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use ccc_api::sign::parse_timestamp;
/// assert_eq!(parse_timestamp("1970-01-02T00:00:01Z"), Some(UNIX_EPOCH + Duration::from_secs(86_401)));
/// assert_eq!(parse_timestamp("2023-02-29T00:00:00Z"), None);
/// ```
#[must_use]
pub fn parse_timestamp(text: &str) -> Option<SystemTime> {
    let digits = |range: std::ops::Range<usize>| -> Option<u64> {
        let part = text.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let (hour, minute, second) = (digits(11..13)?, digits(14..16)?, digits(17..19)?);
    if year < 1970 || !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days_from_civil(year, month, day)?;
    let time = UNIX_EPOCH + Duration::from_secs(days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second);
    // Writing it again checks the separators, the length and whether the month has that day.
    (timestamp(time) == text).then_some(time)
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
///
/// A year is taken to begin in March, so that the leap day is its last; 400 such years, an era, always have the
/// same number of days.
fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let days = days + DAYS_TO_1970;
    let era = days / DAYS_PER_ERA;
    let day_of_era = days % DAYS_PER_ERA;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// The inverse of [`civil_from_days`]; a day beyond the end of its month counts on into the next.
fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    let year = year - u64::from(month <= 2);
    let year_of_era = year % 400;
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day.checked_sub(1)?;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (year / 400 * DAYS_PER_ERA + day_of_era).checked_sub(DAYS_TO_1970)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Duration, LAST_SECOND, UNIX_EPOCH, parse_timestamp, timestamp};

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
        assert_eq!(at(LAST_SECOND + 1), "9999-12-31T23:59:59Z");
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

    proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in 0..=LAST_SECOND) {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            prop_assert_eq!(parse_timestamp(&timestamp(time)), Some(time));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = parse_timestamp(&text);
        }
    }
}
