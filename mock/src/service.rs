//! Turns a received request into its response, without a socket: reads, authenticates, validates, carries out, records.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};
use tokio::sync::Notify;

use super::answer::{self, Facts, Fill};
use super::authenticate::Authenticator;
use super::canned::CannedResponse;
use super::fault::Fault;
use super::order::{OrderError, Orders};
use super::record::{ReceivedRequest, Record};
use super::refusal::Refusal;
use super::request::{self, Request};
use super::rules::{Rule, State};
use super::shape;
use super::typing::Typing;
use super::validate::{Parameters, validate};
use super::world::{Call, Outcome, World};
use acs_runtime::description::OperationDescription;
use acs_runtime::response::Format;
use acs_runtime::sign::Clock;

/// 9999-12-31T23:59:59Z, beyond which HTTP cannot write a date.
const LAST_SECOND: Duration = Duration::from_secs(253_402_300_799);

/// Everything that an endpoint keeps between requests.
pub(super) struct Service<W> {
    operations: Vec<Served>,
    rules: &'static [Rule],
    fills: &'static [Fill],
    typing: Typing,
    clock: Arc<dyn Clock>,
    authenticator: Authenticator,
    state: Mutex<State>,
    world: Option<W>,
    record: Mutex<Record>,
    faults: Mutex<Orders<Fault>>,
    responses: Mutex<Orders<CannedResponse>>,
    /// Notified after every record.
    arrival: Notify,
    serial: AtomicU64,
}

/// An operation and the sample from which its responses are made.
struct Served {
    description: &'static OperationDescription,
    sample: Map<String, Value>,
}

/// The response to a request, and how long to wait before it is sent.
pub(super) struct Reply {
    /// `None` means that the connection is closed.
    pub(super) response: Option<Response<Bytes>>,
    pub(super) delay: Duration,
}

impl From<Response<Bytes>> for Reply {
    fn from(response: Response<Bytes>) -> Self {
        Self { response: Some(response), delay: Duration::ZERO }
    }
}

/// The parts of a service.
pub(super) struct Setup<W> {
    pub(super) operations: Vec<&'static OperationDescription>,
    pub(super) rules: &'static [Rule],
    pub(super) fills: &'static [Fill],
    pub(super) typing: Typing,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) authenticator: Authenticator,
    pub(super) state: State,
    pub(super) world: Option<W>,
}

impl<W: World> Service<W> {
    pub(super) fn new(setup: Setup<W>) -> Self {
        let Setup { operations, rules, fills, typing, clock, authenticator, state, world } = setup;
        let serve = |description| Served { description, sample: answer::sample(description, typing) };
        Self {
            operations: operations.into_iter().map(serve).collect(),
            rules,
            fills,
            typing,
            clock,
            authenticator,
            state: Mutex::new(state),
            world,
            record: Mutex::default(),
            faults: Mutex::new(Orders::new()),
            responses: Mutex::new(Orders::new()),
            arrival: Notify::new(),
            // Seventeen digits, as in the documented samples, and different at each start.
            serial: AtomicU64::new(10_000_000_000_000_000 + random() % 80_000_000_000_000_000),
        }
    }

    /// Answers a request whose body arrived completely.
    pub(super) fn answer(&self, parts: &Parts, body: &[u8]) -> Reply {
        let request = match Request::read(parts, body) {
            Ok(request) => request,
            Err(refusal) => return self.refuse(&parts.headers, &refusal).into(),
        };
        let fault = self.faults().next(request.action());
        let now = self.clock.now();
        let request_id = request_id();
        let format = request.format();
        let host = request::host(&parts.headers);
        let parameters: Parameters = request
            .own_parameters()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<BTreeMap<_, _>>();
        let outcome = self.find(&request).and_then(|served| {
            if fault.is_some_and(|fault| !fault.acts()) {
                // With `Fault::Close` nobody reads this refusal.
                return Err(Refusal::throttled());
            }
            self.authenticator.check(&request)?;
            validate(served.description, &parameters)?;
            self.carry_out(served, &parameters, &request_id, now)
        });
        let (status, mut code, value, root) = match outcome {
            Ok((value, root)) => (200, None, value, root),
            Err(refusal) => {
                let product = self.product();
                let value = answer::failure(&refusal, product, host, &request_id, self.typing);
                (refusal.status, Some(refusal.code), value, "Error".to_owned())
            }
        };
        let mut reply = Reply::from(response(status, &value, format, &root, &request_id, now));
        if let Some(fault) = fault {
            spoil(&mut reply, fault);
        }
        let sent = reply.response.as_ref().map_or(0, |response| response.status().as_u16());
        code.take_if(|_| fault.is_some_and(Fault::hides_the_response));
        self.record().push(ReceivedRequest {
            method: parts.method.to_string(),
            signature_scheme: request.signature_scheme(),
            action: request.action().unwrap_or_default().to_owned(),
            version: request.version().unwrap_or_default().to_owned(),
            parameters,
            request_id: request_id.clone(),
            status: sent,
            code,
        });
        self.arrival.notify_waiters();
        reply
    }

    /// Answers a request that cannot be read.
    pub(super) fn refuse(&self, headers: &HeaderMap, refusal: &Refusal) -> Response<Bytes> {
        let request_id = request_id();
        let format = request::format_by_headers(headers);
        let value =
            answer::failure(refusal, self.product(), request::host(headers), &request_id, self.typing);
        response(refusal.status, &value, format, "Error", &request_id, self.clock.now())
    }

