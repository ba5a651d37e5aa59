//! Cached credentials, and whether they need to be renewed.

use std::time::{Duration, SystemTime};

use crate::identity::credentials::Credentials;

/// The time before their expiration at which new credentials are fetched; at most a third of their lifetime.
const AHEAD: Duration = Duration::from_secs(300);
/// How long credentials without an expiration are kept.
const KEPT: Duration = Duration::from_secs(300);
/// The part of [`AHEAD`] in which callers wait for the new ones: the last 30 s of five minutes.
const LAST: u32 = 10;

pub(super) struct Held {
    pub(super) credentials: Credentials,
    /// When they were fetched.
    pub(super) since: SystemTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Nothing,
    /// They are valid, and new ones should be fetched.
    Renewal,
    /// They expire soon: callers wait for the new ones.
    RenewalNow,
    /// They have expired.
    Replacement,
}

impl Held {
    pub(super) fn need(&self, now: SystemTime) -> Need {
        let Some(expiration) = self.credentials.expiration() else {
            // If the clock was set back, their age is unknown.
            let fresh = now.duration_since(self.since).is_ok_and(|age| age < KEPT);
            return if fresh { Need::Nothing } else { Need::Renewal };
        };
        let left = expiration.duration_since(now).unwrap_or_default();
        let lifetime = expiration.duration_since(self.since).unwrap_or_default();
        let ahead = AHEAD.min(lifetime / 3);
        if left.is_zero() {
            Need::Replacement
        } else if left <= ahead / LAST {
            Need::RenewalNow
        } else if left <= ahead {
            Need::Renewal
        } else {
            Need::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::{Credentials, Held, Need};

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)
    }

    fn held_for(lifetime: u64) -> Held {
        let credentials = Credentials::new("id", "secret").with_expiration(at(lifetime));
        Held { credentials, since: at(0) }
    }

    #[test]
    fn an_hour_is_renewed_five_minutes_before_its_end() {
        let held = held_for(3600);
        assert_eq!(held.need(at(3299)), Need::Nothing);
        assert_eq!(held.need(at(3300)), Need::Renewal);
        assert_eq!(held.need(at(3569)), Need::Renewal);
        assert_eq!(held.need(at(3570)), Need::RenewalNow);
        assert_eq!(held.need(at(3599)), Need::RenewalNow);
        assert_eq!(held.need(at(3600)), Need::Replacement);
    }

    #[test]
    fn a_minute_is_renewed_after_two_thirds() {
        let held = held_for(60);
        assert_eq!(held.need(at(39)), Need::Nothing);
        assert_eq!(held.need(at(40)), Need::Renewal);
        assert_eq!(held.need(at(58)), Need::RenewalNow);
    }

    #[test]
    fn what_never_expires_is_looked_after_every_five_minutes_and_never_replaced() {
        let held = Held { credentials: Credentials::new("id", "secret"), since: at(0) };
        assert_eq!(held.need(at(299)), Need::Nothing);
        assert_eq!(held.need(at(300)), Need::Renewal);
        assert_eq!(held.need(at(1_000_000)), Need::Renewal);
    }

    #[test]
    fn a_clock_set_back_renews_what_never_expires() {
        let held = Held { credentials: Credentials::new("id", "secret"), since: at(0) };
        assert_eq!(held.need(at(0) - Duration::from_secs(1)), Need::Renewal);
    }
}
