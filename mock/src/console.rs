//! The console: a web page below `/console` that shows what the endpoint received, and lets a person try things.

mod call;
mod files;

use std::net::SocketAddr;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use http::request::Parts;
use http::{HeaderValue, Method};
use serde_json::{Value, json};

use super::failure::{self, Failure};
use super::guard;
use super::refusal::Refusal;
use super::service::{Reply, Service};
use super::world::World;

/// Scripts, styles and data of the endpoint alone; nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const OFF: &str = "this endpoint has no console: start it with `MockEndpoint::builder().console()`, or use `cargo xtask \
                   mock`, which always has one";

/// What an endpoint with a console knows for it.
pub(super) struct Console {
    /// The product's name, for the heading.
    title: &'static str,
    /// The product as a document of OpenAPI.
    openapi: Option<String>,
}

impl Console {
    pub(super) fn new(title: &'static str, openapi: Option<String>) -> Self {
        Self { title, openapi }
    }
}

/// Answers a request for `/console` or below it.
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
    let panel = service.world().and_then(World::panel);
    match place {
        "state" => Ok(failure::json(&state(console, service)).into()),
        "openapi.json" => console
            .openapi
            .as_ref()
            .map(|document| files::response("application/json;charset=utf-8", document.clone()).into())
            .ok_or_else(|| Failure::not_found("this endpoint was given no document of OpenAPI")),
        "panel.js" => panel
            .map(|panel| files::script(panel.script).into())
            .ok_or_else(|| Failure::not_found("this endpoint has no world with a panel")),
        file => files::file(file)
            .map(Reply::from)
            .ok_or_else(|| Failure::not_found("there is nothing here: the console is at /console")),
    }
}

/// What the page shows: what is new since the entry that the query names, and the world.
fn state<W: World>(console: &Console, service: &Service<W>) -> Value {
    let world = service.world();
    json!({
        "title": console.title,
        "openapi": console.openapi.is_some(),
        "panel": world.and_then(World::panel).map(|panel| panel.title),
        "world": world.map(World::snapshot),
    })
}
