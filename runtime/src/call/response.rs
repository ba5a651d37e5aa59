//! A response: what an operation gave, and all that came with it.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::HeaderMap;

use crate::text::skew::ClockSkew;
use crate::wire::decode::{Decoded, Note, UnknownField};
use crate::wire::record::{Attempts, FailedAttempt};

/// A successful response. Dereferences to the operation's response.
///
/// To own a part of it, take it out of the whole, or take it and leave nothing in its place:
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
/// Its Debug shows neither the headers, nor the raw body, nor unknown fields, which may hold phone numbers.
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
    /// Of a decoded body, for transports and clients.
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

    /// The operation's response alone: its fields can be moved out.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// What is known of its attempts, for the error that follows from it.
    pub(crate) fn record(&self) -> Attempts {
        self.attempts.clone().with_headers(Some(self.headers.clone()))
    }

    /// The same with a response that was read beside it.
    pub(crate) fn with_value<U>(self, value: U) -> Response<U> {
        let Self { value: _, status, headers, body, request_id, notes, unknown, attempts } = self;
        Response { value, status, headers, body, request_id, notes, unknown, attempts }
    }

    /// The service's name for this exchange; its support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers. They may repeat what was sent: not for logs.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The same with the headers that it came with.
    #[must_use]
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// How many attempts the call took, the one that succeeded included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts.count()
    }

    /// What the attempts before met.
    #[must_use]
    pub fn earlier_attempts(&self) -> &[FailedAttempt] {
        self.attempts.earlier()
    }

    /// How far this machine's clock is from the service's, where a request was refused for it: requests are signed with
    /// the service's time since.
    #[must_use]
    pub fn clock_skew(&self) -> Option<ClockSkew> {
        self.attempts.clock_skew()
    }

    pub(crate) fn with_attempts(mut self, attempts: Attempts) -> Self {
        self.attempts = attempts;
        self
    }

    /// The body as it came. It may hold phone numbers.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// Fields whose values fitted nothing and are therefore absent.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Fields that the documents did not know when this client was generated.
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

/// So that a part can be taken out: `std::mem::take(&mut response.data)`.
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
