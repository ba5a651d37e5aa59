//! Tests of retries over real sockets: how often, after how long, within which limits, and with what signature.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ccc_api::config::{CallOptions, ConfigBuilder};
use ccc_api::credentials::{CredentialsError, CredentialsProvider};
use ccc_api::custom::BoxFuture;
use ccc_api::retry::RetryPolicy;
use ccc_api::{Client, Credentials, Error};
use support::look_up::LookUp;
use support::{Reply, Server, answer, call, impatient, placed};

const THROTTLED: &str = r#"{"Code":"Throttling.User","RequestId":"R-1"}"#;
const BROKEN: &str = r#"{"Code":"InternalError","RequestId":"R-2"}"#;

fn throttled(headers: &str) -> Reply {
    Reply::Send(answer("429 T", headers, THROTTLED))
}

/// Starts a server that sends the reply `bad` times and then places the call.
async fn after(bad: u64, reply: Reply) -> Server {
    Server::start(move |before| if (before as u64) < bad { reply.clone() } else { placed() }).await
}

fn client(config: ConfigBuilder) -> Client {
    Client::new(config.build().unwrap()).unwrap()
}

fn repeating(server: &Server) -> Client {
    client(server.config().retry(impatient()).attempt_timeout(Duration::from_millis(300)))
}

#[tokio::test]
async fn a_call_that_was_throttled_is_placed_by_a_later_attempt() {
    for status in ["200 OK", "400 B", "429 T", "503 S"] {
        let server = after(2, Reply::Send(answer(status, "", THROTTLED))).await;
        let answer = repeating(&server).send(call()).await.unwrap();
        assert_eq!((answer.attempts(), server.requests().len()), (3, 3), "{status}");
        let met: Vec<_> = answer.earlier_attempts().iter().map(ToString::to_string).collect();
        assert!(
            met[0].starts_with("Throttling.User (HTTP ") && met[0].ends_with(", request id R-1)"),
            "{met:?}"
        );
        assert!(answer.earlier_attempts().iter().all(|attempt| !attempt.may_have_been_placed()));
    }
}

#[tokio::test]
async fn a_call_is_placed_as_soon_as_somebody_listens() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let policy = RetryPolicy::new().max_attempts(20).base_delay(Duration::from_millis(50));
    let config =
        ccc_api::Config::builder().endpoint(format!("http://{address}")).credentials(support::credentials());
    let client = client(config.retry(policy));
    let refused = tokio::spawn(async move { client.send(call()).await });
    tokio::time::sleep(Duration::from_millis(30)).await;
    let listener = socket.listen(8).unwrap();
    let (mut stream, _) = listener.accept().await.unwrap();
    support::read_request(&mut stream).await.unwrap();
    let Reply::Send(bytes) = placed() else { return };
    tokio::io::AsyncWriteExt::write_all(&mut stream, &bytes).await.unwrap();
    let answer = refused.await.unwrap().unwrap();
    assert!(answer.attempts() > 1);
    assert!(answer.earlier_attempts().iter().all(|attempt| !attempt.may_have_reached_the_service()));
}

