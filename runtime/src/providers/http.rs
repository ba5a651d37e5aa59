//! HTTP to the services that issue credentials: bounded, without redirects, and with errors that quote no secrets.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use zeroize::Zeroize;

use crate::identity::error::CredentialsError;
use crate::providers::json::Json;
use crate::request::config_error::ConfigError;
use crate::request::endpoint::Endpoint;
use crate::retry::backoff::{Wait, random};
use crate::retry::hints::Hints;
use crate::retry::policy::RetryPolicy;
use crate::text::cause::Cause;
use crate::transport::ProxyChoice;
#[cfg(feature = "tls-no-provider")]
use crate::transport::TlsSettings;
use crate::transport::{
    Http1Transport, IdleLimits, SafeToRepeat, Transport, TransportError, TransportSettings,
};
use crate::wire::codes::{is_about_the_time, is_throttling};
use crate::wire::redact::Redactor;
use crate::wire::scrub::scrub;

/// The largest response, in bytes; credentials are shorter.
const LARGEST_RESPONSE: usize = 64 * 1024;
/// How much of a service's message an error shows, in characters.
const SHOWN: usize = 300;

/// The endpoint of a request, and its time limits.
pub(super) struct Route<'a> {
    pub(super) endpoint: &'a Endpoint,
    /// Whether to use no proxy: for a service on this very machine.
    pub(super) direct: bool,
    pub(super) connect_timeout: Duration,
    pub(super) timeout: Duration,
}

/// How often a request is sent at most, if the service is in trouble or says that requests come too fast.
const ATTEMPTS: u32 = 3;
/// The longest wait; with a longer one, the request fails.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

tokio::task_local! {
    /// The HTTP client of the call that is being polled, for the requests for credentials that it causes.
    static WAY_OF_CLIENT: Http;
}

/// Sends requests, over a given transport or over transports made as needed. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Http(Arc<Way>);

#[derive(Default)]
struct Way {
    given: Option<Arc<dyn Transport>>,
    made: Mutex<Vec<Made>>,
    proxy: ProxyChoice,
    #[cfg(feature = "tls-no-provider")]
    tls: TlsSettings,
}

struct Made {
    endpoint: Endpoint,
    direct: bool,
    transport: Arc<dyn Transport>,
}

/// The error of a request without a usable response.
pub(super) struct NoResponse {
    /// Whether not a byte of a response came.
    pub(super) silent: bool,
    pub(super) error: CredentialsError,
}

impl Http {
    pub(super) fn over(transport: Arc<dyn Transport>) -> Self {
        Self(Arc::new(Way { given: Some(transport), ..Way::default() }))
    }

    /// Creates one with the settings of a client.
    pub(crate) fn from_client_settings(
        given: Option<Arc<dyn Transport>>,
        proxy: ProxyChoice,
        #[cfg(feature = "tls-no-provider")] tls: TlsSettings,
    ) -> Self {
        Self(Arc::new(Way {
            given,
            made: Mutex::default(),
            proxy,
            #[cfg(feature = "tls-no-provider")]
            tls,
        }))
    }

    /// Returns the HTTP client of the call that is being polled.
    pub(super) fn current() -> Option<Self> {
        WAY_OF_CLIENT.try_with(Clone::clone).ok()
    }

    /// Runs a future. Its requests for credentials use this HTTP client, unless their provider has its own.
    ///
    /// It is task-local and not passed from provider to provider, because providers of the application may be between
    /// them.
    pub(crate) async fn around<F: Future>(self, future: F) -> F::Output {
        WAY_OF_CLIENT.scope(self, future).await
    }

    /// Sends the request that `prepare` makes, and retries a few times if the service is in trouble or says that
    /// requests come too fast. `redactor` holds the sensitive values of the request.
    pub(super) async fn send<E: From<NoResponse>>(
        &self,
        prepare: impl Fn() -> Result<http::Request<Bytes>, E>,
        route: &Route<'_>,
        redactor: &Redactor,
    ) -> Result<HttpResponse, E> {
        let mut attempts = 1;
        loop {
            let response = self.send_once(prepare()?, route, redactor).await?;
            let Some(throttled) = response.passing_trouble() else { return Ok(response) };
            let wait = Wait { attempts, throttled, wish: response.retry_after };
            let wait = wait.length(RetryPolicy::new(), random());
            if attempts >= ATTEMPTS || wait > LONGEST_WAIT {
                return Ok(response);
            }
            tokio::time::sleep(wait).await;
            attempts += 1;
        }
    }

