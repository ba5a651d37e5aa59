//! The response of an operation, and everything that came with it.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::HeaderMap;

use crate::text::skew::ClockSkew;
use crate::wire::decode::{Decoded, Note, UnknownField};
use crate::wire::record::{Attempts, FailedAttempt};

/// A successful response. Dereferences to the operation's response.
///
/// To own a part of it, move it out of the whole, or replace it by its default:
///
/// ```
/// use acs_runtime::Response;
/// # #[derive(Default)]
/// # struct StopInstanceResponse { instances: Vec<String> }
///
/// fn whole(response: Response<StopInstanceResponse>) -> Vec<String> {
///     response.into_inner().instances
/// }
///
/// fn part(mut response: Response<StopInstanceResponse>) -> (Vec<String>, Option<String>) {
///     let instances = std::mem::take(&mut response.instances);
///     (instances, response.request_id().map(str::to_owned))
/// }
/// ```
///
/// Debug shows neither the headers, nor the raw body, nor unknown fields, which may hold phone numbers.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    request_id: Option<String>,
    notes: Vec<Note>,
    unknown: Vec<UnknownField>,
    attempts: Attempts,
}

impl<T> Response<T> {
    /// Creates a response from a decoded body.
    #[must_use]
    pub(crate) fn new(decoded: Decoded<T>, status: u16, body: Bytes) -> Self {
        let Decoded { value, envelope, notes, unknown } = decoded;
        Self {
            value,
            status,
            headers: HeaderMap::new(),
            body,
            request_id: envelope.request_id,
            notes,
            unknown,
            attempts: Attempts::default(),
        }
    }

    /// Returns the operation's response, whose fields can be moved out.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns the record of its attempts, for an error that follows from it.
    pub(crate) fn record(&self) -> Attempts {
        self.attempts.clone().with_headers(Some(self.headers.clone()))
    }

    /// Replaces the value by one that was read separately.
    pub(crate) fn with_value<U>(self, value: U) -> Response<U> {
        let Self { value: _, status, headers, body, request_id, notes, unknown, attempts } = self;
        Response { value, status, headers, body, request_id, notes, unknown, attempts }
    }

    /// Returns the service's id of this request; the support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the headers. They may repeat what was sent: keep them out of logs.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Adds the headers that it came with.
    #[must_use]
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// Returns how many attempts the call took, including the one that succeeded.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts.count()
    }

    /// Returns the failures of the earlier attempts.
    #[must_use]
    pub fn earlier_attempts(&self) -> &[FailedAttempt] {
        self.attempts.earlier()
    }

    /// Returns the difference between this machine's clock and the service's, if a request was refused for it. Since
    /// then, requests are signed with the service's time.
    #[must_use]
    pub fn clock_skew(&self) -> Option<ClockSkew> {
        self.attempts.clock_skew()
    }

    pub(crate) fn with_attempts(mut self, attempts: Attempts) -> Self {
        self.attempts = attempts;
        self
    }

    /// Returns the body as it came. It may hold phone numbers.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// Returns notes on values that did not fit and are therefore absent.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Returns fields that were not documented when this client was generated.
    #[must_use]
    pub fn unknown_fields(&self) -> &[UnknownField] {
        &self.unknown
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Allows taking a part out: `std::mem::take(&mut response.data)`.
impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("notes", &self.notes)
            .field("unknown_fields", &self.unknown)
            .field("attempts", &self.attempts())
            .finish_non_exhaustive()
    }
}
