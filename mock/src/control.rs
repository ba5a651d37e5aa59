//! Requests under `/control/`, by which tests in other languages drive the endpoint over HTTP.

mod input;

use std::net::SocketAddr;

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Method, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::guard;
use super::order::OrderError;
use super::record::ReceivedRequest;
use super::refusal::Refusal;
use super::request::pairs;
use super::service::Service;
use super::world::World;
use acs_runtime::sign::SignatureScheme;
use input::{FaultOrder, ResponseOrder};

const FAULT: &str = r#"{"fault": "throttle", "count": 2}"#;
const RESPONSE: &str = r#"{"operation": "…", "fields": {"Data": null}}"#;

/// Answers a request under `/control/`, always in JSON; `own` is the endpoint's address.
pub(super) fn answer<W: World>(
    service: &Service<W>,
    own: SocketAddr,
    parts: &Parts,
    body: Result<Bytes, Refusal>,
) -> Response<Bytes> {
    let outcome = guard::check(&parts.headers, own)
        .map_err(|text| Failure { status: StatusCode::FORBIDDEN, text, allow: None })
        .and_then(|()| body.map_err(Failure::from))
        .and_then(|body| carry_out(service, parts, &body));
    let (status, value, allow) = match outcome {
        Ok(value) => (StatusCode::OK, value, None),
        Err(Failure { status, text, allow }) => {
            (status, json!({ "error": format!("{}: {text}", parts.uri.path()) }), allow)
        }
    };
    let mut response = Response::new(Bytes::from(value.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=utf-8"));
    if let Some(methods) = allow {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
    }
    response
}

fn carry_out<W: World>(service: &Service<W>, parts: &Parts, body: &[u8]) -> Result<Value, Failure> {
    let place = parts.uri.path().strip_prefix("/control/").unwrap_or_default();
    if let Some(command) = place.strip_prefix("world/") {
        return match parts.method {
            Method::POST => command_world(service, command, body),
            _ => Err(Failure::method("POST")),
        };
    }
    match (place, &parts.method) {
        ("requests", &Method::GET) => requests(service, parts.uri.query().unwrap_or_default()),
        ("requests", _) => Err(Failure::method("GET")),
        ("faults", &Method::POST) => {
            let order: FaultOrder = read(body, FAULT)?;
            service.inject(order.operation.as_deref(), order.fault()?, order.count)?;
            Ok(json!({}))
        }
        ("faults", &Method::DELETE) => {
            service.faults().clear();
            Ok(json!({}))
        }
        ("responses", &Method::POST) => {
            let order: ResponseOrder = read(body, RESPONSE)?;
            service.respond(&order.operation, order.response()?, order.count)?;
            Ok(json!({}))
        }
        ("responses", &Method::DELETE) => {
            service.responses().clear();
            Ok(json!({}))
        }
        ("faults" | "responses", _) => Err(Failure::method("POST, DELETE")),
        _ => Err(Failure::not_found(
            "there is nothing at this path: use /control/requests, /control/faults, /control/responses or \
             /control/world/<command>",
        )),
    }
}

/// Lists the requests received; only those of one operation, if the query names it.
fn requests<W: World>(service: &Service<W>, query: &str) -> Result<Value, Failure> {
    let query = pairs(query)?;
    let requests = match query.as_slice() {
        [] => service.record().latest(),
        [(name, operation)] if name == "operation" => {
            service.check_name(operation)?;
            service.record().of_operation(operation).cloned().collect()
        }
        _ => return Err("the only query allowed is `?operation=…`".to_owned().into()),
    };
    let requests: Vec<Value> = requests.iter().map(to_json).collect();
    Ok(json!({ "requests": requests, "total": service.record().total() }))
}

fn to_json(request: &ReceivedRequest) -> Value {
    json!({
        "operation": request.action(),
        "version": request.version(),
        "method": request.method(),
        "signature_scheme": match request.signature_scheme() {
            SignatureScheme::V1 => "v1",
            _ => "acs3",
        },
        "parameters": request.parameters(),
        "request_id": request.request_id(),
        "status": request.status(),
        "error_code": request.error_code(),
    })
}

fn command_world<W: World>(service: &Service<W>, command: &str, body: &[u8]) -> Result<Value, Failure> {
    let world = service.world().ok_or_else(|| {
        Failure::not_found(
            "this endpoint has no world: start it with `--world`, or in Rust with `MockEndpoint::builder().world(…)`",
        )
    })?;
    let input = if body.is_empty() { json!({}) } else { read(body, "{}")? };
    Ok(world.control(command, &input)?)
}

fn read<T: DeserializeOwned>(body: &[u8], example: &str) -> Result<T, Failure> {
    serde_json::from_slice(body)
        .map_err(|error| format!("cannot read the body: {error}; send JSON such as {example}").into())
}

/// Why a request is not carried out.
struct Failure {
    status: StatusCode,
    text: String,
    /// The methods that are allowed, if another was used.
    allow: Option<&'static str>,
}

impl Failure {
    fn not_found(text: &str) -> Self {
        Self { status: StatusCode::NOT_FOUND, text: text.to_owned(), allow: None }
    }

    fn method(allowed: &'static str) -> Self {
        let text = format!("the method is not allowed: use {allowed}");
        Self { status: StatusCode::METHOD_NOT_ALLOWED, text, allow: Some(allowed) }
    }
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, text, allow: None }
    }
}

impl From<OrderError> for Failure {
    fn from(OrderError(text): OrderError) -> Self {
        text.into()
    }
}

impl From<Refusal> for Failure {
    fn from(Refusal { status, message, .. }: Refusal) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self { status, text: message, allow: None }
    }
}

#[cfg(test)]
mod tests;
