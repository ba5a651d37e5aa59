//! Which part of the endpoint answers a request: the first segment of its path says it.

use std::net::SocketAddr;

use bytes::Bytes;
use http::request::Parts;

use super::console;
use super::control;
use super::refusal::Refusal;
use super::service::{Reply, Service};
use super::world::World;

/// Answers a request, whose body arrived or did not; `own` is the address it arrived at.
pub(super) fn answer<W: World>(
    service: &Service<W>,
    own: SocketAddr,
    parts: &Parts,
    body: Result<Bytes, Refusal>,
) -> Reply {
    match parts.uri.path().split('/').nth(1) {
        Some("control") => control::answer(service, own, parts, body).into(),
        Some("console") => console::answer(service, own, parts, body),
        // The API, at `/` alone; it refuses other paths itself.
        _ => match body {
            Ok(body) => service.answer(parts, &body),
            Err(refusal) => service.refuse(parts, &[], refusal),
        },
    }
}
