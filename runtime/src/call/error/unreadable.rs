//! A response that is not one.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

use super::outlook::open_outcome;
use crate::text::cause::Cause;
use crate::wire::excerpt::start_of;
use crate::wire::record::Attempts;

/// Something answered, but not as the service does: no JSON, half of it, nothing, a page of a gateway. Or a page of a list is
/// the one before once more.
pub struct Unreadable {
    operation: Cow<'static, str>,
    flaw: Flaw,
    status: u16,
    request_id: Option<String>,
    /// Whether something on the way says that it went no further.
    stopped: bool,
    body_start: String,
    body: Bytes,
    source: Option<Box<dyn StdError + Send + Sync>>,
    pub(super) attempts: Attempts,
}

/// What is wrong with the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    Empty,
    Html,
    Malformed,
    /// Compressed, although only plain bodies are asked for.
    Encoded,
    /// The connection ended before the body did.
    Truncated,
    TooLarge,
    /// A failure by its HTTP status or its `Success` whose body has no `Code`.
    NoCode,
    /// A success by its HTTP status that bears nothing of what a response has.
    NoAnswer,
    /// The page that was asked for before, though another was asked for.
    SamePage,
    /// A page whose token leads to that page again.
    SameToken,
}

impl Flaw {
    /// Whether it is as if the response was lost on its way, so that another may be whole.
    pub(crate) const fn may_pass(self) -> bool {
        matches!(self, Self::Empty | Self::Malformed | Self::Truncated)
    }

    /// Whether each page by itself is as it should be.
    const fn is_of_pages(self) -> bool {
        matches!(self, Self::SamePage | Self::SameToken)
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "no body",
            Self::Html => "a page of HTML, as gateways and portals send",
            Self::Malformed => "a body that cannot be read",
            Self::Encoded => "a body in a content encoding that was not asked for",
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

    /// `body_start` is fit for logs already, `body` is not.
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

    /// Whether something on the way stopped the request, and says so.
    pub(crate) fn stopped(mut self, stopped: bool) -> Self {
        self.stopped = stopped;
        self
    }

    pub(crate) fn outcome_is_unknown(&self) -> bool {
        !self.stopped
    }

    /// Whether the same request may find another answer.
    fn may_pass(&self) -> bool {
        matches!(self.status, 408 | 429 | 500..=599) || self.flaw.may_pass()
    }

    pub(crate) fn flaw(&self) -> Flaw {
        self.flaw
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The request id, from the header where the body has none to read.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The start of the body, at most 512 bytes, secrets and phone numbers replaced.
    #[must_use]
    pub fn body_start(&self) -> &str {
        &self.body_start
    }

    /// The body as it came, as far as it came, at most 64 KiB. It may hold phone numbers.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// What caused it, whose text is in this one's as far as it says more; the causes of that follow by its `source`.
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
            407 => "; a proxy on the way wants a user name and a password, which its URL can hold",
            414 => "; something on the way takes no request line of this length: sign by ACS3 and send by POST, which moves \
                    long parameters to the body, or shorten them",
            431 => "; something on the way takes no headers of this length: look at those that interceptors add",
            429 => "; requests come too fast for something on the way",
            _ => "",
        })?;
        f.write_str(if self.stopped {
            "; it went no further"
        } else if self.flaw.is_of_pages() {
            "; it is not known what the pages after it hold"
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

/// Its text names the cause: see [`caused_by`](Self::caused_by).
impl StdError for Unreadable {}