/// After a failure that leaves open whether the request was carried out, a call stops, and an idempotent request is
/// retried.
#[tokio::test]
async fn only_idempotent_operations_are_retried_when_the_outcome_is_open() {
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"Code\"".to_vec();
    for (name, reply) in [
        ("a fault of the service", Reply::Send(answer("500 I", "", BROKEN))),
        ("the same with HTTP 200", Reply::Send(answer("200 OK", "", BROKEN))),
        ("a page with HTTP 502", Reply::Send(answer("502 B", "", "<html></html>"))),
        ("a page with HTTP 429", Reply::Send(answer("429 T", "x-acs-retry-after: 1\r\n", "<html></html>"))),
        ("no body", Reply::Send(answer("200 OK", "", ""))),
        ("half of the JSON", Reply::Send(answer("200 OK", "", r#"{"Code":"OK"#))),
        ("a nonce that was used", Reply::Send(answer("400 B", "", r#"{"Code":"SignatureNonceUsed"}"#))),
        ("half of the body", Reply::Close(half.clone())),
        ("a closed connection", Reply::Close(Vec::new())),
        ("no answer", Reply::Stall(Vec::new())),
        ("half an answer", Reply::Stall(half)),
    ] {
        let server = after(1, reply.clone()).await;
        let answer = repeating(&server).send(&LookUp::default()).await;
        assert_eq!(answer.map_err(|error| error.to_string()).unwrap().attempts(), 2, "{name}");

        let server = after(1, reply).await;
        let error = repeating(&server).send(call()).await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{name}: {error}");
        assert!(error.may_have_been_placed(), "{name}: {error}");
    }
}

#[tokio::test]
async fn failure_that_would_repeat_is_not_retried() {
    for reply in [
        answer("400 B", "", r#"{"Code":"UserBusy"}"#),
        answer("404 N", "", r#"{"Code":"InvalidAccessKeyId.NotFound"}"#),
        answer("400 B", "", r#"{"Code":"InvalidTimeStamp.Expired"}"#),
        answer("200 OK", "", "<html></html>"),
        answer("302 F", "Location: /\r\n", ""),
    ] {
        let server = Server::always(Reply::Send(reply)).await;
        let error = repeating(&server).send(&LookUp::default()).await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{error}");
    }
}

#[tokio::test]
async fn attempts_end_at_their_maximum_which_options_change_for_single_calls() {
    let server = Server::always(throttled("")).await;
    let client = client(server.config().retry(impatient()).max_attempts(4));
    for (options, expected) in [
        (CallOptions::new(), 4),
        (CallOptions::new().max_attempts(2), 2),
        (CallOptions::new().max_attempts(1), 1),
        (CallOptions::new().max_attempts(0), 1),
    ] {
        let before = server.requests().len();
        let error = client.with_options(options).send(call()).await.unwrap_err();
        assert_eq!(usize::try_from(error.attempts()).unwrap(), expected);
        assert_eq!(server.requests().len() - before, expected);
        assert_eq!(error.earlier_attempts().len(), expected - 1);
    }
    assert_eq!(server.connections(), 1, "they share connections");
}

#[tokio::test]
async fn client_waits_as_long_as_the_service_asks() {
    for header in ["x-acs-retry-after: 300\r\n", "x-ratelimit-user-api: Limit:1,TimeLeft:300\r\n"] {
        let server = after(1, throttled(header)).await;
        let begun = Instant::now();
        let answer = repeating(&server).send(call()).await.unwrap();
        assert_eq!(answer.attempts(), 2);
        assert!(begun.elapsed() >= Duration::from_millis(300));
    }
}

#[tokio::test]
async fn a_wait_beyond_the_time_limit_is_not_begun() {
    let server = Server::always(throttled("x-acs-retry-after: 60000\r\n")).await;
    let begun = Instant::now();
    let error = repeating(&server).send(call()).await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(60))));
    assert!(error.is_throttled() && !error.may_have_been_placed());
    assert!(error.to_string().contains("it was not sent again, a wait of 60s goes beyond"), "{error}");
}

#[tokio::test]
async fn all_attempts_together_keep_to_the_time_limit() {
    let server = Server::always(Reply::Stall(Vec::new())).await;
    let options = CallOptions::new()
        .max_attempts(20)
        .attempt_timeout(Duration::from_millis(80))
        .timeout(Duration::from_millis(400));
    let begun = Instant::now();
    let error = repeating(&server).with_options(options).send(&LookUp::default()).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() > 1, "{error}");
    assert!(begun.elapsed() >= Duration::from_millis(80) && begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn timeout_error_names_the_limit_that_was_reached() {
    let server = Server::always(Reply::Stall(Vec::new())).await;
    let short = Duration::from_millis(80);
    for options in [CallOptions::new().attempt_timeout(short), CallOptions::new().timeout(short)] {
        let error = repeating(&server).with_options(options).send(call()).await.unwrap_err();
        let Error::TimedOut(timed_out) = &error else { panic!("{error}") };
        assert_eq!(timed_out.limit(), short);
    }
}

#[tokio::test]
async fn a_call_without_time_is_not_sent() {
    let server = Server::always(placed()).await;
    let options = CallOptions::new().timeout(Duration::ZERO);
    let error = server.client().with_options(options).send(call()).await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_) | Error::Credentials(_)), "{error}");
    assert!(!error.may_have_reached_the_service());
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_retry_budget_is_shared_by_clones_and_options_and_filled_by_successes() {
    let again = Arc::new(AtomicBool::new(false));
    let throttles = Arc::clone(&again);
    let server =
        Server::start(
            move |before| {
                if before < 3 || throttles.load(Ordering::SeqCst) { throttled("") } else { placed() }
            },
        )
        .await;
    let client = client(server.config().retry(impatient().budget(1).max_attempts(2)));
    let spent = client.clone().send(call()).await.unwrap_err();
    assert_eq!(spent.attempts(), 2);
    let refused = client.with_options(CallOptions::new().max_attempts(9)).send(call()).await.unwrap_err();
    assert_eq!(refused.attempts(), 1);
    assert!(refused.to_string().contains("it was not sent again, too many requests fail"), "{refused}");
    for _ in 0..5 {
        client.send(call()).await.unwrap();
    }
    again.store(true, Ordering::SeqCst);
    assert_eq!(client.send(call()).await.unwrap_err().attempts(), 2);
}

/// Provides another key each time.
#[derive(Debug, Default)]
struct Rotating(AtomicU64);

impl CredentialsProvider for Rotating {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credentials::new(format!("key-{number}"), "testsecret")) })
    }
}

#[tokio::test]
async fn every_attempt_is_signed_anew() {
    let server = after(2, throttled("")).await;
    let config = server.config().retry(impatient()).credentials(Rotating::default());
    client(config).send(call()).await.unwrap();
    let parts = |name: &str, end: char| -> Vec<String> {
        let requests = server.requests();
        let found = requests
            .iter()
            .filter_map(|request| request.split_once(name)?.1.split(end).next().map(str::to_owned));
        found.collect()
    };
    assert_eq!(parts("Credential=", ','), ["key-0", "key-1", "key-2"]);
    for (name, end) in [("x-acs-signature-nonce: ", '\r'), (",Signature=", '\r')] {
        let mut found = parts(name, end);
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 3, "{name}");
    }
}

/// Provides a key once.
#[derive(Debug, Default)]
struct RunsDry(Arc<AtomicU64>);

impl CredentialsProvider for RunsDry {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let first = self.0.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            if first { Ok(support::credentials()) } else { Err(CredentialsError::new("the vault is sealed")) }
        })
    }
}

#[tokio::test]
async fn missing_credentials_end_a_call_and_keep_the_failures_of_earlier_attempts() {
    let server = Server::always(Reply::Close(Vec::new())).await;
    let provider = RunsDry::default();
    let asked = Arc::clone(&provider.0);
    let error = client(server.config().retry(impatient()).credentials(provider))
        .send(&LookUp::default())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Credentials(_)), "{error}");
    assert_eq!((error.attempts(), asked.load(Ordering::SeqCst)), (2, 2));
    assert!(error.may_have_reached_the_service() && error.may_have_been_placed());
    assert!(error.to_string().contains("earlier attempts: the exchange broke off"), "{error}");
    assert!(!error.to_string().contains("carried out"), "it only looks something up: {error}");
}
