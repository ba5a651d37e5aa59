//! What happens at a desk, as its application receives it.

use std::fmt;
use std::sync::{Arc, PoisonError};

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::poller::Poller;
use super::{Desk, DeskError, NoRuntime, Status};
use crate::operation::poll_user_status::PollUserStatusError;

/// What happened at a desk.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// The agent or the agent's call is no longer what it was. The first event says what they are, and so does the first
    /// one after a failure.
    Changed(Status),
    /// A poll failed: what was told before may no longer be so. The poller goes on, less often as long as polls fail.
    Failed(Arc<DeskError<PollUserStatusError>>),
    /// This receiver was too slow, and missed so many events. The next one is the oldest that is still there.
    Missed(u64),
}

/// Receives the events of a desk.
pub struct Events {
    /// The status from before the receiver began to listen.
    first: Option<Status>,
    receiver: Receiver<Event>,
    /// Ends with the last receiver.
    _poller: Arc<Poller>,
}

impl Desk {
    /// Subscribes to what happens at the desk, the present status first.
    ///
    /// All receivers of a desk and its clones share one task that polls. It begins with the first receiver and ends with
    /// the last, whether the desk is still there or not. Waits, such as [`Call::wait_until`](super::Call::wait_until), poll
    /// on their own beside it.
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
    /// If there is no Tokio runtime around it.
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
    /// The next event. None if there will be no more because the runtime of the poller has ended.
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