    async fn send_once(
        &self,
        mut request: http::Request<Bytes>,
        route: &Route<'_>,
        redactor: &Redactor,
    ) -> Result<HttpResponse, NoResponse> {
        request.extensions_mut().insert(SafeToRepeat);
        let transport = self.transport(route).map_err(|error| NoResponse {
            silent: false,
            error: CredentialsError::new(format!("no request to {} can be made: {error}", route.endpoint)),
        })?;
        let deadline = Instant::now() + route.timeout;
        let sending = transport.send(request, deadline);
        let outcome = tokio::time::timeout_at(deadline.into(), sending).await;
        let response = outcome
            .unwrap_or_else(|_| Err(TransportError::timed_out()))
            .map_err(|error| no_answer(error, route, redactor))?;
        let status = response.status().as_u16();
        let Hints { date, retry_after, .. } = Hints::read(response.headers());
        let response = HttpResponse { status, date, retry_after, body: response.into_body() };
        if response.body.len() > LARGEST_RESPONSE {
            return Err(NoResponse {
                silent: false,
                error: CredentialsError::new(format!(
                    "{} answered with more than {LARGEST_RESPONSE} bytes, which is too much for credentials",
                    route.endpoint
                )),
            });
        }
        Ok(response)
    }

    fn transport(&self, route: &Route<'_>) -> Result<Arc<dyn Transport>, ConfigError> {
        if let Some(transport) = &self.0.given {
            return Ok(Arc::clone(transport));
        }
        let mut made = self.0.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made.iter().find(|made| made.endpoint == *route.endpoint && made.direct == route.direct);
        if let Some(known) = known {
            return Ok(Arc::clone(&known.transport));
        }
        let transport: Arc<dyn Transport> = Arc::new(Http1Transport::build(&TransportSettings {
            endpoint: route.endpoint,
            proxy: if route.direct { &ProxyChoice::Never } else { &self.0.proxy },
            connect_timeout: route.connect_timeout,
            idle: IdleLimits::default(),
            #[cfg(feature = "tls-no-provider")]
            tls: &self.0.tls,
        })?);
        made.push(Made {
            endpoint: route.endpoint.clone(),
            direct: route.direct,
            transport: Arc::clone(&transport),
        });
        Ok(transport)
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("given", &self.0.given).finish_non_exhaustive()
    }
}

fn no_answer(error: TransportError, route: &Route<'_>, redactor: &Redactor) -> NoResponse {
    let what = error.to_string();
    let parts = error.into_parts();
    let silent = parts.partial.is_none();
    let source = parts.source.map(|source| scrub(source, redactor));
    let cause = Cause(source.as_deref().map(|source| source as _));
    let error = CredentialsError::new(format!("{}: {what}{cause}", route.endpoint));
    NoResponse { silent, error: source.into_iter().fold(error, CredentialsError::with_source) }
}

impl From<NoResponse> for CredentialsError {
    fn from(failed: NoResponse) -> Self {
        failed.error
    }
}

/// A response whose body is wiped when it is dropped. No `Debug`: it holds secrets.
pub(super) struct HttpResponse {
    pub(super) status: u16,
    /// The time by the service's clock.
    date: Option<SystemTime>,
    /// How long the service asks to wait.
    retry_after: Option<Duration>,
    body: Bytes,
}

