//! Faults on demand: what an endpoint does to requests so that an application's test sees how it bears it.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

/// What a request meets at a [`MockEndpoint`](super::MockEndpoint) that was told so.
///
/// Where it is throttled or closed, nothing is carried out. Else the request is checked and carried out as ever, and
/// only its response is not as it should be. So a call that meets one of these may ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It is refused for coming too fast: HTTP 400 and `Throttling.User`. Nothing is carried out.
    Throttle,
    /// The same, and the refusal asks to wait so long, in the header `x-acs-retry-after`, to the millisecond.
    ThrottleFor(Duration),
    /// It is answered so much later.
    Delay(Duration),
    /// It is answered with this status and a page of HTML, as gateways do: of 5xx or 4xx.
    Status(StatusCode),
    /// It is carried out, and the connection is closed without a response.
    LoseResponse,
    /// The connection is closed without a response. Nothing is carried out, which the client cannot know.
    Close,
    /// It is answered with HTTP 200 and half an object.
    Nonsense,
}

impl Fault {
    /// Whether the request is carried out all the same.
    pub(super) fn acts(self) -> bool {
        !matches!(self, Self::Throttle | Self::ThrottleFor(_) | Self::Close)
    }

    /// Whether the client gets something else in place of the response.
    pub(super) fn hides_the_response(self) -> bool {
        !matches!(self, Self::Throttle | Self::ThrottleFor(_) | Self::Delay(_))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Throttle => f.write_str("throttled"),
            Self::ThrottleFor(wait) => write!(f, "throttled for {} s", wait.as_secs_f64()),
            Self::Delay(delay) => write!(f, "delayed by {} s", delay.as_secs_f64()),
            Self::Status(status) => write!(f, "answered with status {}", status.as_u16()),
            Self::LoseResponse => f.write_str("carried out, and the response lost"),
            Self::Close => f.write_str("closed without being carried out"),
            Self::Nonsense => f.write_str("answered with half an object"),
        }
    }
}
