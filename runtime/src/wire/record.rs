//! The record of a call's attempts, kept with its response or error.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;

use crate::text::skew::ClockSkew;

/// How many attempts a call took, and how the earlier ones failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attempts {
    /// Whether the operation does no harm if it is carried out twice.
    safe_to_repeat: bool,
    record: Option<Box<Record>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Record {
    earlier: Vec<FailedAttempt>,
    retry_after: Option<Duration>,
    unaffordable: Option<Unaffordable>,
    clock_skew: Option<ClockSkew>,
    /// Those of the last response.
    headers: Option<Headers>,
}

/// Headers, which may repeat what was sent. Debug shows their names only.
#[derive(Clone, PartialEq, Eq)]
struct Headers(HeaderMap);

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Why an attempt that is allowed was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unaffordable {
    /// The wait before it exceeds the time limit of the call.
    Time(Duration),
    /// The client has used up its retry budget.
    Budget,
}

/// An attempt that failed and was followed by another.
///
/// It shows no secret and no phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedAttempt {
    pub(crate) summary: String,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) reached: bool,
    pub(crate) carried_out: bool,
}

impl FailedAttempt {
    /// Returns the HTTP status, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the error code, if the service gave one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the request id, if there was one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Tells whether this attempt may have reached the service.
    #[must_use]
    pub fn may_have_reached_the_service(&self) -> bool {
        self.reached
    }

    /// Tells whether the service may have done what this attempt asked.
    #[must_use]
    pub fn may_have_been_placed(&self) -> bool {
        self.carried_out
    }
}

/// Describes the failure in a few words: `no connection (Connection refused)`,
/// `Throttling.User (HTTP 503, request id …)`.
impl fmt::Display for FailedAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.summary)
    }
}

impl Attempts {
    /// Creates the record of a call that has just begun.
    pub(crate) fn begin(safe_to_repeat: bool) -> Self {
        Self { safe_to_repeat, record: None }
    }

    pub(crate) fn is_safe_to_repeat(&self) -> bool {
        self.safe_to_repeat
    }

    /// Returns how many were made, including the last one.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.earlier().len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    pub(crate) fn earlier(&self) -> &[FailedAttempt] {
        self.record.as_ref().map_or(&[], |record| &record.earlier)
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.record.as_ref()?.retry_after
    }

    pub(crate) fn clock_skew(&self) -> Option<ClockSkew> {
        self.record.as_ref()?.clock_skew
    }

    pub(crate) fn headers(&self) -> Option<&HeaderMap> {
        self.record.as_ref()?.headers.as_ref().map(|headers| &headers.0)
    }

    pub(crate) fn with_headers(mut self, headers: Option<HeaderMap>) -> Self {
        if let Some(headers) = headers.filter(|headers| !headers.is_empty()) {
            self.record().headers = Some(Headers(headers));
        }
        self
    }

    pub(crate) fn add(&mut self, attempt: FailedAttempt) {
        self.record().earlier.push(attempt);
    }

    pub(crate) fn set_retry_after(&mut self, wish: Option<Duration>) {
        if wish.is_some() {
            self.record().retry_after = wish;
        }
    }

    pub(crate) fn set_clock_skew(&mut self, skew: Option<ClockSkew>) {
        if skew.is_some() {
            self.record().clock_skew = skew;
        }
    }

    pub(crate) fn set_unaffordable(&mut self, why: Unaffordable) {
        self.record().unaffordable = Some(why);
    }

    fn record(&mut self) -> &mut Record {
        self.record.get_or_insert_default()
    }
}

/// Writes the text that follows the last attempt's error; nothing after a single attempt.
impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record.as_ref().and_then(|record| record.unaffordable) {
            Some(Unaffordable::Time(wait)) => {
                write!(
                    f,
                    "; it was not sent again, a wait of {wait:.0?} goes beyond the time limit of the call"
                )?;
            }
            Some(Unaffordable::Budget) => f.write_str("; it was not sent again, too many requests fail")?,
            None => {}
        }
        if let Some(skew) = self.clock_skew() {
            let then = if skew.is_followed() {
                "requests are signed with the service's time"
            } else {
                "set it right"
            };
            write!(f, "; {skew}, {then}")?;
        }
        let alike = |one: &FailedAttempt, other: &FailedAttempt| one.summary == other.summary;
        for (position, group) in self.earlier().chunk_by(alike).enumerate() {
            f.write_str(if position == 0 { "; earlier attempts: " } else { ", then " })?;
            match group {
                [attempt] => write!(f, "{attempt}")?,
                [attempt, ..] => write!(f, "{attempt} {} times", group.len())?,
                [] => {}
            }
        }
        let (reached, done) = self.earlier().iter().fold((false, false), |(reached, done), attempt| {
            (reached || attempt.reached, done || attempt.carried_out)
        });
        // It does not matter for operations that are safe to repeat.
        if reached && done && !self.safe_to_repeat {
            f.write_str("; one of them may have been carried out")?;
        }
        Ok(())
    }
}