    pub(super) fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn faults(&self) -> MutexGuard<'_, Orders<Fault>> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn responses(&self) -> MutexGuard<'_, Orders<CannedResponse>> {
        self.responses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn world(&self) -> Option<&W> {
        self.world.as_ref()
    }

    /// Orders a fault for one operation, or for all if none is named.
    pub(super) fn inject(&self, operation: Option<&str>, fault: Fault, count: u64) -> Result<(), OrderError> {
        operation.map_or(Ok(()), |name| self.check_name(name))?;
        self.faults().add(operation, fault, count);
        Ok(())
    }

    /// Sets a response of an operation.
    pub(super) fn respond(
        &self,
        operation: &str,
        response: CannedResponse,
        count: u64,
    ) -> Result<(), OrderError> {
        self.check_name(operation)?;
        response.check()?;
        self.responses().add(Some(operation), response, count);
        Ok(())
    }

    /// Refuses the name of an operation that is not served.
    pub(super) fn check_name(&self, operation: &str) -> Result<(), OrderError> {
        if self.operations.iter().any(|served| served.description.action == operation) {
            return Ok(());
        }
        let known = self.operations.first().map_or("none", |served| served.description.action);
        Err(OrderError(format!(
            "this endpoint has no operation `{operation}`: write its name as its page does, such as `{known}`"
        )))
    }

    /// Waits until the record has enough.
    pub(super) async fn recorded(&self, enough: impl Fn(&Record) -> bool) {
        loop {
            // Registers before it reads the record, so that no arrival in between is missed.
            let mut arrival = pin!(self.arrival.notified());
            arrival.as_mut().enable();
            if enough(&self.record()) {
                return;
            }
            arrival.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn product(&self) -> &'static str {
        self.operations.first().map_or("", |served| served.description.product)
    }

    fn find(&self, request: &Request<'_>) -> Result<&Served, Refusal> {
        let action = request.action().ok_or_else(|| Refusal::missing("Action", "Action"))?;
        let version = request.version().ok_or_else(|| Refusal::missing("Version", "Version"))?;
        let mut of_version =
            self.operations.iter().filter(|served| served.description.version == version).peekable();
        if of_version.peek().is_none() {
            return Err(Refusal::unknown_version());
        }
        of_version.find(|served| served.description.action == action).ok_or_else(Refusal::unknown_action)
    }

    /// Responds with what the test set, else as the world does, else by the page.
    fn carry_out(
        &self,
        served: &Served,
        parameters: &Parameters,
        request_id: &str,
        now: SystemTime,
    ) -> Result<(Value, String), Refusal> {
        let operation = served.description;
        let by_page = || self.by_page(served, parameters, request_id, now);
        let canned = self.responses().next(Some(operation.action));
        let value = match (canned, &self.world) {
            (Some(canned), _) => canned.respond(operation, by_page)?,
            (None, Some(world)) => match world.answer(&Call { operation, parameters }) {
                Outcome::Done(fields) => shape::shaped(operation, fields, request_id),
                Outcome::Refused(refused) => return Err(Refusal::of_world(operation, refused)),
                Outcome::ByPage => by_page(),
            },
            (None, None) => {
                self.state().judge(self.rules, operation, parameters)?;
                by_page()
            }
        };
        Ok((value, format!("{}Response", operation.action)))
    }

    fn by_page(&self, served: &Served, parameters: &Parameters, request_id: &str, now: SystemTime) -> Value {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed).to_string();
        let millis = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis()).to_string();
        let facts = Facts { request_id, serial: &serial, millis: &millis };
        answer::success(served.sample.clone(), self.fills, parameters, &facts)
    }
}

/// Applies a fault to a reply.
fn spoil(reply: &mut Reply, fault: Fault) {
    match fault {
        Fault::Throttle => {}
        Fault::ThrottleFor(wait) => {
            if let Some(response) = &mut reply.response
                && let Ok(millis) = HeaderValue::from_str(&wait.as_millis().to_string())
            {
                response.headers_mut().insert("x-acs-retry-after", millis);
            }
        }
        Fault::Delay(delay) => reply.delay = delay,
        Fault::LoseResponse | Fault::Close => reply.response = None,
        Fault::Status(status) => {
            let page = format!("<html><body><h1>{status}</h1></body></html>");
            let mut response = Response::new(Bytes::from(page));
            *response.status_mut() = status;
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            reply.response = Some(response);
        }
        Fault::Nonsense => reply.response = Some(Response::new(Bytes::from_static(b"{\"Code\":\"O"))),
    }
}

fn response(
    status: u16,
    value: &Value,
    format: Format,
    root: &str,
    request_id: &str,
    now: SystemTime,
) -> Response<Bytes> {
    let (text, media) = answer::write(value, format, root);
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert("x-acs-request-id", id);
    }
    // By the endpoint's clock, not the machine's: a client may compare its own clock with it.
    let date = now.clamp(UNIX_EPOCH, UNIX_EPOCH + LAST_SECOND);
    if let Ok(date) = HeaderValue::from_str(&httpdate::fmt_http_date(date)) {
        headers.insert(DATE, date);
    }
    response
}

/// A random UUID in the service's spelling, upper case.
fn request_id() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08X}-{:04X}-4{:03X}-{:04X}-{:012X}",
        high >> 32,
        high >> 16 & 0xFFFF,
        high & 0x0FFF,
        low >> 48 & 0x3FFF | 0x8000,
        low & 0xFFFF_FFFF_FFFF,
    )
}

fn random() -> u64 {
    // Ids need not be secret. Should the system give no random numbers, they still differ within the process.
    static SPARE: AtomicU64 = AtomicU64::new(0);
    getrandom::u64().unwrap_or_else(|_| SPARE.fetch_add(1, Ordering::Relaxed))
}
