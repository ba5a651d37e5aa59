//! The error of a request that may have reached the service before time ran out.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::outlook::open_outcome;
use crate::wire::excerpt::start_of;
use crate::wire::record::Attempts;

/// No whole response came in time, although the request may have reached the service.
pub struct TimedOut {
    operation: Cow<'static, str>,
    limit: Duration,
    status: Option<u16>,
    request_id: Option<String>,
    body: Bytes,
    source: Option<Box<dyn StdError + Send + Sync>>,
    pub(super) attempts: Attempts,
}

impl TimedOut {
    pub(crate) fn new(operation: impl Into<Cow<'static, str>>, limit: Duration) -> Self {
        Self {
            operation: operation.into(),
            limit,
            status: None,
            request_id: None,
            body: Bytes::new(),
            source: None,
            attempts: Attempts::default(),
        }
    }

    pub(crate) fn with_start_of_answer(
        mut self,
        status: u16,
        request_id: Option<String>,
        body: Bytes,
    ) -> Self {
        self.status = Some(status);
        self.request_id = request_id;
        self.body = start_of(body);
        self
    }

    pub(crate) fn with_source(mut self, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = source;
        self
    }

    /// Returns the time limit that was reached: that of an attempt, or that of the call as a whole.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// Returns the HTTP status, if the response had begun to arrive.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the body as far as it came, at most 64 KiB. It may hold phone numbers.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the request id, if the response had begun to arrive.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the cause; its own causes follow by `source`. The text of this error includes it.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} got no response within {:?}", self.operation, self.limit)?;
        if let Some(status) = self.status {
            write!(f, " but its beginning (HTTP {status}")?;
            if let Some(request_id) = &self.request_id {
                write!(f, ", request id {request_id}")?;
            }
            f.write_str(")")?;
        }
        f.write_str(open_outcome(&self.attempts, true))
    }
}

impl fmt::Debug for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimedOut")
            .field("operation", &self.operation)
            .field("limit", &self.limit)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// The text names the cause, so `source` is empty: see [`caused_by`](Self::caused_by).
impl StdError for TimedOut {}
