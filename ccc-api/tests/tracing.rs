//! Tests of what a subscriber of `tracing` sees of calls, and of what it must not see.
#![cfg(feature = "tracing")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::time::Duration;

use ccc_api::config::{CallOptions, ConfigBuilder};
use ccc_api::credentials::{CachedProvider, CredentialsError, CredentialsProvider};
use ccc_api::custom::BoxFuture;
use ccc_api::{Client, Credentials};
use support::spans::Spans;
use support::{Reply, SECRETS, Server, answer, call, credentials, placed};

/// Makes a call on a runtime of this thread, and returns all its spans.
fn traced(config: impl AsyncFnOnce() -> ConfigBuilder, options: CallOptions) -> Spans {
    let spans = Spans::default();
    tracing::subscriber::with_default(spans.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let client = Client::new(config().await.build().unwrap()).unwrap().with_options(options);
            drop(client.send(call()).await);
        });
    });
    for line in spans.lines() {
        for secret in SECRETS {
            assert!(!line.contains(secret), "{line}");
        }
    }
    spans
}

/// Returns the last line of a span, which has all its fields.
fn last(spans: &Spans, name: &str) -> String {
    spans.named(name).pop().unwrap()
}

fn assert_says(line: &str, parts: &[&str]) {
    for part in parts {
        assert!(line.contains(part), "`{part}` is not in {line}");
    }
}

#[test]
fn a_call_and_its_attempt_are_spans() {
    let spans = traced(async || Server::always(placed()).await.config(), CallOptions::new());
    assert_says(
        &last(&spans, "call"),
        &[
            "rpc.service=\"CCC\"",
            "rpc.method=\"MakeCall\"",
            "server.address=\"127.0.0.1:",
            "outcome=\"ok\"",
            "http.response.status_code=200",
            "request_id=\"R-1\"",
            "attempts=1",
            "elapsed_ms=",
        ],
    );
    assert_says(
        &last(&spans, "attempt"),
        &["number=1", "outcome=\"ok\"", "request_id=\"R-1\"", "elapsed_ms="],
    );
}

#[test]
fn a_retry_is_an_event_and_another_attempt() {
    let throttled = r#"{"Code":"Throttling.User","Message":"13188888888 is too fast.","RequestId":"R-0"}"#;
    let server = async || {
        Server::start(move |before| match before {
            0 => Reply::Send(answer("503 S", "x-acs-retry-after: 1\r\n", throttled)),
            _ => placed(),
        })
        .await
        .config()
    };
    let spans = traced(server, CallOptions::new());
    assert_says(&last(&spans, "call"), &["outcome=\"ok\"", "attempts=2"]);
    assert_says(
        &spans.named("attempt").join("\n"),
        &[
            "number=1 ",
            "outcome=\"refused\"",
            "error.type=\"Throttling.User\"",
            "request_id=\"R-0\"",
            "number=2 ",
        ],
    );
    let events = spans.own().join("\n");
    assert_says(&events, &["another follows", "reason=\"Throttling.User (HTTP 503", "wait_ms="]);
}

#[test]
fn failures_have_their_kind() {
    let closed = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nx-acs-request-id: R-9\r\n\r\n{";
    for (reply, outcome) in [
        (Reply::Close(Vec::new()), "interrupted"),
        (Reply::Stall(Vec::new()), "timed out"),
        (Reply::Close(closed.into()), "unreadable"),
        (Reply::Send(answer("302 F", "Location: https://h.example/13188888888\r\n", "")), "redirected"),
        (Reply::Send(answer("502 B", "", "<html>13188888888 testsecret</html>")), "unreadable"),
    ] {
        let options = CallOptions::new().timeout(Duration::from_millis(200));
        let spans = traced(async || Server::always(reply).await.config(), options);
        assert_says(&last(&spans, "call"), &[&format!("outcome=\"{outcome}\""), "error.message="]);
    }
    let unreachable = async || Server::always(placed()).await.config().endpoint("http://127.0.0.1:1");
    let spans = traced(unreachable, CallOptions::new().max_attempts(1));
    assert_says(&last(&spans, "call"), &["outcome=\"not sent\"", "attempts=1"]);
}

/// Provides credentials, or none.
#[derive(Debug)]
struct Vault(bool);

impl CredentialsProvider for Vault {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let open = self.0;
        Box::pin(
            async move { if open { Ok(credentials()) } else { Err(CredentialsError::new("it is sealed")) } },
        )
    }
}

#[test]
fn fetched_credentials_are_an_event_without_secrets() {
    let with = |open| {
        let config = async move || {
            Server::always(placed()).await.config().credentials(CachedProvider::new(Vault(open)))
        };
        traced(config, CallOptions::new())
    };
    let events = with(true).own().join("\n");
    assert_says(&events, &["credentials were fetched", "::Vault", "access_key_id=\"testid\""]);
    let sealed = with(false);
    assert_says(&sealed.own().join("\n"), &["no credentials could be fetched", "error=it is sealed"]);
    assert_says(&last(&sealed, "call"), &["outcome=\"no credentials\""]);
}

#[test]
fn a_call_that_is_dropped_has_no_outcome() {
    let spans = Spans::default();
    tracing::subscriber::with_default(spans.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::always(Reply::Stall(Vec::new())).await;
            let client = server.client();
            tokio::select! {
                _ = client.send(call()) => {}
                () = server.has_seen(1) => {}
            }
        });
    });
    let line = last(&spans, "call");
    assert!(!line.contains("outcome"), "{line}");
}
