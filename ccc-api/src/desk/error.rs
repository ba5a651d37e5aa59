//! The errors of a desk.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::Error;
use crate::error::OperationError;
use crate::operation::poll_user_status::PollUserStatusError;

/// Why a method of a desk failed. `E` is the error of the operation that the method sends.
///
/// Its texts contain no secrets and no phone numbers.
#[non_exhaustive]
pub enum DeskError<E> {
    /// The operation failed.
    Request(Error<E>),
    /// The poll before the operation failed, so the operation was not sent.
    Poll(Error<PollUserStatusError>),
    /// A poll succeeded, but its response does not say what the agent is doing.
    NoState,
    /// The call lacks the channel that the operation needs, perhaps because it is over. The operation was not sent.
    NoChannel,
    /// The call was placed, but the response does not name it. [`Desk::find_call`](super::Desk::find_call) may find it.
    NoJobId,
    /// No poll of a wait had a response before its time was up, so the state of the call is unknown.
    NoResponse,
}

impl<E: OperationError> DeskError<E> {
    /// Returns the service's refusal, if the service refused the operation.
    #[must_use]
    pub fn refusal(&self) -> Option<&E> {
        match self {
            Self::Request(Error::Service(refusal)) => Some(refusal),
            _ => None,
        }
    }

    /// Whether the service may have carried out the operation, although no response says so.
    ///
    /// After [`call`](super::Desk::call), the phone may ring then; use [`find_call`](super::Desk::find_call) to see.
    /// `false` is a promise, as in [`Error::may_have_been_placed`].
    #[must_use]
    pub fn may_have_been_placed(&self) -> bool {
        match self {
            Self::Request(error) => error.may_have_been_placed(),
            Self::NoJobId => true,
            Self::Poll(_) | Self::NoState | Self::NoChannel | Self::NoResponse => false,
        }
    }

    /// Whether the service refused a request because of throttling.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        match self {
            Self::Request(error) => error.is_throttled(),
            Self::Poll(error) => error.is_throttled(),
            _ => false,
        }
    }

    /// Returns how long to wait before the next request, if the service said it.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Request(error) => error.retry_after(),
            Self::Poll(error) => error.retry_after(),
            _ => None,
        }
    }
}

impl DeskError<PollUserStatusError> {
    /// Whether the next poll may succeed. Refusals are permanent, except for throttling and failures of the service
    /// itself.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Request(error @ Error::Service(_)) => error.is_throttled() || error.may_have_been_placed(),
            _ => true,
        }
    }

    /// Converts the error of a poll to that of the operation that was not sent because of it.
    pub(super) fn before<E>(self) -> DeskError<E> {
        match self {
            Self::Request(error) | Self::Poll(error) => DeskError::Poll(error),
            Self::NoState => DeskError::NoState,
            Self::NoChannel => DeskError::NoChannel,
            Self::NoJobId => DeskError::NoJobId,
            Self::NoResponse => DeskError::NoResponse,
        }
    }
}

impl<E> From<Error<E>> for DeskError<E> {
    fn from(error: Error<E>) -> Self {
        Self::Request(error)
    }
}

impl<E: OperationError> fmt::Display for DeskError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Poll(error) => {
                write!(f, "the poll before the operation failed, so the operation was not sent: {error}")
            }
            Self::NoState => {
                f.write_str("the response to PollUserStatus does not say what the agent is doing")
            }
            Self::NoChannel => f.write_str(
                "the call has no channel for this operation, so nothing was sent; it may be over: poll it with \
                 `Call::look`",
            ),
            Self::NoJobId => f.write_str(
                "the call was placed, but the response does not name it; look for it before calling again",
            ),
            Self::NoResponse => {
                f.write_str("no poll had a response before time was up; allow more time, or look again")
            }
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for DeskError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => f.debug_tuple("Request").field(error).finish(),
            Self::Poll(error) => f.debug_tuple("Poll").field(error).finish(),
            Self::NoState => f.write_str("NoState"),
            Self::NoChannel => f.write_str("NoChannel"),
            Self::NoJobId => f.write_str("NoJobId"),
            Self::NoResponse => f.write_str("NoResponse"),
        }
    }
}

/// The text includes that of the cause, so the source is the cause's own source.
impl<E: OperationError> StdError for DeskError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            Self::Poll(error) => error.source(),
            Self::NoState | Self::NoChannel | Self::NoJobId | Self::NoResponse => None,
        }
    }
}

/// [`Desk::events`](super::Desk::events) was called outside a Tokio runtime, which its poller needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoRuntime;

impl fmt::Display for NoRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no Tokio runtime that could poll for events; call `events` within one")
    }
}

impl StdError for NoRuntime {}
