//! The task that polls for all receivers of a desk's events.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::broadcast::{Receiver, Sender};
use tokio::task::AbortHandle;

use super::pace::Seen;
use super::{Desk, Event, NoRuntime, Status};

/// How many events a receiver may lag behind.
const CAPACITY: usize = 64;

/// A handle of the running task, which ends when the handle is dropped. Receivers hold it; the task does not.
pub(super) struct Poller {
    task: AbortHandle,
    latest: Arc<Latest>,
    /// Only the task has the sender. When the task is gone, receivers know that no more events come.
    receiver: Mutex<Receiver<Event>>,
}

/// The status that the last poll returned; `None` if it failed.
#[derive(Default)]
struct Latest(Mutex<Option<Status>>);

impl Poller {
    /// Starts polling in the current Tokio runtime.
    pub(super) fn start(desk: Desk) -> Result<Arc<Self>, NoRuntime> {
        let runtime = Handle::try_current().map_err(|_| NoRuntime)?;
        let sender = Sender::new(CAPACITY);
        let receiver = Mutex::new(sender.subscribe());
        let latest = Arc::new(Latest::default());
        let task = runtime.spawn(poll(desk, sender, Arc::clone(&latest))).abort_handle();
        Ok(Arc::new(Self { task, latest, receiver }))
    }

    pub(super) fn is_running(&self) -> bool {
        !self.task.is_finished()
    }

    /// Returns the latest status, and a receiver of every event after it.
    pub(super) fn subscribe(&self) -> (Option<Status>, Receiver<Event>) {
        let latest = self.latest.0.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = self.receiver.lock().unwrap_or_else(PoisonError::into_inner);
        (latest.clone(), receiver.resubscribe())
    }
}

impl Drop for Poller {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn poll(desk: Desk, events: Sender<Event>, latest: Arc<Latest>) {
    let mut pace = desk.0.pace;
    loop {
        let seen = match desk.status().await {
            Ok(status) => {
                let in_call = status.is_in_call();
                let changed = publish(&events, &latest, status);
                if changed || in_call { Seen::Lively } else { Seen::Quiet }
            }
            Err(error) => {
                let retry_after = error.retry_after();
                let mut latest = latest.0.lock().unwrap_or_else(PoisonError::into_inner);
                *latest = None;
                // Sending fails only if nobody listens any more, and then the task is about to end.
                events.send(Event::Failed(Arc::new(error))).ok();
                Seen::Failure { retry_after }
            }
        };
        tokio::time::sleep(pace.after(seen)).await;
    }
}

/// Sends an event if the status is new. Returns whether it is. A receiver that subscribes meanwhile gets the status once.
fn publish(events: &Sender<Event>, latest: &Latest, status: Status) -> bool {
    let mut latest = latest.0.lock().unwrap_or_else(PoisonError::into_inner);
    let changed = latest.as_ref().is_none_or(|latest| latest.differs_from(&status));
    *latest = Some(status.clone());
    if changed {
        events.send(Event::Changed(status)).ok();
    }
    changed
}
