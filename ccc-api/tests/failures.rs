//! All ways in which a call can fail, in one table: the properties and the text of each error.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use ccc_api::config::ConfigBuilder;
use ccc_api::credentials::{CredentialsError, CredentialsProvider};
use ccc_api::custom::BoxFuture;
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use ccc_api::{Client, Credentials, Error};
use support::{Reply, Server, answer, call};

#[tokio::test]
async fn every_failure_says_what_happened_and_what_to_do() {
    let json = "Content-Type: application/json\r\nx-acs-request-id: R-HEAD\r\n";
    let html = "Content-Type: text/html\r\n";
    let busy = r#"{"Code":"UserBusy","Message":"The user 80011474 you called was busy. Please try again later.","RequestId":"R-1","HttpStatusCode":400}"#;
    let throttled = r#"{"Code":"Throttling.User","Message":"Request was denied due to user flow control.","RequestId":"R-2"}"#;
    let unknown =
        r#"{"Code":"InternalService.Common","Message":"Call 13188888888 failed.","RequestId":"R-3"}"#;
    let page = "<html><body>502 Bad Gateway: /?Callee=13188888888</body></html>";
    let replies = [
        ("an error of the operation", Reply::Send(answer("400 B", json, busy))),
        ("the same with HTTP 200", Reply::Send(answer("200 OK", json, busy))),
        ("throttling", Reply::Send(answer("503 S", json, throttled))),
        ("an error that is not documented", Reply::Send(answer("500 I", json, unknown))),
        ("a page of a gateway", Reply::Send(answer("502 Bad Gateway", html, page))),
        ("a page of a portal", Reply::Send(answer("200 OK", html, "<!DOCTYPE HTML>\n<html>Log in</html>"))),
        ("plain text", Reply::Send(answer("200 OK", json, "callee 13188888888 accepted"))),
        ("half of the JSON", Reply::Send(answer("200 OK", json, r#"{"Code":"OK","Data":{"CallCon"#))),
        ("no body", Reply::Send(answer("200 OK", json, ""))),
        ("a failure without a code", Reply::Send(answer("500 I", json, r#"{"error":"13188888888"}"#))),
        ("throttling by a gateway", Reply::Send(answer("429 T", html, "<html>slow down</html>"))),
        (
            "a body that breaks off",
            Reply::Close(
                format!("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n{json}\r\n{{\"Code\":\"OK\"").into(),
            ),
        ),
        (
            "a redirection",
            Reply::Send(answer("302 F", "Location: https://login.example.com/?u=13188888888\r\n", "")),
        ),
        ("no HTTP", Reply::Close(b"220 ready\r\n\r\n".to_vec())),
        ("a closed connection", Reply::Close(Vec::new())),
        ("no answer", Reply::Stall(Vec::new())),
        (
            "half of an answer",
            Reply::Stall(format!("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n{json}\r\n{{").into()),
        ),
    ];
    let mut table = String::new();
    for (name, reply) in replies {
        let stalls = matches!(reply, Reply::Stall(_));
        let server = Server::always(reply).await;
        let config =
            if stalls { server.config().timeout(Duration::from_millis(300)) } else { server.config() };
        let attempts = describe(&mut table, name, config, &server.endpoint()).await;
        assert_eq!(server.requests().len(), attempts, "{name}");
    }

    let server = Server::always(support::placed()).await;
    describe(&mut table, "no credentials", server.config().credentials(Sealed), "").await;
    let broken = Credentials::new("testid", "testsecret\n");
    describe(&mut table, "credentials that are none", server.config().credentials(broken), "").await;
    let talkative = server.config().transport(Talkative);
    describe(&mut table, "a transport that quotes the request", talkative, &server.endpoint()).await;
    let closed = closed_port().await;
    describe(&mut table, "a closed port", server.config().endpoint(&closed), &closed).await;
    assert_eq!(server.requests().len(), 0, "none of these was to be sent");

    insta::assert_snapshot!(table);
}

/// Checks that an error names its cause once, printed alone or with its sources. A time-out is in the text in other
/// words.
#[track_caller]
fn assert_prints_its_cause_once(error: &Error<MakeCallError>) {
    let Some(mut cause) = error.caused_by() else { return };
    while let Some(source) = cause.source() {
        cause = source;
    }
    let (mut printed, mut link) = (error.to_string(), std::error::Error::source(error));
    while let Some(source) = link {
        printed.push_str(&format!(": {source}"));
        link = source.source();
    }
    // Earlier attempts may have had the same cause, and the text names it for each.
    let last = printed.split("; earlier attempts:").next().unwrap_or_default();
    let times = last.matches(&cause.to_string()).count();
    assert!(times == 1 || error.is_timeout(), "{times} times: {last}");
}

/// Adds to the table what an application sees of the error. Returns the number of attempts.
async fn describe(table: &mut String, name: &str, config: ConfigBuilder, endpoint: &str) -> usize {
    let config = config.retry(support::impatient()).build().unwrap();
    let error = Client::new(config).unwrap().send(call()).await.unwrap_err();
    let variant = match &error {
        Error::Service(MakeCallError::UserBusy { .. }) => "Service(UserBusy)",
        Error::Service(_) => "Service(…)",
        Error::Credentials(_) => "Credentials",
        Error::NotSent(_) => "NotSent",
        Error::TimedOut(_) => "TimedOut",
        Error::Interrupted(_) => "Interrupted",
        Error::Redirected(_) => "Redirected",
        Error::Unreadable(_) => "Unreadable",
        _ => "?",
    };
    assert_prints_its_cause_once(&error);
    let text = if endpoint.is_empty() {
        error.to_string()
    } else {
        error.to_string().replace(endpoint, "[endpoint]")
    };
    writeln!(table, "{name}: {variant}").unwrap();
    writeln!(
        table,
        "  status {:?}, code {:?}, request id {:?}, attempts {}",
        error.status(),
        error.code(),
        error.request_id(),
        error.attempts()
    )
    .unwrap();
    writeln!(
        table,
        "  timeout {}, throttled {}, may have reached the service {}, may have been carried out {}",
        error.is_timeout(),
        error.is_throttled(),
        error.may_have_reached_the_service(),
        error.may_have_been_placed()
    )
    .unwrap();
    writeln!(table, "  {text}\n").unwrap();
    usize::try_from(error.attempts()).unwrap()
}

/// Returns an endpoint on which nobody listens.
async fn closed_port() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[derive(Debug)]
struct Sealed;

impl CredentialsProvider for Sealed {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async { Err(CredentialsError::new("the vault is sealed")) })
    }
}

/// Fails with an error that contains the whole request, as careless transports do.
#[derive(Debug)]
struct Talkative;

impl Transport for Talkative {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let text = format!("GET {} failed", request.uri());
        Box::pin(async move { Err(TransportError::interrupted(text)) })
    }
}
