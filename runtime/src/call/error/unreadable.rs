//! The error of a response that cannot be read.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

use super::outlook::open_outcome;
use crate::text::cause::Cause;
use crate::wire::excerpt::start_of;
use crate::wire::record::Attempts;

/// A response that cannot be read: it is empty, cut short, not JSON, or the page of a gateway. Also a page of a list
/// that equals the one before.
pub struct Unreadable {
    operation: Cow<'static, str>,
    flaw: Flaw,
    status: u16,
    request_id: Option<String>,
    /// Whether something on the way says that it stopped the request.
    stopped: bool,
    body_start: String,
    body: Bytes,
    source: Option<Box<dyn StdError + Send + Sync>>,
    pub(super) attempts: Attempts,
}

/// The flaw in a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    Empty,
    Html,
    Malformed,
    /// It is compressed, although the request forbids it.
    Encoded,
    /// The connection ended before the body.
    Truncated,
    TooLarge,
    /// It reports a failure by its HTTP status or its `Success`, but has no `Code`.
    NoCode,
    /// It reports a success by its HTTP status, but has no code, request id or data.
    NoAnswer,
    /// The same page as the one before, although another was requested.
    SamePage,
    /// A page whose token leads to the same page again.
    SameToken,
}

impl Flaw {
    /// Tells whether the response may have been damaged on its way, so that the next one may be whole.
    pub(crate) const fn may_pass(self) -> bool {
        matches!(self, Self::Empty | Self::Malformed | Self::Truncated)
    }

    /// Tells whether the flaw is a repeated page, which is readable in itself.
    const fn is_of_pages(self) -> bool {
        matches!(self, Self::SamePage | Self::SameToken)
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "no body",
            Self::Html => "a page of HTML, as gateways and portals send",
            Self::Malformed => "a body that cannot be read",
            Self::Encoded => "a body in a content encoding that was not requested",
            Self::Truncated => "a body that breaks off",
            Self::TooLarge => "a body of more than 16 MiB",
            Self::NoCode => "no error code",
            Self::NoAnswer => "neither a code, nor a request id, nor any data",
            Self::SamePage => "the same page as the one before",
            Self::SameToken => "a page whose token leads to the same page again",
        }
    }
}

impl Unreadable {
    pub(crate) fn new(
        operation: impl Into<Cow<'static, str>>,
        flaw: Flaw,
        status: u16,
        request_id: Option<String>,
    ) -> Self {
        Self {
            operation: operation.into(),
            flaw,
            status,
            request_id,
            stopped: false,
            body_start: String::new(),
            body: Bytes::new(),
            source: None,
            attempts: Attempts::default(),
        }
    }

    /// Adds the body. `body_start` is redacted already, `body` is not.
    pub(crate) fn with_body(mut self, body_start: String, body: Bytes) -> Self {
        self.body_start = body_start;
        self.body = start_of(body);
        self
    }

    pub(crate) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.request_id = request_id;
        self
    }

    pub(crate) fn with_source(mut self, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = source;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: Attempts) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets whether something on the way says that it stopped the request.
    pub(crate) fn stopped(mut self, stopped: bool) -> Self {
        self.stopped = stopped;
        self
    }

    pub(crate) fn outcome_is_unknown(&self) -> bool {
        !self.stopped
    }

    /// Tells whether the same request may get another response.
    fn may_pass(&self) -> bool {
        matches!(self.status, 408 | 429 | 500..=599) || self.flaw.may_pass()
    }

    pub(crate) fn flaw(&self) -> Flaw {
        self.flaw
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the request id, from the header if the body has none.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the start of the body, at most 512 bytes, with secrets and phone numbers replaced.
    #[must_use]
    pub fn body_start(&self) -> &str {
        &self.body_start
    }

    /// Returns the body as far as it came, at most 64 KiB. It may hold phone numbers.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the cause; its own causes follow by `source`. The text of this error includes it.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was answered with HTTP {}", self.operation, self.status)?;
        if let Some(request_id) = &self.request_id {
            write!(f, " (request id {request_id})")?;
        }
        write!(f, " and {}", self.flaw.as_str())?;
        write!(f, "{}", Cause(self.caused_by()))?;
        if !self.body_start.is_empty() {
            write!(f, ", which begins {:?}", self.body_start)?;
        }
        f.write_str(match self.status {
            407 => "; a proxy on the way requires a user name and a password; put them into its URL",
            414 => "; something on the way refuses a request line of this length: sign by ACS3 and send by POST, which moves \
                    long parameters to the body, or shorten them",
            431 => "; something on the way refuses headers of this length: check those that interceptors add",
            429 => "; requests come too fast for something on the way",
            _ => "",
        })?;
        f.write_str(if self.stopped {
            "; it did not reach the service"
        } else if self.flaw.is_of_pages() {
            "; the pages after it are unknown"
        } else {
            open_outcome(&self.attempts, self.may_pass())
        })
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("operation", &self.operation)
            .field("flaw", &self.flaw)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("body_start", &self.body_start)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// The text names the cause, so `source` is empty: see [`caused_by`](Self::caused_by).
impl StdError for Unreadable {}
