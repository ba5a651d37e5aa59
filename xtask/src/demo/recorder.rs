//! A transport that records the latest request.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use ccc_api::custom::BoxFuture;
use ccc_api::transport::{Bytes, Transport, TransportError, http};

/// Sends through another transport and records the latest request.
#[derive(Clone)]
pub(super) struct Recorder {
    inner: Arc<dyn Transport>,
    latest: Arc<Mutex<Option<http::Request<Bytes>>>>,
}

impl Recorder {
    /// Records in front of `inner`.
    pub(super) fn new(inner: Arc<dyn Transport>) -> Self {
        Self { inner, latest: Arc::default() }
    }

    /// Returns the latest request, signature included.
    pub(super) fn latest(&self) -> Option<http::Request<Bytes>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(request.clone());
        self.inner.send(request, deadline)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A request holds phone numbers.
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}
