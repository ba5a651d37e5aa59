//! Faults that a test orders, to see how an application copes with them.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

/// A fault that a test orders for requests to a [`MockEndpoint`](super::MockEndpoint).
///
/// Requests that meet `Throttle`, `ThrottleFor` or `Close` are not carried out. With any other fault the request is
/// checked and carried out as always, and only the response is late, wrong or missing. A call with such a fault may ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The request is throttled: HTTP 400 and `Throttling.User`. It is not carried out.
    Throttle,
    /// The request is throttled, and the refusal says how long to wait, in milliseconds: the header `x-acs-retry-after`.
    ThrottleFor(Duration),
    /// The response is sent this much later.
    Delay(Duration),
    /// The response has this status, 4xx or 5xx, and a page of HTML as its body, as gateways send it.
    Status(StatusCode),
    /// The request is carried out, and the connection is closed without a response.
    LoseResponse,
    /// The connection is closed without a response. The request is not carried out, which the client cannot know.
    Close,
    /// The response is HTTP 200 and half a JSON object.
    Nonsense,
}

impl Fault {
    /// Whether the request is carried out in spite of the fault.
    pub(super) fn acts(self) -> bool {
        !matches!(self, Self::Throttle | Self::ThrottleFor(_) | Self::Close)
    }

    /// Whether the client gets no response, or something else in its place.
    pub(super) fn hides_the_response(self) -> bool {
        !matches!(self, Self::Throttle | Self::ThrottleFor(_) | Self::Delay(_))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Throttle => f.write_str("throttled"),
            Self::ThrottleFor(wait) => write!(f, "throttled, with a wait of {} s", wait.as_secs_f64()),
            Self::Delay(delay) => write!(f, "delayed by {} s", delay.as_secs_f64()),
            Self::Status(status) => write!(f, "response replaced by status {}", status.as_u16()),
            Self::LoseResponse => f.write_str("carried out, but the response lost"),
            Self::Close => f.write_str("closed without being carried out"),
            Self::Nonsense => f.write_str("response replaced by half a JSON object"),
        }
    }
}
