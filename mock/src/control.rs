//! Requests under `/control/`, with which tests in other languages control the endpoint over HTTP.

mod input;

use std::net::SocketAddr;

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Response};
use serde_json::{Value, json};

use super::failure::{self, Failure};
use super::guard;
use super::record::ReceivedRequest;
use super::refusal::Refusal;
use super::request::pairs;
use super::service::Service;
use super::world::World;
use acs_runtime::sign::SignatureScheme;
use input::{FaultOrder, ResponseOrder};

const FAULT: &str = r#"{"fault": "throttle", "count": 2}"#;
const RESPONSE: &str = r#"{"operation": "…", "fields": {"Data": null}}"#;

/// Responds to a request under `/control/`, always in JSON; `own` is the endpoint's address.
pub(super) fn answer<W: World>(
    service: &Service<W>,
    own: SocketAddr,
    parts: &Parts,
    body: Result<Bytes, Refusal>,
) -> Response<Bytes> {
    let told = guard::check(&parts.headers, own)
        .map_err(Failure::forbidden)
        .and_then(|()| body.map_err(Failure::from))
        .and_then(|body| carry_out(service, parts, &body));
    match told {
        Ok(value) => failure::json(value.to_string()),
        Err(failure) => failure.response(parts.uri.path()),
    }
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
            let order: FaultOrder = failure::read(body, FAULT)?;
            service.inject(order.operation.as_deref(), order.fault()?, order.count.get())?;
            Ok(json!({}))
        }
        ("faults", &Method::DELETE) => {
            service.faults().clear();
            Ok(json!({}))
        }
        ("responses", &Method::POST) => {
            let order: ResponseOrder = failure::read(body, RESPONSE)?;
            service.respond(&order.operation, order.response()?, order.count.get())?;
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
    let input = if body.is_empty() { json!({}) } else { failure::read(body, "{}")? };
    Ok(world.control(command, &input)?)
}

#[cfg(test)]
mod tests;
