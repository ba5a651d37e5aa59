//! Recorded exchanges, served over real sockets on loopback for any host.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use ccc_api::custom::BoxFuture;
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use ccc_api::{Client, Config, Credentials};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::case::{Exchange, Reply};

/// Sends every request to the server of the case, and adds the scheme of its URL.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    port: u16,
    carrier: Arc<dyn Transport>,
    script: Arc<Script>,
}

#[derive(Debug, Default)]
struct Script {
    expected: Mutex<VecDeque<Exchange>>,
    left: watch::Sender<usize>,
    mistakes: Mutex<Vec<String>>,
}

const SCHEME: &str = "x-recorded-scheme";

impl Recorded {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = Arc::new(Script::default());
        let serving = Arc::clone(&script);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&serving)));
            }
        });
        // Uses the client's own transport, so that requests are sent as in production.
        let config = Config::builder()
            .endpoint(format!("http://127.0.0.1:{port}"))
            .credentials(Credentials::new("unused", "unused"));
        let carrier = Client::new(config.build().unwrap()).unwrap().transport();
        Self { port, carrier, script }
    }

    pub(crate) fn expect(&self, exchanges: Vec<Exchange>) {
        let mut expected = lock(&self.script.expected);
        expected.extend(exchanges);
        self.script.left.send_replace(expected.len());
    }

    /// Waits until every exchange is over, those in the background too.
    pub(crate) async fn is_done(&self) {
        self.script.left.subscribe().wait_for(|left| *left == 0).await.unwrap();
    }

    /// Lists the expected requests that did not come, and those that came unexpectedly.
    pub(crate) fn mistakes(&self) -> Vec<String> {
        let missing = lock(&self.script.expected);
        let missing = missing.iter().map(|exchange| format!("never sent: {}", exchange.request));
        lock(&self.script.mistakes).iter().cloned().chain(missing).collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap()
}

impl Transport for Recorded {
    fn send(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let (mut parts, body) = request.into_parts();
        let scheme = parts.uri.scheme_str().unwrap().to_owned();
        parts.headers.insert(SCHEME, scheme.parse().unwrap());
        let meant_for = format!("{} {}", parts.method, parts.uri);
        let path = parts.uri.path_and_query().unwrap().clone();
        // Nobody listens on port 1, so a real connection is really refused.
        let refused = self.script.take_refused(&meant_for);
        let port = if refused { 1 } else { self.port };
        parts.uri = format!("http://127.0.0.1:{port}{path}").parse().unwrap();
        let sending = self.carrier.send(http::Request::from_parts(parts, body), deadline);
        let over = Over(Arc::clone(&self.script));
        Box::pin(async move {
            let _over = over;
            sending.await
        })
    }
}

/// Reports that an exchange is over, also if it was abandoned.
struct Over(Arc<Script>);

impl Drop for Over {
    fn drop(&mut self) {
        let left = lock(&self.0.expected).len();
        self.0.left.send_replace(left);
    }
}

impl Script {
    fn take_refused(&self, request: &str) -> bool {
        let mut expected = lock(&self.expected);
        let next = expected.front();
        let refused =
            next.is_some_and(|next| matches!(next.reply, Reply::Refused) && next.request == request);
        if refused {
            expected.pop_front();
        }
        refused
    }

    /// Returns the reply to a request, if it is the one expected next.
    fn reply(&self, received: &Received) -> Reply {
        let mut expected = lock(&self.expected);
        let next = expected.pop_front();
        match next {
            None => {
                lock(&self.mistakes).push(format!("not expected: {}", received.request));
                Reply::Reset
            }
            Some(next) => {
                lock(&self.mistakes).extend(received.differences(&next));
                next.reply
            }
        }
    }
}

struct Received {
    request: String,
    headers: BTreeMap<String, String>,
    form: BTreeMap<String, String>,
}

impl Received {
    fn differences(&self, expected: &Exchange) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, found: String, expected: String| {
            if found != expected {
                differences.push(format!("{what}\n      sent     {found}\n      expected {expected}"));
            }
        };
        compare("request", self.request.clone(), expected.request.clone());
        let named: BTreeMap<_, _> =
            self.headers.iter().filter(|(name, _)| expected.headers.contains_key(*name)).collect();
        compare("headers", format!("{named:?}"), format!("{:?}", expected.headers));
        compare("form", format!("{:?}", self.form), format!("{:?}", expected.form));
        differences
    }
}

async fn serve(mut stream: TcpStream, script: Arc<Script>) {
    let Some(received) = receive(&mut stream).await else { return };
    match script.reply(&received) {
        Reply::Answer { status, headers, body } => {
            let headers: String =
                headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
            let head = format!("HTTP/1.1 {status} Recorded\r\nConnection: close\r\n{headers}");
            let answer = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await.unwrap();
            let _ = stream.shutdown().await;
        }
        Reply::Silent => std::future::pending().await,
        Reply::Reset | Reply::Refused => {}
    }
}

async fn receive(stream: &mut TcpStream) -> Option<Received> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?, first.next()?);
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let form = std::str::from_utf8(&body).unwrap().split('&').filter_map(|pair| pair.split_once('='));
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let form = form.map(|(name, value)| (decode(name), decode(value))).collect();
    let target = format!("{}://{}{path}", headers.get(SCHEME)?, headers.get("host")?);
    Some(Received { request: format!("{method} {target}"), headers, form })
}
