//! Accepts connections on loopback, and limits what each may cost.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::refusal::Refusal;
use super::routes;
use super::service::{Reply, Service};
use super::world::World;

/// Limits for clients.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Connections that are open at the same time; further ones wait until one closes.
    pub(super) connections: usize,
    /// Time until a request's head must be complete. It also limits how long a connection may be idle.
    pub(super) head_time: Duration,
    /// Time until a request's body must be complete.
    pub(super) body_time: Duration,
    /// Bytes of a head, and of the buffer that it is read into.
    pub(super) head: usize,
    /// Headers of a request.
    pub(super) headers: usize,
    /// Bytes of a body.
    pub(super) body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 16_384,
            head_time: Duration::from_secs(30),
            body_time: Duration::from_secs(10),
            head: 64 << 10,
            headers: 64,
            body: 256 << 10,
        }
    }
}

/// Serves until its task is aborted, which closes every connection. `own` is the address that it listens on.
pub(super) async fn serve<W: World>(
    listener: TcpListener,
    own: SocketAddr,
    service: Arc<Service<W>>,
    limits: Limits,
) {
    let permits = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    while let Ok(permit) = Arc::clone(&permits).acquire_owned().await {
        let stream = accept(&listener).await;
        let service = Arc::clone(&service);
        connections.spawn(async move {
            converse(stream, own, service, limits).await;
            drop(permit);
        });
        while connections.try_join_next().is_some() {}
    }
}

/// Waits for the next connection. An error means that a connection is closed already, or that the system lacks a resource.
/// Both are temporary.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn converse<W: World>(stream: TcpStream, own: SocketAddr, service: Arc<Service<W>>, limits: Limits) {
    // Responses are small and written at once; waiting for more data would only delay them.
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |request| answer(request, own, Arc::clone(&service), limits));
    // An error here means that the client broke off or did not speak HTTP. hyper has sent it a response if possible.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_headers(limits.headers)
        .max_buf_size(limits.head)
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

/// The error that makes hyper close a connection without a response.
#[derive(Debug)]
struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed because a fault was ordered")
    }
}

impl std::error::Error for Closed {}

async fn answer<W: World>(
    request: http::Request<Incoming>,
    own: SocketAddr,
    service: Arc<Service<W>>,
    limits: Limits,
) -> Result<http::Response<Full<Bytes>>, Closed> {
    let (parts, body) = request.into_parts();
    let collected = timeout(limits.body_time, Limited::new(body, limits.body).collect()).await;
    let body = match collected {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refusal::too_large(limits.body)),
        Ok(Err(_)) => Err(Refusal::unreadable("its body is incomplete")),
        Err(_) => Err(Refusal::too_slow()),
    };
    let reply: Reply = routes::answer(&service, own, &parts, body);
    if !reply.delay.is_zero() {
        sleep(reply.delay).await;
    }
    reply.response.map(|response| response.map(Full::new)).ok_or(Closed)
}

#[cfg(test)]
mod tests;
