//! Interceptors, which let an application observe every attempt and add headers to it.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::response::Parts;
use http::{HeaderMap, HeaderName, StatusCode};

use crate::call::error::{Error, Failure, ServiceError};
use crate::request::endpoint::Endpoint;
use crate::wire::sign::acs3;

/// Headers that only the client sets: they decide where a request goes, who sends it, how it is framed or how its
/// response is read.
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

/// Observes every attempt, for instance to count it, to measure it, to pass on a trace, or to refuse it.
///
/// It sees neither parameters nor credentials, and it cannot change where a request goes. It must return at once,
/// because calls wait for it.
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
    /// Called before an attempt fetches credentials and is signed. The client sends the headers that are added to
    /// `headers`.
    ///
    /// An ACS3 signature covers headers whose names begin with `x-acs-`, but no others, because proxies may change
    /// them. Headers that the client sets itself (`host`, `authorization`, `content-…` and the like) are refused;
    /// `user-agent` is replaced. Interceptors are called in the order of the configuration, and each sees the headers
    /// of those before it.
    ///
    /// # Errors
    /// An error refuses the attempt: nothing is sent, and there is no retry. The caller gets it as the source of
    /// [`Error::NotSent`], so its text must hold no secret.
    fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) -> Result<(), BoxError> {
        let _ = (attempt, headers);
        Ok(())
    }

    /// Called after every attempt, in reverse order, for each interceptor that was called before it.
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
    /// Returns the code of the product, such as `Ecs`.
    #[must_use]
    pub fn product(&self) -> &'static str {
        self.product
    }

    /// Returns the version of the product's API.
    #[must_use]
    pub fn version(&self) -> &'static str {
        self.version
    }

    /// Returns the operation, such as `RingBell`.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// Returns the number of the attempt in its call, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the endpoint that it is sent to.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.endpoint
    }
}

/// The outcome of an attempt.
///
/// Debug shows neither headers nor body, which may repeat what was sent.
pub struct AttemptOutcome<'a> {
    duration: Duration,
    response: Option<&'a Arrived>,
    error: Option<&'a Failure>,
    abandoned: bool,
}

impl AttemptOutcome<'_> {
    /// Returns how long the attempt took, including the fetching of credentials.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Returns the HTTP status, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.response {
            Some(response) => Some(response.status.as_u16()),
            None => self.error.and_then(Error::status),
        }
    }

    /// Returns the headers, if a whole response came. They may repeat what was sent: keep them out of logs.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response.map(|response| &response.headers)
    }

    /// Returns the length of the body in bytes, if a whole response came.
    #[must_use]
    pub fn body_length(&self) -> Option<usize> {
        self.response.map(|response| response.body_length)
    }

    /// Returns why the attempt failed; `None` if it succeeded or was abandoned. Another attempt may follow.
    #[must_use]
    pub fn error(&self) -> Option<&Error<ServiceError>> {
        self.error
    }

    /// Tells whether the caller dropped the call during the attempt: its outcome is unknown.
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

/// The parts of a whole response that interceptors see.
struct Arrived {
    status: StatusCode,
    headers: HeaderMap,
    body_length: usize,
}

/// Calls the interceptors around one attempt. Those that were called before it are also called after it, even if it is
/// dropped.
pub(crate) struct Watch<'a> {
    /// Headers of the call.
    headers: Option<&'a HeaderMap>,
    watched: Option<Watched<'a>>,
}

struct Watched<'a> {
    interceptors: &'a [Arc<dyn Interceptor>],
    /// The number of interceptors that were called before the attempt.
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

    /// Returns the headers to add: those of the call and of the interceptors.
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

    /// Takes the head of a whole response.
    pub(crate) fn arrived(&mut self, head: &Parts, body_length: usize) {
        if let Some(watched) = &mut self.watched {
            let (status, headers) = (head.status, head.headers.clone());
            watched.arrived = Some(Arrived { status, headers, body_length });
        }
    }

    /// Ends the attempt.
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
            response: self.arrived.as_ref(),
            error,
            abandoned,
        };
        for interceptor in self.interceptors.iter().take(self.begun).rev() {
            interceptor.after_answer(&self.attempt, &outcome);
        }
    }
}

/// Refuses headers of a call or an interceptor that only the client sets, and headers that no signature can cover.
pub(crate) fn check(headers: &HeaderMap) -> Result<(), BoxError> {
    let refuse = |name: &HeaderName, why| Err(format!("it set the header `{name}`, {why}").into());
    for name in headers.keys() {
        if RESERVED.contains(&name.as_str()) {
            return refuse(name, "which only the client sets");
        }
        if acs3::covers(name.as_str()) {
            let mut values = headers.get_all(name).iter();
            let plain = values.next().is_some_and(|value| value.to_str().is_ok());
            if !plain || values.next().is_some() {
                return refuse(name, "which is signed and must have one value of visible ASCII characters");
            }
        }
    }
    Ok(())
}
