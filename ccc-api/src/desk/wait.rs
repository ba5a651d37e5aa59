//! Waits with a time limit.

use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use super::pace::Seen;
use super::{Desk, DeskError, Status};
use crate::operation::poll_user_status::PollUserStatusError;

/// The longest time limit. It keeps arithmetic on points in time from overflowing.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The outcome of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a wait may end before the call is as expected"]
pub enum Waited {
    /// The call is as expected.
    Reached,
    /// The call is over for the agent, and was not as expected before.
    Released,
    /// Time is up. By the last poll that had a response, the call was not as expected.
    TimedOut,
}

/// Polls until `suits` accepts a status or time is up. The last poll is at most an
/// [`interval`](super::DeskBuilder::interval) before the end, unless the service asked to wait.
///
/// It polls on after temporary failures. If the last poll before the end failed, it returns that error.
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
