//! The time of a call centre, which a test may step.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::engine::millis;
use super::state::Millis;

/// The time of a call centre.
#[derive(Clone, Copy, Debug)]
pub(super) enum WorldClock {
    /// Stands still until it is stepped.
    Stepped(Millis),
    /// Runs with the machine's clock, so many milliseconds ahead.
    Running(Millis),
}

/// The last millisecond of the year 9999, at which clocks stop, so that times a while later can still be counted.
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

/// A time in milliseconds since 1970; an earlier one is 1970.
pub(super) fn since_1970(time: SystemTime) -> Millis {
    millis(time.duration_since(UNIX_EPOCH).unwrap_or_default())
}

/// A time of a call centre as the standard library has it.
pub(super) fn system_time(time: Millis) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(time.unsigned_abs())
}
