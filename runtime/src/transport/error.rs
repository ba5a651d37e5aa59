//! The error of a transport.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

type Source = Box<dyn StdError + Send + Sync>;

/// A request got no whole response.
///
/// Each constructor says whether the service may have received the request: [`not_sent`](Self::not_sent) and
/// [`untrusted`](Self::untrusted) promise that it did not; all others leave it open.
///
/// ```
/// use acs_runtime::transport::TransportError;
///
/// let refused = TransportError::not_sent(std::io::Error::from(std::io::ErrorKind::ConnectionRefused));
/// assert!(!refused.may_have_been_sent());
/// assert!(!TransportError::untrusted("the certificate has expired").may_have_been_sent());
/// let lost = TransportError::interrupted("the connection was reset");
/// assert!(lost.may_have_been_sent());
/// ```
#[derive(Debug)]
pub struct TransportError(Box<Parts>);

pub(crate) struct Parts {
    pub(crate) kind: Kind,
    pub(crate) timed_out: bool,
    /// The part of the response that had arrived.
    pub(crate) partial: Option<http::Response<Bytes>>,
    pub(crate) source: Option<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    NotSent,
    /// It was not sent, because the server could not prove to be the service.
    Untrusted,
    Interrupted,
    /// The response was larger than the limit.
    TooLarge,
    /// The response came from another host than the request was signed for.
    #[cfg_attr(
        not(feature = "reqwest"),
        expect(dead_code, reason = "the built-in transport follows no redirection")
    )]
    Redirected,
}

impl TransportError {
    fn new(kind: Kind, source: Option<Source>) -> Self {
        Self(Box::new(Parts { kind, timed_out: false, partial: None, source }))
    }

    /// Creates the error of a request that was not sent, not even in part: no address, no connection.
    ///
    /// Use it only if that is certain: a caller may send the same request again.
    pub fn not_sent(source: impl Into<Source>) -> Self {
        Self::new(Kind::NotSent, Some(source.into()))
    }

    /// Creates the error of a request that was not sent, not even in part, because the server could not prove to be the
    /// service.
    ///
    /// The next attempt would meet the same server, so there is none.
    pub fn untrusted(source: impl Into<Source>) -> Self {
        Self::new(Kind::Untrusted, Some(source.into()))
    }

    /// Creates the error of an exchange that broke off after the request may have been sent.
    pub fn interrupted(source: impl Into<Source>) -> Self {
        Self::new(Kind::Interrupted, Some(source.into()))
    }

    /// Creates the error of a request that may have been sent before time ran out.
    #[must_use]
    pub fn timed_out() -> Self {
        Self::new(Kind::Interrupted, None).because_time_ran_out()
    }

    pub(crate) fn too_large() -> Self {
        Self::new(Kind::TooLarge, None)
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn redirected() -> Self {
        Self::new(Kind::Redirected, None)
    }

    /// Marks a time limit as the reason, for instance that of making the connection.
    #[must_use]
    pub fn because_time_ran_out(mut self) -> Self {
        self.0.timed_out = true;
        self
    }

    /// Adds the part of the response that had arrived: status, headers and the start of the body.
    #[must_use]
    pub fn with_partial_answer(mut self, response: http::Response<Bytes>) -> Self {
        self.0.partial = Some(response);
        self
    }

    /// Tells whether the service may have received the request.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        !matches!(self.0.kind, Kind::NotSent | Kind::Untrusted)
    }

    /// Returns the part of the response that had arrived before an exchange broke off, if its body passes.
    pub(crate) fn into_answer_if(
        mut self,
        passes: impl FnOnce(&[u8]) -> bool,
    ) -> Result<http::Response<Bytes>, Self> {
        if self.0.kind != Kind::Interrupted {
            return Err(self);
        }
        match self.0.partial.take() {
            Some(response) if passes(response.body()) => Ok(response),
            partial => {
                self.0.partial = partial;
                Err(self)
            }
        }
    }

    pub(crate) fn into_parts(self) -> Parts {
        *self.0
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The partial response may hold phone numbers, so only its status is shown.
        f.debug_struct("Parts")
            .field("kind", &self.kind)
            .field("timed_out", &self.timed_out)
            .field("status", &self.partial.as_ref().map(http::Response::status))
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.0.kind, self.0.timed_out) {
            (Kind::NotSent, false) => "no connection could be made",
            (Kind::NotSent, true) => "no connection was made in time",
            (Kind::Untrusted, _) => "the certificate is not trusted",
            (Kind::Interrupted, false) => "the exchange broke off",
            (Kind::Interrupted, true) => "no whole response came in time",
            (Kind::TooLarge, _) => "the response is larger than 16 MiB",
            (Kind::Redirected, _) => "the response came from another host than the request was signed for",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source.as_ref() as _)
    }
}
