//! Turns a received request into its response, without a socket: reads, authenticates, validates, carries out, records.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE};
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};
use tokio::sync::Notify;

use super::answer::{self, Facts, Fill};
use super::authenticate::Authenticator;
use super::canned::CannedResponse;
use super::console::Console;
use super::fault::Fault;
use super::order::{OrderError, Orders};
use super::record::{ReceivedRequest, Record};
use super::refusal::Refusal;
use super::request::{self, Request};
use super::rules::{Rule, State};
use super::shape;
use super::stage::{Rejected, Stage};
use super::typing::Typing;
use super::validate::{Parameters, validate};
use super::world::{Call, Outcome, World};
use acs_runtime::description::OperationDescription;
use acs_runtime::response::Format;
use acs_runtime::sign::Clock;

/// 9999-12-31T23:59:59Z, the latest date that HTTP can write.
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
    console: Option<Console>,
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
    /// Its number in the console's log, if there is a console.
    pub(super) entry: Option<u64>,
}

impl From<Response<Bytes>> for Reply {
    fn from(response: Response<Bytes>) -> Self {
        Self { response: Some(response), delay: Duration::ZERO, entry: None }
    }
}

/// The response to a request, before a fault spoils it, and the stage that decided.
pub(super) struct Decision {
    pub(super) stage: Stage,
    /// None if the request was carried out.
    pub(super) refusal: Option<Refusal>,
    pub(super) value: Value,
    /// The name of the root element in XML.
    pub(super) root: String,
}

/// A request and its outcome, for the console.
pub(super) struct Exchange<'a> {
    pub(super) now: SystemTime,
    pub(super) parts: &'a Parts,
    pub(super) body: &'a [u8],
    /// None if it cannot be read.
    pub(super) request: Option<&'a Request<'a>>,
    /// None if it names no operation that is served.
    pub(super) operation: Option<&'static OperationDescription>,
    pub(super) decision: &'a Decision,
    pub(super) fault: Option<Fault>,
    pub(super) reply: &'a Reply,
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
    pub(super) console: Option<Console>,
}

