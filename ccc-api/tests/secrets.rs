//! Tests that no secret and no phone number is in any `Debug`, error text, source chain or log, whatever goes wrong.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Debug;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use ccc_api::config::ConfigBuilder;
use ccc_api::custom::BoxFuture;
use ccc_api::operation::make_call::MakeCallRequest;
use ccc_api::sign::{Method, SignatureScheme};
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use ccc_api::{Client, Credentials};
use support::{Reply, Server, answer};

/// Has characters that encodings change.
const SECRET: &str = "hush+hush/&=";
const TOKEN: &str = "STS/SESAME+a==";
const CALLEE: &str = "+86 13188888888";
const CALLER: &str = "0109898989";
/// The parts of these that must not be seen in any encoding.
const TRACES: [&str; 4] = ["hush", "SESAME", "3188888888", "109898989"];

#[tokio::test]
async fn nothing_sensitive_shows_whatever_goes_wrong() {
    log::set_logger(&LOG).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    #[cfg(feature = "tracing")]
    let spans = support::spans::Spans::default();
    #[cfg(feature = "tracing")]
    tracing::subscriber::set_global_default(spans.clone()).unwrap();
    let mut seen = Seen::default();
    let request = request();
    seen.look("request", &request);
    for (scheme, method) in [
        (SignatureScheme::Acs3, Method::Post),
        (SignatureScheme::Acs3, Method::Get),
        (SignatureScheme::V1, Method::Post),
        (SignatureScheme::V1, Method::Get),
    ] {
        for reply in replies() {
            let name = format!("{scheme:?} {method:?} {}", String::from_utf8_lossy(head(&reply)));
            let server = Server::always(reply).await;
            fail(&mut seen, &name, server.config().signature(scheme).method(method)).await;
        }
        let server = Server::always(support::placed()).await;
        for transport in [Leak::Uri, Leak::Headers, Leak::Body, Leak::Everything] {
            let config = server.config().signature(scheme).method(method).transport(transport);
            fail(&mut seen, &format!("{scheme:?} {method:?} {transport:?}"), config).await;
        }
        let closed = server.config().signature(scheme).method(method).endpoint("http://127.0.0.1:1");
        fail(&mut seen, "no connection", closed).await;
        let key = Credentials::new("testid", format!("{SECRET}\n")).with_security_token(TOKEN);
        let client = Client::new(server.config().credentials(key).build().unwrap()).unwrap();
        seen.chain("bad credentials", &client.send(request.clone()).await.unwrap_err());
    }
    for line in LOG.0.lock().unwrap().iter() {
        seen.check("log", line);
    }
    #[cfg(feature = "tracing")]
    {
        let lines = spans.lines();
        let of_others = lines.iter().filter(|line| !line.starts_with("acs_runtime ")).count();
        assert!(spans.own().len() > 100 && of_others > 100, "all crates trace: {of_others} lines of others");
        for line in lines {
            seen.check("span or event", &line);
        }
    }
    assert!(seen.texts > 500, "only {} texts were looked at", seen.texts);
}

