//! Tests of interceptors: what they see of attempts, what they may add, and what is refused.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::sync::{Arc, Mutex};

use ccc_api::interceptor::{Attempt, AttemptOutcome, BoxError, Interceptor};
use ccc_api::sign::SignatureScheme;
use ccc_api::transport::http::{HeaderMap, HeaderName, HeaderValue};
use ccc_api::{Client, Config, Error};
use support::{Reply, SECRETS, Server, answer, call, placed};

/// Adds headers and logs what happens.
#[derive(Clone, Debug, Default)]
struct Scribe {
    name: &'static str,
    adds: Vec<(&'static str, &'static str)>,
    refuses: Option<&'static str>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Scribe {
    fn adding(adds: &[(&'static str, &'static str)]) -> Self {
        Self { adds: adds.to_vec(), ..Self::default() }
    }

    fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }
}

impl Interceptor for Scribe {
    fn before_signing(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) -> Result<(), BoxError> {
        let (name, number) = (self.name, attempt.number());
        self.log.lock().unwrap().push(format!("{name}> {} {number}", attempt.operation()));
        for (name, value) in &self.adds {
            headers.append(HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes())?);
        }
        self.refuses.map_or(Ok(()), |why| Err(why.into()))
    }

    fn after_answer(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        let (name, number) = (self.name, attempt.number());
        let error = outcome.error().map(Error::may_have_reached_the_service);
        let line = format!(
            "{name}< {number} status {:?} body {:?} reached {error:?} abandoned {}",
            outcome.status(),
            outcome.body_length(),
            outcome.is_abandoned()
        );
        let debug = format!("{outcome:?} {attempt:?}");
        assert!(!SECRETS.iter().any(|secret| debug.contains(secret)), "{debug}");
        self.log.lock().unwrap().push(line);
    }
}

async fn client(server: &Server, interceptors: &[&Scribe]) -> Client {
    let config = interceptors.iter().fold(server.config(), |config, one| config.interceptor((*one).clone()));
    Client::new(config.build().unwrap()).unwrap()
}

