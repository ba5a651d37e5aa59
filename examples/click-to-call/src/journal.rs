//! What the backend knows of the calls that it was asked for.
//!
//! It is in memory, to keep the example short. Keep yours in the database of the CRM: a backend that starts again must know
//! which keys it has seen, and which calls may be ringing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use crate::failure::Failure;
use crate::number::is_same;

/// What a browser asks for.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Order {
    pub(crate) agent: String,
    pub(crate) number: String,
}

/// A call that was asked for.
pub(crate) struct Call {
    pub(crate) id: u64,
    pub(crate) order: Order,
    pub(crate) asked: SystemTime,
    progress: watch::Sender<Progress>,
    /// When a look first found nothing of it.
    unseen: Mutex<Option<Instant>>,
}

/// How far a call is.
#[derive(Clone)]
pub(crate) enum Progress {
    /// The call centre has not answered yet.
    Placing,
    /// It was placed. The call centre knows the rest, by the id of the job.
    Placed { job: String },
    /// It may have been placed, and the phone may be ringing.
    InDoubt(Failure),
    /// It was not placed.
    NotPlaced(Failure),
}

impl Call {
    pub(crate) fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// What became of it; [`Progress::Placing`] if that takes too long.
    pub(crate) async fn outcome_within(&self, patience: Duration) -> Progress {
        timeout(patience, self.outcome()).await.ok();
        self.progress()
    }

    /// Waits until it is no longer being placed.
    pub(crate) async fn outcome(&self) {
        let mut changes = self.progress.subscribe();
        changes.wait_for(|progress| !matches!(progress, Progress::Placing)).await.ok();
    }

    /// Writes down what became of it. That it was placed is final, whatever others who looked too early say.
    pub(crate) fn becomes(&self, outcome: Progress) {
        self.progress.send_if_modified(|progress| {
            let open = !matches!(progress, Progress::Placed { .. });
            if open {
                *progress = outcome;
            }
            open
        });
    }

    /// Whether it is unknown if it was placed.
    pub(crate) fn is_open(&self) -> bool {
        matches!(*self.progress.borrow(), Progress::Placing | Progress::InDoubt(_))
    }

    /// Takes in that a look found nothing, and tells how long ago the first such look was.
    pub(crate) fn unseen_for(&self) -> Duration {
        let mut unseen = self.unseen.lock().unwrap_or_else(PoisonError::into_inner);
        let since = *unseen;
        *unseen = since.or_else(|| Some(Instant::now()));
        since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// Takes in that a look found what may be this call: looks that found nothing before count no longer.
    pub(crate) fn may_have_been_seen(&self) {
        *self.unseen.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// What an order leads to.
pub(crate) enum Begun {
    /// A call that is to be placed.
    New(Arc<Call>),
    /// The call that the same order led to before.
    Again(Arc<Call>),
    /// Nothing yet: the phone may be ringing already, for this call.
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
    /// Begins a call, unless its key was seen before or the number may be ringing. A call that was not placed gives its
    /// key back: nothing rang, so the same order may try again.
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

    /// Whether a job is known to be that of a call.
    pub(crate) fn knows(&self, job: &str) -> bool {
        let is_this = |call: &Arc<Call>| matches!(&*call.progress.borrow(), Progress::Placed { job: its } if its == job);
        self.lock().calls.values().any(is_this)
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
