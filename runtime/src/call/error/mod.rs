//! The error of a call.

mod arguments;
mod interrupted;
mod kind;
mod not_sent;
mod operation;
mod outlook;
mod redirected;
mod service;
mod summary;
mod timed_out;
mod unreadable;

use std::error::Error as StdError;
use std::fmt;

pub use interrupted::Interrupted;
pub use kind::ErrorKind;
pub use not_sent::NotSent;
pub(crate) use not_sent::Obstacle;
#[cfg(feature = "blocking")]
pub(crate) use not_sent::{Unwaitable, unwaitable};
pub use operation::{DocumentedError, OperationError};
use outlook::open_outcome;
pub use redirected::Redirected;
pub use service::ServiceError;
pub use timed_out::TimedOut;
pub(crate) use unreadable::Flaw;
pub use unreadable::Unreadable;

use std::time::Duration;

use http::HeaderMap;

use crate::identity::error::CredentialsError;
use crate::text::skew::ClockSkew;
use crate::wire::codes::is_throttling;
use crate::wire::record::{Attempts, FailedAttempt};
use crate::wire::sign::SignatureMismatch;

/// The error of a call. `E` is the operation's own error enum, which [`Service`](Error::Service) holds.
///
/// Neither its text nor its [`caused_by`](Self::caused_by) shows a secret or a phone number.
///
/// ```
/// use acs_runtime::Error;
///
/// # #[cfg(feature = "client")]
/// # async fn run<P: acs_runtime::custom::Product>(client: acs_runtime::Client<P>) {
/// match client.call("StopInstance").parameter("InstanceId", "i-1").send().await {
///     Ok(response) => println!("request {:?}", response.request_id()),
///     Err(Error::Service(error)) if error.code() == "IncorrectInstanceStatus" => println!("not running"),
///     Err(error) if error.is_throttled() => println!("slow down: {error}"),
///     Err(error) if error.may_have_been_placed() => println!("look first whether it stopped: {error}"),
///     Err(error) => println!("not stopped: {error}"),
/// }
/// # }
/// ```
#[non_exhaustive]
pub enum Error<E> {
    /// The service responded with an error code.
    Service(E),
    /// There are no credentials. Nothing was sent.
    Credentials(CredentialsError),
    /// Nothing was sent: there was no connection, or the request could not be built.
    NotSent(Box<NotSent>),
    /// Time ran out after sending: the request may have reached the service.
    TimedOut(Box<TimedOut>),
    /// The exchange broke off after sending: the request may have reached the service.
    Interrupted(Box<Interrupted>),
    /// The response is a redirection, which is not followed.
    Redirected(Box<Redirected>),
    /// The response cannot be read as one of the service.
    Unreadable(Box<Unreadable>),
}

/// An error before its conversion to the operation's own error type. It lets the code for attempts be compiled once.
pub(crate) type Failure = Error<ServiceError>;

impl Failure {
    /// Converts it to the error of an operation.
    pub(crate) fn into_operation<E: OperationError>(self) -> Error<E> {
        match self {
            Self::Service(error) => Error::Service(E::from_service(error)),
            Self::Credentials(error) => Error::Credentials(error),
            Self::NotSent(error) => Error::NotSent(error),
            Self::TimedOut(error) => Error::TimedOut(error),
            Self::Interrupted(error) => Error::Interrupted(error),
            Self::Redirected(error) => Error::Redirected(error),
            Self::Unreadable(error) => Error::Unreadable(error),
        }
    }

    /// Returns the record that is kept if another attempt follows.
    pub(crate) fn attempt(&self) -> FailedAttempt {
        FailedAttempt {
            summary: self.summary(),
            status: self.status(),
            code: self.shown_code().map(str::to_owned),
            request_id: self.redacted_request_id().map(str::to_owned),
            reached: self.may_have_reached_the_service(),
            carried_out: self.may_have_been_placed(),
        }
    }

    /// Adds the record of the attempts: the error of a call is that of its last attempt.
    pub(crate) fn with_attempts(mut self, attempts: Attempts) -> Self {
        match &mut self {
            Self::Service(error) => error.set_attempts(attempts),
            Self::Credentials(error) => error.attempts = attempts,
            Self::NotSent(error) => error.attempts = attempts,
            Self::TimedOut(error) => error.attempts = attempts,
            Self::Interrupted(error) => error.attempts = attempts,
            Self::Redirected(error) => error.attempts = attempts,
            Self::Unreadable(error) => error.attempts = attempts,
        }
        self
    }
}

