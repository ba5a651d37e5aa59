//! The task that polls for all receivers of a desk's events.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::broadcast::{Receiver, Sender};
use tokio::task::AbortHandle;

use super::pace::Seen;
use super::{Desk, Event, NoRuntime, Status};

/// How many events a receiver may be behind.
const CAPACITY: usize = 64;

/// A running task, which ends when this is dropped. Receivers hold it, the task does not.
pub(super) struct Poller {
    task: AbortHandle,
    news: Arc<News>,
    /// Only the task sends: once it is gone, receivers know that nothing more comes.
    receiver: Mutex<Receiver<Event>>,
}

/// What the last poll has shown; nothing if it failed.
#[derive(Default)]
struct News(Mutex<Option<Status>>);

impl Poller {
    /// Starts polling within the runtime around it.
    pub(super) fn start(desk: Desk) -> Result<Arc<Self>, NoRuntime> {
        let runtime = Handle::try_current().map_err(|_| NoRuntime)?;
        let sender = Sender::new(CAPACITY);
        let receiver = Mutex::new(sender.subscribe());
        let news = Arc::new(News::default());
        let task = runtime.spawn(poll(desk, sender, Arc::clone(&news))).abort_handle();
        Ok(Arc::new(Self { task, news, receiver }))
    }

    pub(super) fn is_running(&self) -> bool {
        !self.task.is_finished()
    }

    /// Gives the latest status, and a receiver of every event after it.
    pub(super) fn subscribe(&self) -> (Option<Status>, Receiver<Event>) {
        let latest = self.news.0.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = self.receiver.lock().unwrap_or_else(PoisonError::into_inner);
        (latest.clone(), receiver.resubscribe())
    }
}

impl Drop for Poller {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn poll(desk: Desk, events: Sender<Event>, news: Arc<News>) {
    let mut pace = desk.0.pace;
    loop {
        let seen = match desk.status().await {
            Ok(status) => {
                let in_call = status.is_in_call();
                let changed = tell(&events, &news, status);
                if changed || in_call { Seen::Lively } else { Seen::Quiet }
            }
            Err(error) => {
                let retry_after = error.retry_after();
                let mut latest = news.0.lock().unwrap_or_else(PoisonError::into_inner);
                *latest = None;
                // Nobody listens only when the task is about to end.
                events.send(Event::Failed(Arc::new(error))).ok();
                Seen::Failure { retry_after }
            }
        };
        tokio::time::sleep(pace.after(seen)).await;
    }
}

/// Tells of a status that is new, and gives whether it is. Whoever subscribes meanwhile gets it once.
fn tell(events: &Sender<Event>, news: &News, status: Status) -> bool {
    let mut latest = news.0.lock().unwrap_or_else(PoisonError::into_inner);
    let changed = latest.as_ref().is_none_or(|latest| latest.differs_from(&status));
    *latest = Some(status.clone());
    if changed {
        events.send(Event::Changed(status)).ok();
    }
    changed
}
