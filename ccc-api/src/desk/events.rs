//! The events of a desk, as an application receives them.

use std::fmt;
use std::sync::{Arc, PoisonError};

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::poller::Poller;
use super::{Desk, DeskError, NoRuntime, Status};
use crate::operation::poll_user_status::PollUserStatusError;

/// An event at a desk.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// The status of the agent or of the agent's call has changed. The first event is the present status, and so is the
    /// first one after a failure.
    Changed(Status),
    /// A poll failed, so the last status may be outdated. The poller goes on, less and less often while polls fail.
    Failed(Arc<DeskError<PollUserStatusError>>),
    /// This receiver was too slow, and missed this many events. The next event is the oldest one that is left.
    Missed(u64),
}

/// Receives the events of a desk.
pub struct Events {
    /// The status at the time of the subscription.
    first: Option<Status>,
    receiver: Receiver<Event>,
    /// Stops when the last receiver is dropped.
    _poller: Arc<Poller>,
}

impl Desk {
    /// Subscribes to the events of the desk. The first event is the present status.
    ///
    /// All receivers of a desk and its clones share one task that polls. It starts with the first receiver and ends with
    /// the last, even if the desk was dropped before. Waits, such as [`Call::wait_until`](super::Call::wait_until), poll
    /// independently of it.
    ///
    /// ```
    /// use ccc_api::desk::{Desk, Event};
    ///
    /// # async fn run(desk: Desk) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut events = desk.events()?;
    /// while let Some(event) = events.next().await {
    ///     match event {
    ///         Event::Changed(status) => println!("{:?}, call {:?}", status.state(), status.call()),
    ///         Event::Failed(error) => println!("no news: {error}"),
    ///         _ => {}
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// If it is called outside a Tokio runtime.
    pub fn events(&self) -> Result<Events, NoRuntime> {
        let mut shared = self.0.poller.lock().unwrap_or_else(PoisonError::into_inner);
        let running = shared.upgrade().filter(|poller| poller.is_running());
        let poller = match running {
            Some(poller) => poller,
            None => Poller::start(self.clone())?,
        };
        *shared = Arc::downgrade(&poller);
        let (first, receiver) = poller.subscribe();
        Ok(Events { first, receiver, _poller: poller })
    }
}

impl Events {
    /// Waits for the next event. `None` means that there are no more, because the poller's runtime has ended.
    ///
    /// Dropping the future loses no event.
    pub async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.take() {
            return Some(Event::Changed(first));
        }
        match self.receiver.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(missed)) => Some(Event::Missed(missed)),
            Err(RecvError::Closed) => None,
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("waiting", &self.receiver.len()).finish_non_exhaustive()
    }
}
