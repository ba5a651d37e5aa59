//! What an application may see and add: interceptors around every attempt.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::response::Parts;
use http::{HeaderMap, HeaderName, StatusCode};

use crate::call::error::{Error, Failure, ServiceError};
use crate::request::endpoint::Endpoint;
use crate::wire::sign::acs3;

/// Headers that decide where a request goes, who sends it, how it is framed or how its response is read. The client sets
/// them, or leaves them out.
const RESERVED: [&str; 24] = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-acs-accesskey-id",
    "x-acs-action",
    "x-acs-bearer-token",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-nonce",
    "x-acs-version",
];

/// Is called around every attempt to send a request: to count, to measure, to pass on a trace, to refuse.
///
/// It sees neither parameters nor credentials, and it cannot change where a request goes. It must return at once: calls
/// wait for it. Without interceptors, none of this is done.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use acs_runtime::transport::http::HeaderMap;
/// use acs_runtime::interceptor::{Attempt, AttemptOutcome, BoxError, Interceptor};
/// use acs_runtime::Config;
///
/// #[derive(Debug, Default)]
/// struct Metrics {
///     attempts: AtomicU64,
///     failures: AtomicU64,
/// }
///
/// impl Interceptor for Metrics {
///     fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) -> Result<(), BoxError> {
///         self.attempts.fetch_add(1, Ordering::Relaxed);
///         let trace = format!("00-0af7651916cd43dd8448eb211c80319c-{:016x}-01", attempt.number());
///         headers.insert("traceparent", trace.parse()?);
///         Ok(())
///     }
///
///     fn after_answer(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
///         if outcome.error().is_some() {
///             self.failures.fetch_add(1, Ordering::Relaxed);
///         }
///         println!("{}: {:?} after {:?}", attempt.operation(), outcome.status(), outcome.duration());
///     }
/// }
///
/// let config = Config::builder().interceptor(Metrics::default()).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
pub trait Interceptor: fmt::Debug + Send + Sync {
    /// Called before an attempt fetches credentials and is signed. What is put into `headers` is sent.
    ///
    /// Headers whose names begin with `x-acs-` take part in an ACS3 signature; others do not, since proxies may change
    /// them. Headers that the client sets itself (`host`, `authorization`, `content-…` and the like) are refused;
    /// `user-agent` is replaced. Several interceptors are called in the order they were configured in, and each finds
    /// what those before it put there.
    ///
    /// # Errors
    /// An error refuses the attempt: nothing is sent, and nothing is tried again. The caller gets it as the source of
    /// [`Error::NotSent`], so its text must hold no secret.
    fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) -> Result<(), BoxError> {
        let _ = (attempt, headers);
        Ok(())
    }

    /// Called when an attempt is over, whatever became of it, for every interceptor that was called before it; in
    /// reverse order.
    fn after_answer(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// An error of any kind.
pub type BoxError = Box<dyn StdError + Send + Sync>;

impl<I: Interceptor + ?Sized> Interceptor for Arc<I> {
    fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) -> Result<(), BoxError> {
        I::before_signing(self, attempt, headers)
    }

    fn after_answer(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        I::after_answer(self, attempt, outcome);
    }
}

/// One attempt to send a request.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub(crate) product: &'static str,
    pub(crate) version: &'static str,
    pub(crate) operation: &'a str,
    pub(crate) number: u32,
    pub(crate) endpoint: &'a Endpoint,
}

impl Attempt<'_> {
    /// The product's code, such as `Ecs`.
    #[must_use]
    pub fn product(&self) -> &'static str {
        self.product
    }

    /// The version of the product's API.
    #[must_use]
    pub fn version(&self) -> &'static str {
        self.version
    }

    /// The operation, such as `RingBell`.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// Which attempt of its call it is, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Where it goes.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.endpoint
    }
}

/// What became of an attempt.
///
/// Its Debug shows neither headers nor body, which may repeat what was sent.
pub struct AttemptOutcome<'a> {
    duration: Duration,
    answer: Option<&'a Arrived>,
    error: Option<&'a Failure>,
    abandoned: bool,
}

