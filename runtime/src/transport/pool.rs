//! Connections that wait for their next request.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;
use tokio::runtime::{Handle, Id};

use crate::transport::socket::Socket;

/// How long idle connections are kept, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IdleLimits {
    pub(crate) time: Duration,
    pub(crate) connections: usize,
}

impl Default for IdleLimits {
    /// The strictest of the usual servers (Node.js) closes a connection after 5 s.
    fn default() -> Self {
        Self { time: Duration::from_secs(4), connections: 1024 }
    }
}

/// A connection that was idle for less than this carries requests that must not be sent twice. No server is known to
/// close one so soon on purpose, and calls in quick succession save the handshakes.
const A_MOMENT: Duration = Duration::from_secs(1);

/// A connection without a request on it.
pub(super) struct Connection {
    pub(super) sender: SendRequest<Full<Bytes>>,
    pub(super) socket: Socket,
    /// The runtime that drives it. The connection ends with it.
    pub(super) runtime: Id,
}

/// Connections that have ended keep their file descriptors until the pool is swept. A sweep looks at each of them, so
/// it happens no more often than this.
const BETWEEN_SWEEPS: Duration = Duration::from_millis(100);

/// The idle connections that clones of a transport share.
pub(super) struct Pool {
    limits: IdleLimits,
    idle: Mutex<Idle>,
}

struct Idle {
    /// The one that was used last comes last.
    connections: Vec<(Instant, Connection)>,
    swept: Instant,
}

impl Pool {
    pub(super) fn new(limits: IdleLimits) -> Self {
        Self { limits, idle: Mutex::new(Idle { connections: Vec::new(), swept: Instant::now() }) }
    }

    /// Takes the connection used last that this runtime drives and that is still open, as far as this side knows.
    pub(super) fn take(&self, safe_to_repeat: bool) -> Option<Connection> {
        let runtime = Handle::try_current().ok()?.id();
        let oldest = if safe_to_repeat { self.limits.time } else { self.limits.time.min(A_MOMENT) };
        let now = Instant::now();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.sweep(now, self.limits.time);
        loop {
            let usable = |(since, connection): &(Instant, Connection)| {
                connection.runtime == runtime && now.saturating_duration_since(*since) <= oldest
            };
            let last = idle.connections.iter().rposition(usable)?;
            let (_, connection) = idle.connections.remove(last);
            if !connection.sender.is_closed() && connection.socket.is_quiet() {
                return Some(connection);
            }
        }
    }

    /// Keeps a connection whose response was read to the end.
    pub(super) fn put(&self, connection: Connection) {
        if connection.sender.is_closed() || self.limits.time.is_zero() {
            return;
        }
        let now = Instant::now();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.sweep(now, self.limits.time);
        let too_many = idle.connections.len().saturating_add(1).saturating_sub(self.limits.connections);
        if too_many <= idle.connections.len() {
            idle.connections.drain(..too_many);
            idle.connections.push((now, connection));
        }
    }
}

impl Idle {
    /// Drops connections that have ended, also with their runtime, and those that were idle too long.
    fn sweep(&mut self, now: Instant, oldest: Duration) {
        if now.saturating_duration_since(self.swept) < BETWEEN_SWEEPS {
            return;
        }
        self.swept = now;
        self.connections.retain(|(since, connection)| {
            !connection.sender.is_closed() && now.saturating_duration_since(*since) <= oldest
        });
    }
}
