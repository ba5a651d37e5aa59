//! Reads from the headers of a failed response how long to wait, and what time it is.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::DATE;

use crate::text::clock::parse_http_date;

/// The hints in the headers. They may come from anyone: unreadable ones count as absent, and all values are bounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    /// How long the service asks to wait.
    pub(crate) retry_after: Option<Duration>,
    /// The time by the service's clock.
    pub(crate) date: Option<SystemTime>,
}

/// The longest wait that is accepted; a longer one is cut. No call has more time.
const LONGEST_WISH: Duration = Duration::from_secs(24 * 60 * 60);

impl Hints {
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let time_left = ["x-ratelimit-user-api", "x-ratelimit-user"].map(|name| time_left(text(name)?));
        let retry_after = match text("x-acs-retry-after").and_then(milliseconds) {
            None => time_left.into_iter().flatten().max(),
            stated => stated,
        };
        Self { retry_after, date: text(DATE.as_str()).and_then(parse_http_date) }
    }
}

/// Finds `TimeLeft`, in milliseconds, among pairs such as `Limit:100,Remain:0,TimeLeft:1500`, with any of the usual
/// separators.
fn time_left(pairs: &str) -> Option<Duration> {
    pairs.split([',', ';', '&', '{', '}']).find_map(|pair| {
        let (name, value) = pair.split_once([':', '='])?;
        let [name, value] = [name, value].map(|text| text.trim_matches([' ', '\t', '"', '\'']));
        name.eq_ignore_ascii_case("TimeLeft").then(|| milliseconds(value))?
    })
}

/// Parses milliseconds; a fraction is rounded up.
fn milliseconds(text: &str) -> Option<Duration> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let more = u64::from(fraction.bytes().any(|byte| byte != b'0'));
    // Digits fail to parse only if there are too many.
    let millis = whole.parse::<u64>().unwrap_or(u64::MAX).saturating_add(more);
    Some(Duration::from_millis(millis).min(LONGEST_WISH))
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn hints(headers: &[(&'static str, &str)]) -> Hints {
        let headers = headers.iter().map(|(name, value)| {
            (http::HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).unwrap())
        });
        Hints::read(&headers.collect())
    }

    fn wish(name: &'static str, value: &str) -> Option<u128> {
        hints(&[(name, value)]).retry_after.map(|wish| wish.as_millis())
    }

    #[test]
    fn retry_after_is_in_milliseconds() {
        assert_eq!(wish("x-acs-retry-after", "1500"), Some(1500));
        assert_eq!(wish("x-acs-retry-after", " 0 "), Some(0));
        assert_eq!(wish("x-acs-retry-after", "0.2"), Some(1));
    }

    #[test]
    fn time_left_is_found_in_every_spelling_of_pairs() {
        for pairs in [
            "Limit:100,Remain:0,TimeLeft:1500,TimeUnit:60",
            "TimeLeft: 1500",
            "limit=100; timeleft=1500",
            r#"{"Limit":"100","TimeLeft":"1500"}"#,
            "Remain:0,,TimeLeft:1500",
        ] {
            assert_eq!(wish("x-ratelimit-user-api", pairs), Some(1500), "{pairs}");
            assert_eq!(wish("x-ratelimit-user", pairs), Some(1500), "{pairs}");
        }
    }

    #[test]
    fn what_is_stated_outright_wins_and_the_longer_time_left() {
        let both = [("x-ratelimit-user-api", "TimeLeft:10"), ("x-ratelimit-user", "TimeLeft:30")];
        assert_eq!(hints(&both).retry_after, Some(Duration::from_millis(30)));
        let all = [both[0], both[1], ("x-acs-retry-after", "20")];
        assert_eq!(hints(&all).retry_after, Some(Duration::from_millis(20)));
        let unreadable = [both[0], ("x-acs-retry-after", "soon")];
        assert_eq!(hints(&unreadable).retry_after, Some(Duration::from_millis(10)));
    }

    #[test]
    fn hostile_wishes_are_no_wishes_or_bounded() {
        for text in ["", "-1", "+1", "1e9", "NaN", "0x10", "１０", "1 000", "."] {
            assert_eq!(wish("x-acs-retry-after", text), None, "{text}");
        }
        let longest = Some(LONGEST_WISH.as_millis());
        assert_eq!(wish("x-acs-retry-after", &"9".repeat(5000)), longest);
        assert_eq!(wish("x-ratelimit-user", "TimeLeft:18446744073709551615.9"), longest);
    }

    #[test]
    fn the_service_s_date_is_read_to_the_second() {
        let date = |text: &str| hints(&[("date", text)]).date;
        let expected = UNIX_EPOCH + Duration::from_secs(1_795_518_647);
        assert_eq!(date("Tue, 24 Nov 2026 11:10:47 GMT"), Some(expected));
        for text in ["", "now", "Tue, 24 Nov 2026", "2026-11-24T11:10:47Z", "Thu, 01 Jan 1960 00:00:00 GMT"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic_or_wish_for_ever(bytes in proptest::collection::vec(32_u8..127, 0..80)) {
            let text = String::from_utf8(bytes).unwrap();
            for name in ["x-acs-retry-after", "x-ratelimit-user-api", "x-ratelimit-user", "date"] {
                let Hints { retry_after, .. } = hints(&[(name, &text)]);
                prop_assert!(retry_after.is_none_or(|wish| wish <= LONGEST_WISH));
            }
        }

        #[test]
        fn every_date_that_http_can_write_is_read_back(seconds in 0_u64..253_402_300_799) {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            prop_assert_eq!(hints(&[("date", &httpdate::fmt_http_date(time))]).date, Some(time));
        }
    }
}