impl<E: OperationError> Error<E> {
    /// Tells whether time ran out, while connecting or while waiting for the response.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::TimedOut(_) => true,
            Self::NotSent(error) => error.timed_out(),
            _ => false,
        }
    }

    /// Tells whether the service, or a gateway before it, refused the request because requests come too fast.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        match self {
            Self::Service(error) => is_throttling(error.code()) || error.status() == 429,
            Self::Unreadable(error) => error.status() == 429,
            _ => false,
        }
    }

    /// Tells whether the request may have reached the service in any attempt. `false` is a promise that it did not.
    #[must_use]
    pub fn may_have_reached_the_service(&self) -> bool {
        !matches!(self, Self::Credentials(_) | Self::NotSent(_))
            || self.earlier_attempts().iter().any(FailedAttempt::may_have_reached_the_service)
    }

    /// Tells whether the service may have carried out the request in any attempt, although no response confirms it.
    ///
    /// It is `false` if nothing was sent, or if the request was refused for a known reason: by the service, or by
    /// something before it (HTTP 407 from a proxy, HTTP 414 or 431 for requests that are too long). It is `true` after
    /// faults of the service (HTTP 5xx), lost and unreadable responses, refusals that hold data or contradict
    /// themselves, and unknown codes with HTTP 2xx. If it is `true`, check before you send again; the request of an
    /// idempotent operation can be sent again at once.
    #[must_use]
    pub fn may_have_been_placed(&self) -> bool {
        let by_the_last_attempt = match self {
            Self::Service(error) => error.service().outcome_is_unknown(),
            Self::Unreadable(error) => error.outcome_is_unknown(),
            Self::Credentials(_) | Self::NotSent(_) => false,
            Self::TimedOut(_) | Self::Interrupted(_) | Self::Redirected(_) => true,
        };
        by_the_last_attempt || self.earlier_attempts().iter().any(FailedAttempt::may_have_been_placed)
    }

    /// Returns how many attempts were made, including the last one: at least one, even if it ended before sending.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.record().count()
    }

    /// Returns the failures of the attempts before the last one. The error itself is that of the last one.
    #[must_use]
    pub fn earlier_attempts(&self) -> &[FailedAttempt] {
        self.record().earlier()
    }

    /// Returns the difference between the text that the service signed and this client's, if the service refused the
    /// signature and its message shows that text or its hash.
    #[must_use]
    pub fn signature_mismatch(&self) -> Option<&SignatureMismatch> {
        match self {
            Self::Service(error) => error.service().signature_mismatch(),
            _ => None,
        }
    }

    /// Returns the difference between this machine's clock and the service's, if a request was refused for it.
    #[must_use]
    pub fn clock_skew(&self) -> Option<ClockSkew> {
        self.record().clock_skew()
    }

    /// Returns how long the service asked to wait before the next request, if it did; a day at most.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.record().retry_after()
    }

    /// Returns the cause, if there is a separate error, such as one of a socket, of TLS or of a provider of
    /// credentials. The text of this error includes it.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Service(error) => error.source(),
            Self::Credentials(error) => error.caused_by(),
            Self::NotSent(error) => error.caused_by(),
            Self::TimedOut(error) => error.caused_by(),
            Self::Interrupted(error) => error.caused_by(),
            Self::Redirected(_) => None,
            Self::Unreadable(error) => error.caused_by(),
        }
    }

    /// Returns the kind of the error, for labels of metrics.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Service(_) if self.is_throttled() => ErrorKind::Throttled,
            Self::Service(_) => ErrorKind::Refused,
            Self::Credentials(_) => ErrorKind::NoCredentials,
            Self::NotSent(_) => ErrorKind::NotSent,
            Self::TimedOut(_) => ErrorKind::TimedOut,
            Self::Interrupted(_) => ErrorKind::Interrupted,
            Self::Redirected(_) => ErrorKind::Redirected,
            Self::Unreadable(_) => ErrorKind::Unreadable,
        }
    }

    /// Returns the headers of the response, if one came. They may repeat what was sent: keep them out of logs.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.record().headers()
    }

    fn record(&self) -> &Attempts {
        match self {
            Self::Service(error) => error.service().attempts(),
            Self::Credentials(error) => &error.attempts,
            Self::NotSent(error) => &error.attempts,
            Self::TimedOut(error) => &error.attempts,
            Self::Interrupted(error) => &error.attempts,
            Self::Redirected(error) => &error.attempts,
            Self::Unreadable(error) => &error.attempts,
        }
    }

    /// Returns the error code, if the service gave one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service(error) => Some(error.code()),
            _ => None,
        }
    }

    /// Returns the HTTP status, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Service(error) => Some(error.status()),
            Self::TimedOut(error) => error.status(),
            Self::Interrupted(_) | Self::Credentials(_) | Self::NotSent(_) => None,
            Self::Redirected(error) => Some(error.status()),
            Self::Unreadable(error) => Some(error.status()),
        }
    }

    /// Returns the request id, if there was one; the support of the service asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.request_id(),
            Self::TimedOut(error) => error.request_id(),
            Self::Interrupted(_) | Self::Credentials(_) | Self::NotSent(_) => None,
            Self::Redirected(error) => error.request_id(),
            Self::Unreadable(error) => error.request_id(),
        }
    }
}

impl<E: OperationError> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(error) if self.is_throttled() && !error.service().outcome_is_unknown() => {
                write!(f, "{error}; {SLOW_DOWN}")
            }
            Self::Service(error) if self.may_have_been_placed() => {
                write!(f, "{error}{}", open_outcome(self.record(), error.service().outcome_is_unknown()))
            }
            Self::Service(error) => fmt::Display::fmt(error, f),
            Self::Credentials(error) => write!(f, "nothing was sent: no credentials: {error}"),
            Self::NotSent(error) => error.fmt(f),
            Self::TimedOut(error) => error.fmt(f),
            Self::Interrupted(error) => error.fmt(f),
            Self::Redirected(error) => error.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
        }?;
        fmt::Display::fmt(self.record(), f)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(error) => f.debug_tuple("Service").field(error).finish(),
            Self::Credentials(error) => f.debug_tuple("Credentials").field(error).finish(),
            Self::NotSent(error) => error.fmt(f),
            Self::TimedOut(error) => error.fmt(f),
            Self::Interrupted(error) => error.fmt(f),
            Self::Redirected(error) => error.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
        }
    }
}

/// The text names the cause, so `source` is empty: an error that is printed with its sources shows the cause once. See
/// [`caused_by`](Self::caused_by).
impl<E: OperationError> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Service(error) => error.source(),
            _ => None,
        }
    }
}

/// The advice if requests come too fast.
const SLOW_DOWN: &str = "slow down, and send it again later";