impl AttemptOutcome<'_> {
    /// From before signing to here, the fetching of credentials included.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The HTTP status, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.answer {
            Some(answer) => Some(answer.status.as_u16()),
            None => self.error.and_then(Error::status),
        }
    }

    /// The headers, where a whole response came. They may repeat what was sent: not for logs.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer.map(|answer| &answer.headers)
    }

    /// The length of the body in bytes, where a whole response came.
    #[must_use]
    pub fn body_length(&self) -> Option<usize> {
        self.answer.map(|answer| answer.body_length)
    }

    /// Why the attempt failed; `None` where it succeeded or was abandoned. Another attempt may follow.
    #[must_use]
    pub fn error(&self) -> Option<&Error<ServiceError>> {
        self.error
    }

    /// Whether the caller dropped the call while the attempt was under way: what became of it is not known.
    #[must_use]
    pub fn is_abandoned(&self) -> bool {
        self.abandoned
    }
}

impl fmt::Debug for AttemptOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptOutcome")
            .field("status", &self.status())
            .field("body_length", &self.body_length())
            .field("duration", &self.duration)
            .field("error", &self.error)
            .field("abandoned", &self.abandoned)
            .finish_non_exhaustive()
    }
}

/// Of a whole response, what interceptors are told.
struct Arrived {
    status: StatusCode,
    headers: HeaderMap,
    body_length: usize,
}

/// The interceptors around one attempt. Tells those that saw it begin how it ended, even when it is dropped.
pub(crate) struct Watch<'a> {
    /// Headers of the call.
    headers: Option<&'a HeaderMap>,
    watched: Option<Watched<'a>>,
}

struct Watched<'a> {
    interceptors: &'a [Arc<dyn Interceptor>],
    /// How many of them saw it begin.
    begun: usize,
    attempt: Attempt<'a>,
    started: Instant,
    arrived: Option<Arrived>,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(
        headers: Option<&'a HeaderMap>,
        interceptors: &'a [Arc<dyn Interceptor>],
        attempt: impl FnOnce() -> Attempt<'a>,
    ) -> Self {
        let watched = (!interceptors.is_empty()).then(|| Watched {
            interceptors,
            begun: 0,
            attempt: attempt(),
            started: Instant::now(),
            arrived: None,
        });
        Self { headers, watched }
    }

    /// The headers to add: those of the call, and what interceptors make of them.
    pub(crate) fn before_signing(&mut self) -> Result<HeaderMap, BoxError> {
        let mut headers = self.headers.cloned().unwrap_or_default();
        let Some(watched) = &mut self.watched else { return Ok(headers) };
        for interceptor in watched.interceptors {
            watched.begun += 1;
            interceptor.before_signing(&watched.attempt, &mut headers)?;
        }
        check(&headers)?;
        Ok(headers)
    }

    /// A whole response came.
    pub(crate) fn arrived(&mut self, head: &Parts, body_length: usize) {
        if let Some(watched) = &mut self.watched {
            let (status, headers) = (head.status, head.headers.clone());
            watched.arrived = Some(Arrived { status, headers, body_length });
        }
    }

    /// The attempt is over.
    pub(crate) fn over(mut self, error: Option<&Failure>) {
        if let Some(watched) = self.watched.take() {
            watched.tell(error, false);
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if let Some(watched) = self.watched.take() {
            watched.tell(None, true);
        }
    }
}

impl Watched<'_> {
    fn tell(&self, error: Option<&Failure>, abandoned: bool) {
        let outcome = AttemptOutcome {
            duration: self.started.elapsed(),
            answer: self.arrived.as_ref(),
            error,
            abandoned,
        };
        for interceptor in self.interceptors.iter().take(self.begun).rev() {
            interceptor.after_answer(&self.attempt, &outcome);
        }
    }
}

/// Refuses headers of a call or an interceptor that are the client's own, and those that no signature can cover.
pub(crate) fn check(headers: &HeaderMap) -> Result<(), BoxError> {
    let refuse = |name: &HeaderName, why| Err(format!("it set the header `{name}`, {why}").into());
    for name in headers.keys() {
        if RESERVED.contains(&name.as_str()) {
            return refuse(name, "which the client sets by itself");
        }
        if acs3::covers(name.as_str()) {
            let mut values = headers.get_all(name).iter();
            let plain = values.next().is_some_and(|value| value.to_str().is_ok());
            if !plain || values.next().is_some() {
                return refuse(name, "which is signed and takes one value of visible ASCII characters");
            }
        }
    }
    Ok(())
}
