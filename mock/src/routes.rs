//! Routes a request to a part of the endpoint, by the first segment of its path.

use std::net::SocketAddr;

use bytes::Bytes;
use http::request::Parts;

use super::console;
use super::control;
use super::refusal::Refusal;
use super::service::{Reply, Service};
use super::world::World;

/// Responds to a request. `body` is a refusal if it could not be received; `own` is the endpoint's address.
pub(super) fn answer<W: World>(
    service: &Service<W>,
    own: SocketAddr,
    parts: &Parts,
    body: Result<Bytes, Refusal>,
) -> Reply {
    match parts.uri.path().split('/').nth(1) {
        Some("control") => control::answer(service, own, parts, body).into(),
        Some("console") => console::answer(service, own, parts, body),
        // The API is at `/` alone, and refuses other paths itself.
        _ => match body {
            Ok(body) => service.answer(parts, &body),
            Err(refusal) => service.refuse(parts, &[], refusal),
        },
    }
}