impl HttpResponse {
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }

    /// Parses the body as JSON; an error if the service refused.
    pub(super) fn json(&self, endpoint: &Endpoint, redactor: &Redactor) -> Result<Json, CredentialsError> {
        let parsed = Json::parse(&self.body);
        if !(200..300).contains(&self.status) {
            return Err(self.refusal(endpoint, parsed.as_ref().ok(), redactor));
        }
        let json = parsed.map_err(|error| {
            CredentialsError::new(format!("the response of {endpoint} (HTTP {}) {error}", self.status))
        })?;
        match json.text("Code") {
            None | Some("Success" | "OK" | "200") => Ok(json),
            Some(_) => Err(self.refusal(endpoint, Some(&json), redactor)),
        }
    }

    /// Returns whether this request came too fast; `None` if a retry cannot help.
    fn passing_trouble(&self) -> Option<bool> {
        if self.status == 200 {
            return None;
        }
        let json = Json::parse(&self.body).ok();
        let code = self.told(json.as_ref()).and_then(|told| told.code).unwrap_or_default();
        let throttled = self.status == 429 || is_throttling(&code);
        (throttled || self.status >= 500).then_some(throttled)
    }

    /// Returns the service's time, if it refused the request for its time.
    pub(super) fn right_time(&self) -> Option<SystemTime> {
        let json = Json::parse(&self.body).ok();
        let code = self.told(json.as_ref())?.code?;
        self.date.filter(|_| is_about_the_time(&code))
    }

    fn told(&self, json: Option<&Json>) -> Option<Told> {
        json.map(Told::from_json).filter(Told::says_something).or_else(|| Told::from_xml(&self.body))
    }

    /// Builds the error of a refusal: code, message and request id, if the service gave them, and nothing else of the
    /// body.
    fn refusal(&self, endpoint: &Endpoint, json: Option<&Json>, redactor: &Redactor) -> CredentialsError {
        let status = self.status;
        let text = match self.told(json) {
            _ if (300..400).contains(&status) => {
                format!("{endpoint} answered with a redirection (HTTP {status}), which is not followed")
            }
            Some(Told { code, message, request_id }) => {
                let show = |text: &str| redacted_line(text, redactor);
                let code = code.as_deref().map_or_else(|| "no code".to_owned(), show);
                let message = message.as_deref().map(|text| format!(": {}", show(text))).unwrap_or_default();
                let id =
                    request_id.as_deref().map(|id| format!(", request id {}", show(id))).unwrap_or_default();
                format!("{endpoint} refused with {code}{message} (HTTP {status}{id})")
            }
            None => format!("{endpoint} answered with HTTP {status} and no error code"),
        };
        CredentialsError::new(text)
    }
}

impl Drop for HttpResponse {
    fn drop(&mut self) {
        if let Ok(mut bytes) = std::mem::take(&mut self.body).try_into_mut() {
            bytes.as_mut().zeroize();
        }
    }
}

/// The parts of a refusal that may be shown.
struct Told {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

impl Told {
    fn from_json(json: &Json) -> Self {
        let text = |name| json.text(name).map(str::to_owned);
        Self { code: text("Code"), message: text("Message"), request_id: text("RequestId") }
    }

    /// Reads a refusal in XML, which gateways send even if JSON was requested.
    fn from_xml(body: &[u8]) -> Option<Self> {
        use crate::wire::decode::{Format, decode};

        let envelope = decode::<()>(Format::Xml, body).ok()?.envelope;
        let told = Self { code: envelope.code, message: envelope.message, request_id: envelope.request_id };
        told.says_something().then_some(told)
    }

    fn says_something(&self) -> bool {
        self.code.is_some() || self.message.is_some()
    }
}

/// Makes a service's text fit for an error: short, on one line, with sensitive values replaced.
fn redacted_line(text: &str, redactor: &Redactor) -> String {
    let text = redactor.redact(text);
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    let mut out: String = text.chars().take(SHOWN).map(plain).collect();
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{Endpoint, HttpResponse, Redactor};

    #[test]
    fn a_refusal_in_xml_is_told_by_code_and_message_without_secrets() {
        let body = "<?xml version='1.0'?><Error><RequestId>R-9</RequestId><Code>Throttling</Code>\
                    <Message>Slow down, hush-token</Message></Error>";
        let response = HttpResponse {
            status: 400,
            date: None,
            retry_after: None,
            body: Bytes::from_static(body.as_bytes()),
        };
        let endpoint = Endpoint::parse("sts.aliyuncs.com", None).unwrap();
        let error = response.json(&endpoint, &Redactor::new(["hush-token"])).err().unwrap();
        assert_eq!(
            error.to_string(),
            "https://sts.aliyuncs.com refused with Throttling: Slow down, [redacted] (HTTP 400, request id R-9)"
        );
    }
}
