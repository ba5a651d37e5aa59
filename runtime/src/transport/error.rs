//! What a transport says when there is no whole response.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;

type Source = Box<dyn StdError + Send + Sync>;

/// A request without a whole response.
///
/// The question that matters most is whether the service may have received the request, so each constructor answers
/// it: [`not_sent`](Self::not_sent) and [`untrusted`](Self::untrusted) promise that it did not; all others leave it open.
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
    /// What had arrived of the response.
    pub(crate) partial: Option<http::Response<Bytes>>,
    pub(crate) source: Option<Source>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    NotSent,
    /// Nor was this, since whoever answered could not prove to be the service.
    Untrusted,
    Interrupted,
    /// The response was larger than what is read.
    TooLarge,
    /// The response came from another place than the request was signed for.
    #[cfg_attr(
        not(feature = "reqwest"),
        expect(dead_code, reason = "the transport built in follows no redirection")
    )]
    Redirected,
}

impl TransportError {
    fn new(kind: Kind, source: Option<Source>) -> Self {
        Self(Box::new(Parts { kind, timed_out: false, partial: None, source }))
    }

    /// Not a byte of the request left for the service: no address, no connection.
    ///
    /// Only for what is certain: a caller may send the same request again.
    pub fn not_sent(source: impl Into<Source>) -> Self {
        Self::new(Kind::NotSent, Some(source.into()))
    }

    /// Not a byte of the request left for the service either: whoever answered could not prove to be it.
    ///
    /// The next attempt would meet the same one, so there is none.
    pub fn untrusted(source: impl Into<Source>) -> Self {
        Self::new(Kind::Untrusted, Some(source.into()))
    }

    /// The exchange broke off after the request may have been sent.
    pub fn interrupted(source: impl Into<Source>) -> Self {
        Self::new(Kind::Interrupted, Some(source.into()))
    }

    /// Time ran out after the request may have been sent.
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

    /// Marks the reason as a time limit, for instance on making the connection.
    #[must_use]
    pub fn because_time_ran_out(mut self) -> Self {
        self.0.timed_out = true;
        self
    }

    /// Adds what had arrived of the response: status, headers and the start of the body.
    #[must_use]
    pub fn with_partial_answer(mut self, answer: http::Response<Bytes>) -> Self {
        self.0.partial = Some(answer);
        self
    }

    /// Whether the service may have received the request.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        !matches!(self.0.kind, Kind::NotSent | Kind::Untrusted)
    }

    /// What had arrived of the response where an exchange broke off, if its body passes.
    pub(crate) fn into_answer_if(
        mut self,
        passes: impl FnOnce(&[u8]) -> bool,
    ) -> Result<http::Response<Bytes>, Self> {
        if self.0.kind != Kind::Interrupted {
            return Err(self);
        }
        match self.0.partial.take() {
            Some(answer) if passes(answer.body()) => Ok(answer),
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
        // The partial response may hold phone numbers: its status alone.
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
            (Kind::Interrupted, true) => "no whole answer came in time",
            (Kind::TooLarge, _) => "the answer is larger than what is read",
            (Kind::Redirected, _) => "the answer came from another place than the request was signed for",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source.as_ref() as _)
    }
}