impl<W: World> Service<W> {
    pub(super) fn new(setup: Setup<W>) -> Self {
        let Setup { operations, rules, fills, typing, clock, authenticator, state, world, console } = setup;
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
            console,
            record: Mutex::default(),
            faults: Mutex::new(Orders::new()),
            responses: Mutex::new(Orders::new()),
            arrival: Notify::new(),
            // Seventeen digits, as in the documented samples, and different at each start.
            serial: AtomicU64::new(10_000_000_000_000_000 + random() % 80_000_000_000_000_000),
        }
    }

    /// Responds to a request whose body arrived completely.
    pub(super) fn answer(&self, parts: &Parts, body: &[u8]) -> Reply {
        let request = match Request::read(parts, body) {
            Ok(request) => request,
            Err(refusal) => return self.refuse(parts, body, refusal),
        };
        let fault = self.faults().next(request.action());
        let now = self.clock.now();
        let request_id = request_id();
        let format = request.format();
        let parameters: Parameters = request
            .own_parameters()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect::<BTreeMap<_, _>>();
        let outcome = self.find(&request).and_then(|served| {
            if fault.is_some_and(|fault| !fault.acts()) {
                // With `Fault::Close` nobody reads this refusal.
                return Err(Refusal::throttled().at(Stage::Fault));
            }
            self.authenticator.check(&request)?;
            validate(served.description, &parameters).map_err(|refusal| refusal.at(Stage::Parameters))?;
            self.carry_out(served, &parameters, &request_id, now)
        });
        let decision = self.decision(parts, outcome, &request_id);
        let mut reply = Reply::from(response(&decision, format, &request_id, now));
        if let Some(fault) = fault {
            spoil(&mut reply, fault);
        }
        if let Some(console) = &self.console {
            let exchange = Exchange {
                now,
                parts,
                body,
                request: Some(&request),
                operation: request.action().and_then(|action| self.described(action)),
                decision: &decision,
                fault,
                reply: &reply,
            };
            reply.entry = Some(console.record(&self.authenticator, &exchange));
        }
        let hidden = fault.is_some_and(Fault::hides_the_response);
        self.record().push(ReceivedRequest {
            method: parts.method.to_string(),
            signature_scheme: request.signature_scheme(),
            action: request.action().unwrap_or_default().to_owned(),
            version: request.version().unwrap_or_default().to_owned(),
            parameters,
            request_id,
            status: reply.response.as_ref().map_or(0, |response| response.status().as_u16()),
            code: decision.refusal.map(|refusal| refusal.code).filter(|_| !hidden),
        });
        self.arrival.notify_waiters();
        reply
    }

    /// Responds to a request that cannot be read. `body` is the part of its body that arrived.
    pub(super) fn refuse(&self, parts: &Parts, body: &[u8], refusal: Refusal) -> Reply {
        let now = self.clock.now();
        let request_id = request_id();
        let decision = self.decision(parts, Err(refusal.at(Stage::Reading)), &request_id);
        let format = request::format_by_headers(&parts.headers);
        let mut reply = Reply::from(response(&decision, format, &request_id, now));
        if let Some(console) = &self.console {
            let exchange = Exchange {
                now,
                parts,
                body,
                request: None,
                operation: None,
                decision: &decision,
                fault: None,
                reply: &reply,
            };
            reply.entry = Some(console.record(&self.authenticator, &exchange));
        }
        reply
    }

    fn decision(&self, parts: &Parts, outcome: Result<Decision, Rejected>, request_id: &str) -> Decision {
        outcome.unwrap_or_else(|Rejected { stage, refusal }| {
            let host = request::host(&parts.headers);
            let value = answer::failure(&refusal, self.product(), host, request_id, self.typing);
            Decision { stage, refusal: Some(refusal), value, root: "Error".to_owned() }
        })
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

    pub(super) fn console(&self) -> Option<&Console> {
        self.console.as_ref()
    }

    pub(super) fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// Returns id and secret of an access key that needs no token.
    pub(super) fn own_key(&self) -> Option<(&str, &str)> {
        self.authenticator.own_key()
    }

    /// Returns all secrets of the endpoint: those of access keys, security tokens and bearer tokens.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.authenticator.secrets()
    }

    /// Returns the description of an operation by its name.
    pub(super) fn described(&self, operation: &str) -> Option<&'static OperationDescription> {
        self.descriptions().find(|description| description.action == operation)
    }

    /// Returns the descriptions of all operations that are served.
    pub(super) fn descriptions(&self) -> impl Iterator<Item = &'static OperationDescription> {
        self.operations.iter().map(|served| served.description)
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

    /// Waits until `enough` accepts the record.
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

    fn find(&self, request: &Request<'_>) -> Result<&Served, Rejected> {
        self.named(request).map_err(|refusal| refusal.at(Stage::Operation))
    }

    fn named(&self, request: &Request<'_>) -> Result<&Served, Refusal> {
        let action = request.action().ok_or_else(|| Refusal::missing("Action", "Action"))?;
        let version = request.version().ok_or_else(|| Refusal::missing("Version", "Version"))?;
        let mut of_version =
            self.operations.iter().filter(|served| served.description.version == version).peekable();
        if of_version.peek().is_none() {
            return Err(Refusal::unknown_version());
        }
        of_version.find(|served| served.description.action == action).ok_or_else(Refusal::unknown_action)
    }

    /// Decides the response: the one that the test set, or else the world's, or else the page's.
    fn carry_out(
        &self,
        served: &Served,
        parameters: &Parameters,
        request_id: &str,
        now: SystemTime,
    ) -> Result<Decision, Rejected> {
        let operation = served.description;
        let by_page = || self.by_page(served, parameters, request_id, now);
        let canned = self.responses().next(Some(operation.action));
        let (stage, value) = match (canned, &self.world) {
            (Some(canned), _) => {
                let value =
                    canned.respond(operation, by_page).map_err(|refusal| refusal.at(Stage::Canned))?;
                (Stage::Canned, value)
            }
            (None, Some(world)) => match world.answer(&Call { operation, parameters }) {
                Outcome::Done(fields) => (Stage::World, shape::shaped(operation, fields, request_id)),
                Outcome::Refused(refused) => {
                    return Err(Refusal::of_world(operation, refused).at(Stage::World));
                }
                Outcome::ByPage => (Stage::Page, by_page()),
            },
            (None, None) => {
                let judged = self.state().judge(self.rules, operation, parameters);
                judged.map_err(|refusal| refusal.at(Stage::Rule))?;
                (Stage::Page, by_page())
            }
        };
        Ok(Decision { stage, refusal: None, value, root: format!("{}Response", operation.action) })
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

fn response(decision: &Decision, format: Format, request_id: &str, now: SystemTime) -> Response<Bytes> {
    let status = decision.refusal.as_ref().map_or(200, |refusal| refusal.status);
    let (text, media) = answer::write(&decision.value, format, &decision.root);
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

/// Returns a random UUID in upper case, as the service writes it.
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
    // Ids need not be secret. If the system has no random numbers, they still differ within the process.
    static SPARE: AtomicU64 = AtomicU64::new(0);
    getrandom::u64().unwrap_or_else(|_| SPARE.fetch_add(1, Ordering::Relaxed))
}
