//! Nothing was sent.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::Cause;

/// Not a byte of the request left for the service; sending it again is safe.
#[derive(Debug)]
pub struct NotSent {
    operation: &'static str,
    obstacle: Obstacle,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Debug)]
pub(crate) enum Obstacle {
    /// No connection to this endpoint.
    NoConnection { endpoint: String },
    /// No connection to this endpoint within the limit.
    TooSlow { endpoint: String, limit: Duration },
    /// The parameters make no HTTP request.
    Unsendable,
    /// There was no nonce to sign with.
    NoNonce,
}

impl NotSent {
    pub(crate) fn new(
        operation: &'static str,
        obstacle: Obstacle,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self { operation, obstacle, source }
    }

    /// Whether the reason was a time limit.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        matches!(self.obstacle, Obstacle::TooSlow { .. })
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        let cause = Cause(self.source());
        match &self.obstacle {
            Obstacle::NoConnection { endpoint } => write!(
                f,
                "{operation} was not sent, there is no connection to {endpoint}{cause}; check region, endpoint, \
                 network and proxy, then send it again"
            ),
            Obstacle::TooSlow { endpoint, limit } => write!(
                f,
                "{operation} was not sent, there was no connection to {endpoint} within {limit:?}; check region, \
                 endpoint, network and proxy, then send it again"
            ),
            Obstacle::Unsendable => write!(
                f,
                "{operation} was not sent, its parameters make no HTTP request{cause}; all of them together must \
                 stay below 64 KiB with ACS3 signatures or GET"
            ),
            Obstacle::NoNonce => {
                write!(f, "{operation} was not sent, it cannot be signed{cause}; send it again")
            }
        }
    }
}

impl StdError for NotSent {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