#[tokio::test]
async fn headers_are_sent_and_those_of_the_service_are_signed() {
    let server = Server::always(placed()).await;
    let scribe =
        Scribe::adding(&[("traceparent", "00-1-1-01"), ("user-agent", "app/2"), ("x-acs-team", "a b")]);
    client(&server, &[&scribe]).await.send(call()).await.unwrap();
    let request = server.requests().remove(0);
    assert!(request.contains("\r\ntraceparent: 00-1-1-01\r\n"), "{request}");
    assert!(request.contains("\r\nuser-agent: app/2\r\n"), "{request}");
    assert!(!request.contains("ccc-api/"), "{request}");
    assert!(request.contains(";x-acs-signature-nonce;x-acs-team;x-acs-version,"), "{request}");
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn signatures_are_valid_with_added_headers() {
    let endpoint = ccc_api::mock::MockEndpoint::start().await.unwrap();
    for scheme in [SignatureScheme::Acs3, SignatureScheme::V1] {
        let scribe = Scribe::adding(&[("x-acs-team", " a  b "), ("baggage", "a=1"), ("baggage", "b=2")]);
        let config = endpoint.config().to_builder().signature(scheme).interceptor(scribe).build().unwrap();
        Client::new(config).unwrap().send(call()).await.unwrap();
    }
}

#[tokio::test]
async fn interceptors_are_called_in_order_before_and_in_reverse_after() {
    let server = Server::always(placed()).await;
    let first = Scribe { name: "first", ..Scribe::default() };
    let second = Scribe { name: "second", log: Arc::clone(&first.log), ..Scribe::default() };
    client(&server, &[&first, &second]).await.send(call()).await.unwrap();
    let told = "1 status Some(200) body Some(72) reached None abandoned false";
    assert_eq!(
        first.log(),
        ["first> MakeCall 1", "second> MakeCall 1", &format!("second< {told}"), &format!("first< {told}")]
    );
}

#[tokio::test]
async fn every_attempt_is_seen() {
    let throttled = r#"{"Code":"Throttling.User","Message":"13188888888 is too fast."}"#;
    let server = Server::start(move |before| match before {
        0 => Reply::Send(answer("503 S", "x-acs-retry-after: 1\r\n", throttled)),
        _ => placed(),
    })
    .await;
    let scribe = Scribe::default();
    client(&server, &[&scribe]).await.send(call()).await.unwrap();
    assert_eq!(
        scribe.log(),
        [
            "> MakeCall 1",
            "< 1 status Some(503) body Some(63) reached Some(true) abandoned false",
            "> MakeCall 2",
            "< 2 status Some(200) body Some(72) reached None abandoned false",
        ]
    );
}

#[tokio::test]
async fn a_failure_without_a_response_is_seen_too() {
    let scribe = Scribe::default();
    let config = Config::builder().endpoint("http://127.0.0.1:1").credentials(support::credentials());
    let client = Client::new(config.interceptor(scribe.clone()).build().unwrap()).unwrap();
    let client = client.with_options(ccc_api::config::CallOptions::new().max_attempts(1));
    client.send(call()).await.unwrap_err();
    assert_eq!(
        scribe.log(),
        ["> MakeCall 1", "< 1 status None body None reached Some(false) abandoned false"]
    );
}

#[tokio::test]
async fn a_call_that_is_dropped_is_seen_as_abandoned() {
    let server = Server::always(Reply::Stall(Vec::new())).await;
    let scribe = Scribe::default();
    let client = client(&server, &[&scribe]).await;
    tokio::select! {
        _ = client.send(call()) => {}
        () = server.has_seen(1) => {}
    }
    assert_eq!(scribe.log(), ["> MakeCall 1", "< 1 status None body None reached None abandoned true"]);
}

#[tokio::test]
async fn a_call_that_an_interceptor_refuses_is_not_sent_and_not_retried() {
    let server = Server::always(placed()).await;
    let first = Scribe { name: "first", ..Scribe::default() };
    let log = Arc::clone(&first.log);
    let second =
        Scribe { name: "second", refuses: Some("13188888888 is on the list"), log, ..Scribe::default() };
    let third = Scribe { name: "third", log: Arc::clone(&first.log), ..Scribe::default() };
    let error = client(&server, &[&first, &second, &third]).await.send(call()).await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error}");
    assert_eq!(
        error.to_string(),
        "MakeCall was not sent, an interceptor refused it ([redacted] is on the list)"
    );
    assert_eq!(server.requests().len(), 0);
    let told = "1 status None body None reached Some(false) abandoned false";
    assert_eq!(
        first.log(),
        ["first> MakeCall 1", "second> MakeCall 1", &format!("second< {told}"), &format!("first< {told}")]
    );
}

#[tokio::test]
async fn headers_of_the_client_are_refused_and_nothing_is_sent() {
    let server = Server::always(placed()).await;
    for name in [
        "host",
        "authorization",
        "content-length",
        "content-type",
        "transfer-encoding",
        "connection",
        "accept-encoding",
        "x-acs-action",
        "x-acs-date",
        "x-acs-security-token",
        "x-acs-signature-nonce",
    ] {
        let scribe = Scribe { adds: vec![(name, "evil.example")], ..Scribe::default() };
        let error = client(&server, &[&scribe]).await.send(call()).await.unwrap_err();
        assert!(matches!(error, Error::NotSent(_)), "{error}");
        assert!(error.to_string().contains(&format!("it set the header `{name}`")), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn signed_headers_take_one_value_of_visible_characters() {
    let server = Server::always(placed()).await;
    for adds in [vec![("x-acs-team", "a"), ("x-acs-team", "b")], vec![("x-acs-team", "Zoë")]] {
        let scribe = Scribe { adds, ..Scribe::default() };
        let error = client(&server, &[&scribe]).await.send(call()).await.unwrap_err();
        assert!(error.to_string().contains("one value of visible ASCII"), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}
