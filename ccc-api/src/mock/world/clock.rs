//! The clock of a call centre, which a test may step.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::engine::millis;
use super::state::Millis;

/// The clock of a call centre.
#[derive(Clone, Copy, Debug)]
pub(super) enum WorldClock {
    /// Stands at this time until it is stepped.
    Stepped(Millis),
    /// Runs with the machine's clock, ahead of it by this many milliseconds.
    Running(Millis),
}

/// The last millisecond of the year 9999. Clocks stop there, so that times shortly after it do not overflow.
pub(super) const LATEST: Millis = 253_402_300_799_999;

impl WorldClock {
    pub(super) fn now(self) -> Millis {
        let now = match self {
            Self::Stepped(now) => now,
            Self::Running(ahead) => since_1970(SystemTime::now()).saturating_add(ahead),
        };
        now.min(LATEST)
    }

    pub(super) fn step(&mut self, span: Duration) {
        match self {
            Self::Stepped(time) | Self::Running(time) => *time = time.saturating_add(millis(span)),
        }
    }
}

/// Converts a time to milliseconds since 1970; an earlier time becomes 0.
pub(super) fn since_1970(time: SystemTime) -> Millis {
    millis(time.duration_since(UNIX_EPOCH).unwrap_or_default())
}

/// Converts a time of a call centre to one of the standard library.
pub(super) fn system_time(time: Millis) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(time.unsigned_abs())
}
