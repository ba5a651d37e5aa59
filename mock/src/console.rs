//! The console: a web page below `/console` that shows what the endpoint received, and lets a person try things.

mod call;
mod entry;
mod files;
mod log;
mod mask;
mod mistakes;
mod operations;
mod secrets;
mod signature;
mod text;
mod why;

use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use acs_runtime::sign::{NonceSource, RandomNonces};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::request::Parts;
use http::{HeaderValue, Method};
use serde_json::{Map, Value, json};

use super::authenticate::Authenticator;
use super::failure::{self, Failure};
use super::guard;
use super::refusal::Refusal;
use super::request::pairs;
use super::service::{Exchange, Reply, Service};
use super::world::World;
use log::Log;

/// Allows scripts, styles and data from the endpoint alone, and nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const OFF: &str = "this endpoint has no console: start it with `MockEndpoint::builder().console()`, or use `cargo xtask \
                   mock`, which always has one";

/// The state of an endpoint's console.
pub(super) struct Console {
    /// The product's name, for the heading.
    title: &'static str,
    /// The product's OpenAPI document.
    openapi: Option<String>,
    /// A random id. If it changes, the page knows that another endpoint has taken the port.
    session: String,
    log: Mutex<Log>,
}

impl Console {
    pub(super) fn new(title: &'static str, openapi: Option<String>) -> Self {
        let session = RandomNonces.nonce().unwrap_or_default();
        Self { title, openapi, session, log: Mutex::default() }
    }

    /// Adds a request to the log; returns its number there.
    pub(super) fn record(&self, authenticator: &Authenticator, exchange: &Exchange<'_>) -> u64 {
        // Written before the log is locked, because a large request takes a while.
        let entry = entry::entry(exchange, authenticator);
        self.log().push(entry)
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Responds to a request for `/console` or a path below it.
pub(super) fn answer<W: World>(
    service: &Service<W>,
    own: SocketAddr,
    parts: &Parts,
    body: Result<Bytes, Refusal>,
) -> Reply {
    let answered = guard::check(&parts.headers, own)
        .map_err(Failure::forbidden)
        .and_then(|()| body.map_err(Failure::from))
        .and_then(|body| {
            let console = service.console().ok_or_else(|| Failure::not_found(OFF))?;
            route(console, service, own, parts, &body)
        });
    let mut reply = answered.unwrap_or_else(|failure| failure.response(parts.uri.path()).into());
    if let Some(response) = &mut reply.response {
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    reply
}

fn route<W: World>(
    console: &Console,
    service: &Service<W>,
    own: SocketAddr,
    parts: &Parts,
    body: &[u8],
) -> Result<Reply, Failure> {
    let place = parts.uri.path().strip_prefix("/console").unwrap_or_default();
    let place = place.strip_prefix('/').unwrap_or(place);
    if place == "call" {
        return match parts.method {
            Method::POST => call::answer(service, own, body),
            _ => Err(Failure::method("POST")),
        };
    }
    if parts.method != Method::GET {
        return Err(Failure::method("GET"));
    }
    let panel = || service.world().and_then(World::panel);
    if let Some(number) = place.strip_prefix("requests/") {
        return request(console, number);
    }
    if let Some(name) = place.strip_prefix("operations/") {
        service.check_name(name)?;
        return Ok(failure::json(
            Value::from(service.described(name).map(operations::described)).to_string(),
        )
        .into());
    }
    match place {
        "operations" => Ok(failure::json(operations::listed(service.descriptions()).to_string()).into()),
        "state" => Ok(failure::json(state(console, service, after(parts)?).to_string()).into()),
        "openapi.json" => match &console.openapi {
            Some(document) => Ok(failure::json(document.clone()).into()),
            None => Err(Failure::not_found(
                "this endpoint has no OpenAPI document: set it with `MockEndpoint::builder().openapi(…)`",
            )),
        },
        "panel.js" => match panel() {
            Some(panel) => Ok(files::script(panel.script).into()),
            None => Err(Failure::not_found("this endpoint has no world with a panel")),
        },
        file => match files::file(file) {
            Some(file) => Ok(file.into()),
            None => Err(Failure::not_found("there is nothing at this path: the console is at /console")),
        },
    }
}

/// Parses the number in `?after=N`; 0 if there is none.
fn after(parts: &Parts) -> Result<u64, Failure> {
    match pairs(parts.uri.query().unwrap_or_default())?.as_slice() {
        [] => Ok(0),
        [(name, number)] if name == "after" && number.parse::<u64>().is_ok() => {
            Ok(number.parse().unwrap_or_default())
        }
        _ => Err("the only query allowed is `?after=N`, with a number".to_owned().into()),
    }
}

/// Returns what the page shows: the entries of the log after a number, the pending faults, and the world.
fn state<W: World>(console: &Console, service: &Service<W>, after: u64) -> Value {
    let world = service.world();
    let faults: Vec<_> = service
        .faults()
        .pending()
        .map(|(operation, fault, left)| json!({"operation": operation, "fault": fault.to_string(), "left": left}))
        .collect();
    let snapshot = world.map(World::snapshot);
    let log = console.log();
    json!({
        "title": console.title,
        "session": console.session,
        "openapi": console.openapi.is_some(),
        "last": log.last(),
        "requests": log.after(after).collect::<Vec<_>>(),
        "faults": faults,
        "panel": world.and_then(World::panel).map(|panel| panel.title),
        "world": snapshot,
    })
}

/// Returns all details of one request.
fn request(console: &Console, number: &str) -> Result<Reply, Failure> {
    let detail = number.parse().ok().and_then(|number| console.log().detail(number));
    detail.map(|detail| failure::json(detail).into()).ok_or_else(|| {
        Failure::not_found("there is no request with this number: only the latest requests are kept")
    })
}

/// Builds a JSON object from its members.
fn members<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
