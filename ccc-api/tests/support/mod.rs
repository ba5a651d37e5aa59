//! A server on loopback that responds as a test says, and records what it was sent.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a server that cannot serve fails its test")]

pub(crate) mod look_up;
#[cfg(feature = "tls-no-provider")]
pub(crate) mod secure;
#[cfg(feature = "tracing")]
pub(crate) mod spans;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use ccc_api::config::ConfigBuilder;
use ccc_api::operation::make_call::MakeCallRequest;
use ccc_api::retry::RetryPolicy;
use ccc_api::{Client, Config, Credentials};

/// Texts that no log, `Debug` or error text may show.
pub(crate) const SECRETS: [&str; 4] = ["13188888888", "0109898989", "testsecret", "STSTOKEN"];

/// What the server does after it has read a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Sends these bytes and waits for the next request.
    Send(Vec<u8>),
    /// Sends these bytes, if any, and closes the connection.
    Close(Vec<u8>),
    /// Sends these bytes, if any, and then nothing more.
    Stall(Vec<u8>),
}

#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    connections: AtomicUsize,
    requests: Mutex<Vec<String>>,
    seen: watch::Sender<usize>,
}

impl Server {
    /// Serves `reply`, which gets the number of requests before.
    pub(crate) async fn start(reply: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), log: Arc::default() };
        let log = Arc::clone(&server.log);
        let reply = Arc::new(reply);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                log.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&reply)));
            }
        });
        server
    }

    pub(crate) async fn always(reply: Reply) -> Self {
        Self::start(move |_| reply.clone()).await
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn config(&self) -> ConfigBuilder {
        Config::builder().endpoint(self.endpoint()).credentials(credentials())
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.config().build().unwrap()).unwrap()
    }

    pub(crate) fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }

    /// Waits until this many requests have come.
    pub(crate) async fn has_seen(&self, requests: usize) {
        self.log.seen.subscribe().wait_for(|seen| *seen >= requests).await.unwrap();
    }

    /// Returns head and body of every request so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.log.requests.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Log>, reply: Arc<impl Fn(usize) -> Reply>) {
    while let Some(request) = read_request(&mut stream).await {
        let before = {
            let mut requests = log.requests.lock().unwrap();
            requests.push(request);
            log.seen.send_replace(requests.len());
            requests.len() - 1
        };
        let done = match reply(before) {
            Reply::Send(bytes) => stream.write_all(&bytes).await.is_err(),
            Reply::Close(bytes) => {
                let _ = stream.write_all(&bytes).await;
                true
            }
            Reply::Stall(bytes) => {
                let _ = stream.write_all(&bytes).await;
                std::future::pending().await
            }
        };
        if done {
            return;
        }
    }
}

/// Reads one request, head and body; `None` means that the connection ended before it was complete.
pub(crate) async fn read_request(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> Option<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(request).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(head + &String::from_utf8(body).unwrap())
}

/// Writes an HTTP response.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len()).into_bytes()
}

/// Makes a response to MakeCall that says that the call was placed.
pub(crate) fn placed() -> Reply {
    Reply::Send(answer(
        "200 OK",
        "",
        r#"{"Code":"OK","RequestId":"R-1","Data":{"CallContext":{"JobId":"job-1"}}}"#,
    ))
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new("testid", "testsecret").with_security_token("STSTOKEN")
}

/// Makes the default retry policy, without waits between attempts.
pub(crate) fn impatient() -> RetryPolicy {
    let moment = Duration::from_millis(1);
    RetryPolicy::new().base_delay(moment).throttling_delay(moment)
}

/// Makes a MakeCall with both phone numbers.
pub(crate) fn call() -> MakeCallRequest {
    MakeCallRequest::builder()
        .callee("13188888888")
        .caller("0109898989")
        .device_id("dev-1")
        .instance_id("ccc-test")
        .build()
}
