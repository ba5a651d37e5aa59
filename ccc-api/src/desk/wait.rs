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
    /// Without it, as far as the last poll told: time is up.
    TimedOut,
}

/// Polls until a status suits or time is up.
///
/// Failures that may pass are outlasted; where the last poll before the end failed, the error is its own.
pub(super) async fn watch<T>(
    desk: &Desk,
    limit: Duration,
    mut suits: impl FnMut(&Status) -> Option<T>,
) -> Result<Option<T>, DeskError<PollUserStatusError>> {
    let end = Instant::now() + limit.min(LONGEST);
    let mut pace = desk.0.pace;
    let mut last = None::<Result<Status, DeskError<PollUserStatusError>>>;
    while let Ok(polled) = timeout_at(end, desk.status()).await {
        let seen = match &polled {
            Ok(status) => {
                if let Some(found) = suits(status) {
                    return Ok(Some(found));
                }
                let same = matches!(&last, Some(Ok(last)) if !last.differs_from(status));
                if same && !status.is_in_call() { Seen::Quiet } else { Seen::Lively }
            }
            Err(error) if error.may_pass() => Seen::Failure { retry_after: error.retry_after() },
            Err(_) => return polled.map(|_| None),
        };
        last = Some(polled);
        let next = Instant::now() + pace.after(seen);
        sleep_until(next.min(end)).await;
        if next >= end {
            break;
        }
    }
    last.transpose().map(|_| None)
}
