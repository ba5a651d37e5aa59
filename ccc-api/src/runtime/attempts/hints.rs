//! What the headers of a failed answer say about the next attempt: how long to wait, and what time it is.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::DATE;

/// Read from headers that may be anyone's: what cannot be read is not there, what is read is bounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// How long the service asks to wait.
    pub(super) retry_after: Option<Duration>,
    /// What time the service says it is.
    pub(super) date: Option<SystemTime>,
}

/// Longer wishes are cut to this one: longer than any call has time for.
const LONGEST_WISH: Duration = Duration::from_secs(24 * 60 * 60);

impl Hints {
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let time_left = ["x-ratelimit-user-api", "x-ratelimit-user"].map(|name| time_left(text(name)?));
        let retry_after = match text("x-acs-retry-after").and_then(milliseconds) {
            None => time_left.into_iter().flatten().max(),
            stated => stated,
        };
        Self { retry_after, date: text(DATE.as_str()).and_then(http_date) }
    }
}

/// The `TimeLeft`, in milliseconds, among pairs such as `Limit:100,Remain:0,TimeLeft:1500`, whichever of the usual signs
/// stand between and around them.
fn time_left(pairs: &str) -> Option<Duration> {
    pairs.split([',', ';', '&', '{', '}']).find_map(|pair| {
        let (name, value) = pair.split_once([':', '='])?;
        let [name, value] = [name, value].map(|text| text.trim_matches([' ', '\t', '"', '\'']));
        name.eq_ignore_ascii_case("TimeLeft").then(|| milliseconds(value))?
    })
}

/// Whole milliseconds; a fraction is rounded up.
fn milliseconds(text: &str) -> Option<Duration> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let more = u64::from(fraction.bytes().any(|byte| byte != b'0'));
    // Digits alone fail to be a number only by being too many.
    let millis = whole.parse::<u64>().unwrap_or(u64::MAX).saturating_add(more);
    Some(Duration::from_millis(millis).min(LONGEST_WISH))
}

/// A date as HTTP writes it: `Tue, 24 Nov 2026 11:10:47 GMT`.
fn http_date(text: &str) -> Option<SystemTime> {
    // The longest spelling is 29 characters; comments, which mail allows here, have no place.
    if text.len() > 40 || text.contains('(') {
        return None;
    }
    let time = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    let seconds = u64::try_from(time.as_second()).ok()?;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}
