//! Waits, each of which ends.

use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use super::pace::Seen;
use super::{Desk, DeskError, Status};
use crate::operation::poll_user_status::PollUserStatusError;

/// Longer time limits are cut to this one, so that no arithmetic on points in time overflows.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a wait may end without what was waited for"]
pub enum Waited {
    /// With what was waited for.
    Reached,
    /// Without it: the call is over for the agent.
    Released,
    /// Without it, as far as the last poll that came back told: time is up.
    TimedOut,
}

/// Polls until a status suits or time is up. The last poll is no longer than an [`interval`](super::DeskBuilder::interval)
/// before that, unless the service asked to wait.
///
/// Failures that may pass are outlasted; where the last poll before the end failed, the error is its own.
pub(super) async fn watch<T>(
    desk: &Desk,
    limit: Duration,
    mut suits: impl FnMut(&Status) -> Option<T>,
) -> Result<Option<T>, DeskError<PollUserStatusError>> {
    let end = Instant::now() + limit.min(LONGEST);
    let mut pace = desk.0.pace;
    let mut last = Err(DeskError::NoResponse);
    while let Ok(polled) = timeout_at(end, desk.status()).await {
        let seen = match &polled {
            Ok(status) => {
                if let Some(found) = suits(status) {
                    return Ok(Some(found));
                }
                let same = matches!(&last, Ok(last) if !status.differs_from(last));
                if same && !status.is_in_call() { Seen::Quiet } else { Seen::Lively }
            }
            Err(error) if error.may_pass() => Seen::Failure { retry_after: error.retry_after() },
            Err(_) => return polled.map(|_| None),
        };
        last = polled;
        let now = Instant::now();
        let mut next = now + pace.after(seen);
        if next >= end {
            let asked_to_wait = matches!(seen, Seen::Failure { retry_after: Some(_) });
            let late = end.checked_sub(pace.interval()).filter(|late| *late > now && !asked_to_wait);
            let Some(late) = late else {
                sleep_until(end).await;
                break;
            };
            next = late;
        }
        sleep_until(next).await;
    }
    last.map(|_| None)
}
