//! The calls that the backend was asked to place.
//!
//! To keep the example short, they are in memory. Keep yours in the database of the CRM: after a restart, the backend
//! must know which keys it has seen and which calls may be ringing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use crate::failure::Failure;
use crate::number::is_same;

/// An order for a call.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Order {
    pub(crate) agent: String,
    pub(crate) number: String,
}

/// A call that was ordered.
pub(crate) struct Call {
    pub(crate) id: u64,
    pub(crate) order: Order,
    pub(crate) asked: SystemTime,
    progress: watch::Sender<Progress>,
    /// When a look first found no sign of it.
    unseen: Mutex<Option<Instant>>,
}

/// Whether a call was placed.
#[derive(Clone)]
pub(crate) enum Progress {
    /// The call centre has not responded yet.
    Placing,
    /// The call was placed. The call centre knows its state, by the id of the job.
    Placed { job: String },
    /// The call may have been placed, and the phone may be ringing.
    InDoubt(Failure),
    /// The call was not placed.
    NotPlaced(Failure),
}

impl Call {
    pub(crate) fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// Waits for the outcome; returns [`Progress::Placing`] if that takes too long.
    pub(crate) async fn outcome_within(&self, patience: Duration) -> Progress {
        timeout(patience, self.outcome()).await.ok();
        self.progress()
    }

    /// Waits until the call is no longer being placed.
    pub(crate) async fn outcome(&self) {
        let mut changes = self.progress.subscribe();
        changes.wait_for(|progress| !matches!(progress, Progress::Placing)).await.ok();
    }

    /// Records the outcome. `Placed` is final: a look that began before may still report something else.
    pub(crate) fn set_progress(&self, outcome: Progress) {
        self.progress.send_if_modified(|progress| {
            let open = !matches!(progress, Progress::Placed { .. });
            if open {
                *progress = outcome;
            }
            open
        });
    }

    /// Whether it is still unknown if the call was placed.
    pub(crate) fn is_open(&self) -> bool {
        matches!(*self.progress.borrow(), Progress::Placing | Progress::InDoubt(_))
    }

    /// Records that a look found no sign of the call. Returns how long ago the first such look was.
    pub(crate) fn unseen_for(&self) -> Duration {
        let mut unseen = self.unseen.lock().unwrap_or_else(PoisonError::into_inner);
        let since = *unseen;
        *unseen = since.or_else(|| Some(Instant::now()));
        since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// Records that a look found a call that may be this one. Earlier looks without a sign no longer count.
    pub(crate) fn forget_unseen(&self) {
        *self.unseen.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The result of an order.
pub(crate) enum Begun {
    /// A new call, which is to be placed.
    New(Arc<Call>),
    /// The earlier call of the same order.
    Again(Arc<Call>),
    /// No call yet, because the phone may already be ringing for this earlier one.
    After(Arc<Call>),
}

/// All calls.
#[derive(Default)]
pub(crate) struct Journal(Mutex<Entries>);

#[derive(Default)]
struct Entries {
    calls: HashMap<u64, Arc<Call>>,
    /// The latest call of each idempotency key.
    keys: HashMap<String, Arc<Call>>,
}

impl Journal {
    /// Begins a call, unless its key was seen before or the number may be ringing. If a call was not placed, its key can
    /// be used again, because nothing rang.
    pub(crate) fn begin(&self, key: Option<&str>, order: Order) -> Result<Begun, Failure> {
        let mut entries = self.lock();
        if let Some(earlier) = key.and_then(|key| entries.keys.get(key)) {
            if earlier.order != order {
                return Err(Failure::KEY_OF_ANOTHER_ORDER);
            }
            if !matches!(*earlier.progress.borrow(), Progress::NotPlaced(_)) {
                return Ok(Begun::Again(Arc::clone(earlier)));
            }
        }
        let mut calls = entries.calls.values();
        if let Some(earlier) = calls.find(|call| call.is_open() && is_same(&call.order.number, &order.number))
        {
            return Ok(Begun::After(Arc::clone(earlier)));
        }
        let id = entries.calls.len() as u64 + 1;
        let (asked, progress) = (SystemTime::now(), watch::Sender::new(Progress::Placing));
        let call = Arc::new(Call { id, order, asked, progress, unseen: Mutex::default() });
        entries.calls.insert(id, Arc::clone(&call));
        if let Some(key) = key {
            entries.keys.insert(key.to_owned(), Arc::clone(&call));
        }
        Ok(Begun::New(call))
    }

    pub(crate) fn calls(&self) -> Vec<Arc<Call>> {
        self.lock().calls.values().cloned().collect()
    }

    pub(crate) fn call(&self, id: u64) -> Option<Arc<Call>> {
        self.lock().calls.get(&id).cloned()
    }

    /// Whether a job belongs to a call that was placed here.
    pub(crate) fn knows(&self, job: &str) -> bool {
        let is_this = |call: &Arc<Call>| matches!(&*call.progress.borrow(), Progress::Placed { job: its } if its == job);
        self.lock().calls.values().any(is_this)
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