/// Returns responses that repeat the request, as services and gateways do.
fn replies() -> Vec<Reply> {
    let echo = format!(
        "{CALLEE} {CALLER} {SECRET} {TOKEN} ?Callee=%2B86%2013188888888&Caller={CALLER}&SecurityToken=STS%2FSESAME%2Ba%3D%3D"
    );
    let json = format!(
        r#"{{"Code":"UserBusy","Message":"The user {CALLEE} you called was busy. Please try again later.","RequestId":"{CALLER}","HostId":"{TOKEN}","Recommend":"{TOKEN}","Params":["{CALLEE}"]}}"#
    );
    let unknown = format!(r#"{{"Code":"No.{CALLER}","Message":"{echo}","RequestId":"{CALLEE}"}}"#);
    let headers = format!(
        "x-acs-request-id: {CALLER}\r\nLocation: https://h.example/?{CALLER}\r\nSet-Cookie: {TOKEN}\r\n"
    );
    let mut replies = Vec::new();
    for body in [
        &json,
        &unknown,
        &format!("<html>{echo}</html>"),
        &echo,
        &format!("{{\"{echo}"),
        &format!("[{echo:?}]"),
    ] {
        for status in ["200 OK", "400 B", "502 G", "302 F"] {
            replies.push(Reply::Send(answer(status, &headers, body)));
        }
    }
    replies.push(Reply::Send(answer("200 OK", "", &format!("{}{echo}", " x".repeat(250)))));
    replies
        .push(Reply::Close(format!("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n{headers}\r\n{echo}").into()));
    replies.push(Reply::Close(format!("{CALLER} {SECRET}\r\n\r\n").into()));
    replies.push(Reply::Close(format!("HTTP/1.1 200 OK\r\n{CALLER}\r\n\r\n").into()));
    replies.push(Reply::Close(Vec::new()));
    replies
        .push(Reply::Stall(format!("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n{headers}\r\n{echo}").into()));
    replies.push(Reply::Stall(Vec::new()));
    replies
}

fn head(reply: &Reply) -> &[u8] {
    let (Reply::Send(bytes) | Reply::Close(bytes) | Reply::Stall(bytes)) = reply;
    bytes.get(..40).unwrap_or(bytes)
}

fn request() -> MakeCallRequest {
    MakeCallRequest::builder()
        .callee(CALLEE)
        .caller(CALLER)
        .device_id("dev-1")
        .instance_id("ccc-test")
        .build()
}

/// Sends a request that fails, and checks everything that can be seen of it.
async fn fail(seen: &mut Seen, name: &str, config: ConfigBuilder) {
    let key = Credentials::new("testid", SECRET).with_security_token(TOKEN);
    fail_by(seen, name, config.clone(), key).await;
    // Such a client cannot tell the secret of an access key from any other text.
    seen.not_known = Some("hush");
    fail_by(seen, &format!("bearer token, {name}"), config, Credentials::from_bearer_token(TOKEN)).await;
    seen.not_known = None;
}

async fn fail_by(seen: &mut Seen, name: &str, config: ConfigBuilder, key: Credentials) {
    let config = config.credentials(key).timeout(Duration::from_millis(40));
    seen.look(name, &config);
    let config = config.build().unwrap();
    seen.look(name, &config);
    let client = Client::new(config).unwrap();
    seen.look(name, &client);
    seen.look(name, &client.make_call().callee(CALLEE).caller(CALLER));
    let error = client.send(request()).await.expect_err(name);
    seen.chain(name, &error);
}

#[derive(Default)]
struct Seen {
    texts: usize,
    /// What the present client does not know to be secret.
    not_known: Option<&'static str>,
}

impl Seen {
    fn check(&mut self, name: &str, text: &str) {
        self.texts += 1;
        for trace in TRACES.into_iter().filter(|trace| self.not_known != Some(*trace)) {
            assert!(!text.contains(trace), "{name}: `{trace}` is in {text}");
        }
    }

    fn look(&mut self, name: &str, value: &impl Debug) {
        self.check(name, &format!("{value:?}"));
        self.check(name, &format!("{value:#?}"));
    }

    fn chain(&mut self, name: &str, error: &ccc_api::Error<ccc_api::operation::make_call::MakeCallError>) {
        self.look(name, error);
        self.check(name, &error.to_string());
        let mut link = error.caused_by();
        while let Some(error) = link {
            self.look(name, &error);
            self.check(name, &error.to_string());
            link = error.source();
        }
    }
}

/// A transport that puts the request into its error.
#[derive(Clone, Copy, Debug)]
enum Leak {
    Uri,
    Headers,
    Body,
    Everything,
}

impl Transport for Leak {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let headers: Vec<_> = request
            .headers()
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        let text = match self {
            Self::Uri => request.uri().to_string(),
            Self::Headers => headers.join("\n"),
            Self::Body => String::from_utf8_lossy(request.body()).into_owned(),
            Self::Everything => format!("{}\n{headers:?}\n{:?}", request.uri(), request.body()),
        };
        let error = match self {
            Self::Uri | Self::Everything => TransportError::not_sent(text),
            Self::Headers | Self::Body => TransportError::interrupted(text),
        };
        Box::pin(std::future::ready(Err(error)))
    }
}

/// Keeps the logs of the client and of everything below it.
struct Log(Mutex<Vec<String>>);

static LOG: Log = Log(Mutex::new(Vec::new()));

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.0.lock().unwrap().push(format!("{}: {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}
