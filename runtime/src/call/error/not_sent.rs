//! The error of a request that was not sent.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

#[cfg(feature = "client")]
use super::Failure;
#[cfg(feature = "blocking")]
use crate::call::error::Error;
use crate::text::cause::Cause;
#[cfg(feature = "client")]
use crate::transport::context::Missing;
use crate::wire::record::Attempts;

/// Not a byte of the request was sent to the service; sending it again is safe.
#[derive(Debug)]
pub struct NotSent {
    operation: Cow<'static, str>,
    obstacle: Obstacle,
    source: Option<Box<dyn StdError + Send + Sync>>,
    pub(super) attempts: Attempts,
}

#[derive(Debug)]
pub(crate) enum Obstacle {
    /// There was no connection to this endpoint.
    NoConnection { endpoint: String },
    /// There was no connection to this endpoint within the limit.
    TooSlow { endpoint: String, limit: Duration },
    /// The server at this endpoint could not prove to be the service.
    Untrusted { endpoint: String },
    /// There was no time left to send it.
    NoTime { limit: Duration },
    /// The parameters do not fit into an HTTP request.
    Unsendable,
    /// There was no nonce to sign with.
    NoNonce,
    /// An interceptor refused it.
    Refused,
    /// There is no runtime that could send it.
    #[cfg(feature = "client")]
    NoRuntime(Missing),
    /// The list exceeded the limit of pages, which is probably a mistake.
    TooManyPages { pages: u32 },
    /// The options of the call set a header that only the client sets.
    Header,
    /// The blocking client was called where it cannot wait.
    #[cfg(feature = "blocking")]
    Unwaitable(Unwaitable),
}

impl NotSent {
    pub(crate) fn new(
        operation: impl Into<Cow<'static, str>>,
        obstacle: Obstacle,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self { operation: operation.into(), obstacle, source, attempts: Attempts::default() }
    }

    /// Creates the error of a call without a runtime that could send it.
    #[cfg(feature = "client")]
    pub(crate) fn unusable(operation: Cow<'static, str>, missing: Missing) -> Failure {
        Failure::NotSent(Box::new(Self::new(operation, Obstacle::NoRuntime(missing), None)))
    }

    /// Tells whether the reason was a time limit.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        matches!(self.obstacle, Obstacle::TooSlow { .. } | Obstacle::NoTime { .. })
    }

    /// Tells whether another attempt may find a connection.
    pub(crate) fn is_connection_failure(&self) -> bool {
        matches!(self.obstacle, Obstacle::NoConnection { .. } | Obstacle::TooSlow { .. })
    }

    /// Describes the reason in a few words.
    pub(super) fn summary(&self) -> String {
        match &self.obstacle {
            Obstacle::NoConnection { .. } => format!("no connection{}", Cause(self.caused_by())),
            Obstacle::TooSlow { limit, .. } => format!("no connection within {limit:?}"),
            Obstacle::Untrusted { .. } => format!("not trusted{}", Cause(self.caused_by())),
            Obstacle::NoTime { .. } => "no time left".to_owned(),
            Obstacle::Unsendable | Obstacle::NoNonce => "nothing to send".to_owned(),
            Obstacle::Refused => "refused by an interceptor".to_owned(),
            #[cfg(feature = "client")]
            Obstacle::NoRuntime(_) => "no runtime to send it".to_owned(),
            Obstacle::TooManyPages { .. } => "too many pages".to_owned(),
            Obstacle::Header => "a header that only the client sets".to_owned(),
            #[cfg(feature = "blocking")]
            Obstacle::Unwaitable(_) => "the blocking client could not wait".to_owned(),
        }
    }

    /// Returns the cause; its own causes follow by `source`. The text of this error includes it.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = &self.operation;
        let cause = Cause(self.caused_by());
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
            Obstacle::Untrusted { endpoint } => write!(
                f,
                "{operation} was not sent, the certificate of {endpoint} is not trusted{cause}; check the endpoint, \
                 this machine's clock, which certificates it trusts (`ConfigBuilder::trust`, `root_certificates_pem`), and \
                 any proxy in between"
            ),
            Obstacle::NoTime { limit } => write!(
                f,
                "{operation} was not sent, the time limit of {limit:?} ran out first; set a longer one"
            ),
            Obstacle::Unsendable => write!(
                f,
                "{operation} was not sent, its parameters do not fit into an HTTP request{cause}; with GET, all of \
                 them together must stay below 64 KiB"
            ),
            Obstacle::NoNonce => {
                write!(f, "{operation} was not sent, it cannot be signed{cause}; send it again")
            }
            Obstacle::Refused => write!(f, "{operation} was not sent, an interceptor refused it{cause}"),
            #[cfg(feature = "client")]
            Obstacle::NoRuntime(missing) => write!(f, "{operation} was not sent, {missing}"),
            Obstacle::TooManyPages { pages } => write!(
                f,
                "{operation} was not sent for another page, it already returned {pages} pages; set `max_pages` to \
                 get more"
            ),
            Obstacle::Header => write!(f, "{operation} was not sent, its options are not allowed{cause}"),
            #[cfg(feature = "blocking")]
            Obstacle::Unwaitable(Unwaitable::InAsyncContext) => write!(
                f,
                "{operation} was not sent, the blocking client was called within an async task and would stop all \
                 others; use the asynchronous client there, or call it within `tokio::task::spawn_blocking`"
            ),
            #[cfg(feature = "blocking")]
            Obstacle::Unwaitable(Unwaitable::InFork) => write!(
                f,
                "{operation} was not sent, its client was made before this process was forked; make the client in \
                 the process that uses it"
            ),
        }
    }
}

/// The text names the cause, so `source` is empty: see [`caused_by`](Self::caused_by).
impl StdError for NotSent {}

/// Creates the error of a blocking client that cannot wait.
#[cfg(feature = "blocking")]
pub(crate) fn unwaitable<E>(operation: impl Into<Cow<'static, str>>, why: Unwaitable) -> Error<E> {
    Error::NotSent(Box::new(NotSent::new(operation, Obstacle::Unwaitable(why), None)))
}

/// Why a blocking client cannot wait.
#[cfg(feature = "blocking")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unwaitable {
    /// The thread runs async tasks, which would all have to wait.
    InAsyncContext,
    /// The thread of the client exists only in the parent process.
    InFork,
}
