//! Tests of requests over real sockets: how often they are sent, over how many connections, and what comes back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use ccc_api::credentials::{CredentialsError, CredentialsProvider};
use ccc_api::custom::BoxFuture;
use ccc_api::custom::Sender;
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::sign::{Method, SignatureScheme};
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use ccc_api::{Client, Config, Credentials, Error};
use support::{Reply, Server, answer, call, placed};

#[tokio::test]
async fn a_placed_call_gives_its_job() {
    let server = Server::always(placed()).await;
    let answer = server.client().send(call()).await.unwrap();
    assert_eq!(answer.data.call_context.job_id.as_deref(), Some("job-1"));
    assert_eq!(answer.request_id(), Some("R-1"));
}

#[tokio::test]
async fn a_request_can_be_built_from_the_client() {
    let server = Server::always(placed()).await;
    let client = server.client();
    let answer = client.make_call().callee("1").device_id("d").instance_id("i").send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn the_request_id_comes_from_the_header_if_the_body_has_none() {
    let reply = answer("200 OK", "x-acs-request-id: R-HEAD\r\n", r#"{"Code":"OK"}"#);
    let server = Server::always(Reply::Send(reply)).await;
    assert_eq!(server.client().send(call()).await.unwrap().request_id(), Some("R-HEAD"));
}

#[tokio::test]
async fn clones_of_a_client_share_one_connection() {
    let server = Server::always(placed()).await;
    let client = server.client();
    for _ in 0..5 {
        client.clone().send(call()).await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (5, 1));
}

#[tokio::test]
async fn every_request_has_a_nonce_of_its_own() {
    let server = Server::always(placed()).await;
    let client = server.client();
    for _ in 0..5 {
        client.send(call()).await.unwrap();
    }
    let nonces: HashSet<String> = server
        .requests()
        .iter()
        .filter_map(|request| {
            request.lines().find_map(|line| line.strip_prefix("x-acs-signature-nonce: ").map(str::to_owned))
        })
        .collect();
    assert_eq!(nonces.len(), 5);
}

#[tokio::test]
async fn a_body_is_sent_only_if_the_scheme_has_one() {
    for (scheme, method, first, body) in [
        (SignatureScheme::Acs3, Method::Post, "POST /?Callee=", false),
        (SignatureScheme::Acs3, Method::Get, "GET /?Callee=", false),
        (SignatureScheme::V1, Method::Post, "POST / HTTP/1.1", true),
        (SignatureScheme::V1, Method::Get, "GET /?AccessKeyId=", false),
    ] {
        let server = Server::always(placed()).await;
        let config = server.config().signature(scheme).method(method).build().unwrap();
        Client::new(config).unwrap().send(call()).await.unwrap();
        let request = &server.requests()[0];
        assert!(request.starts_with(first), "{request}");
        assert!(!request.contains("transfer-encoding"), "{request}");
        assert_eq!(request.ends_with("\r\n\r\n"), !body, "{request}");
        assert_eq!(method == Method::Post, request.contains("content-length: "), "{request}");
    }
}

/// The service may have acted on what it read, so it must not get the request again, on the same connection or a new one.
#[tokio::test]
async fn a_request_is_not_sent_again_if_the_connection_closes_after_it_was_read() {
    let server = Server::always(Reply::Close(Vec::new())).await;
    let error = server.client().send(call()).await.unwrap_err();
    assert!(matches!(error, Error::Interrupted(_)), "{error}");
    assert!(error.may_have_reached_the_service());
    assert_eq!(server.requests().len(), 1);
}

/// The HTTP client may notice a pooled connection dying under a request and try another one; it must not.
#[tokio::test]
async fn a_request_is_not_sent_again_if_a_pooled_connection_closes_after_it_was_read() {
    for _ in 0..20 {
        let server =
            Server::start(|before| if before == 0 { placed() } else { Reply::Close(Vec::new()) }).await;
        let client = server.client();
        client.send(call()).await.unwrap();
        let error = client.send(call()).await.unwrap_err();
        assert!(error.may_have_reached_the_service(), "{error}");
        assert_eq!((server.requests().len(), server.connections()), (2, 1));
    }
}

/// A request races with the end of the pooled connection that it is written to. It may go over a new connection or be
/// lost with the old one, but never over both.
#[tokio::test]
async fn no_request_arrives_twice_when_connections_close_under_it() {
    let server = Server::start(|_| match placed() {
        Reply::Send(bytes) => Reply::Close(bytes),
        other => other,
    })
    .await;
    let client = server.client();
    for round in 0..100 {
        let mut request = call();
        request.user_id = Some(format!("round-{round}-"));
        if let Err(error) = client.send(&request).await {
            assert!(matches!(error, Error::Interrupted(_)), "{error}");
        }
        for _ in 0..round % 4 {
            tokio::task::yield_now().await;
        }
    }
    let requests = server.requests();
    for round in 0..100 {
        let mark = format!("round-{round}-");
        let arrived = requests.iter().filter(|request| request.contains(&mark)).count();
        assert!(arrived <= 1, "{mark} arrived {arrived} times");
    }
}

#[tokio::test]
async fn a_request_without_a_response_times_out_and_may_have_arrived() {
    let server = Server::always(Reply::Stall(Vec::new())).await;
    let config = server.config().timeout(Duration::from_millis(300)).build().unwrap();
    let error = Client::new(config).unwrap().send(call()).await.unwrap_err();
    assert!(matches!(error, Error::TimedOut(_)), "{error}");
    assert!(error.is_timeout() && error.may_have_reached_the_service());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_response_that_stops_half_way_times_out_with_status_and_request_id() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\nx-acs-request-id: R-7\r\n\r\n{\"Code\"".to_vec();
    let server = Server::always(Reply::Stall(head)).await;
    let config = server.config().timeout(Duration::from_millis(300)).build().unwrap();
    let error = Client::new(config).unwrap().send(call()).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("R-7")));
}

#[tokio::test]
async fn a_redirection_is_reported_and_not_followed() {
    let elsewhere = Server::always(placed()).await;
    for status in ["301 M", "302 F", "303 S", "307 T", "308 P"] {
        let location = format!("Location: {}/?Callee=13188888888\r\n", elsewhere.endpoint());
        let server = Server::always(Reply::Send(answer(status, &location, ""))).await;
        let error = server.client().send(call()).await.unwrap_err();
        let Error::Redirected(redirected) = &error else { panic!("{error}") };
        assert_eq!(redirected.host(), Some("127.0.0.1"));
        assert_eq!(server.requests().len(), 1);
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn redirection_that_the_caller_s_own_http_client_followed_is_detected() {
    let elsewhere = Server::always(placed()).await;
    let location = format!("Location: {}/\r\n", elsewhere.endpoint());
    let server = Server::always(Reply::Send(answer("307 T", &location, ""))).await;
    let transport = ccc_api::transport::ReqwestTransport::from_client(own_client());
    let config = server.config().transport(transport).build().unwrap();
    let error = Client::new(config).unwrap().send(call()).await.unwrap_err();
    assert!(matches!(error, Error::Redirected(_)), "{error}");
}

/// Never responds, and never gives up by itself.
#[derive(Debug)]
struct Silent;

impl Transport for Silent {
    fn send(
        &self,
        _request: http::Request<Bytes>,
        _deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::pending())
    }
}

impl CredentialsProvider for Silent {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_transport_that_never_ends_times_out() {
    let config = Config::builder().credentials(support::credentials()).transport(Silent);
    let client = Client::new(config.timeout(Duration::from_millis(20)).build().unwrap()).unwrap();
    let error = client.send(call()).await.unwrap_err();
    assert!(matches!(error, Error::TimedOut(_)), "{error}");
}

#[tokio::test]
async fn credentials_that_never_come_are_missing_and_nothing_is_sent() {
    let server = Server::always(placed()).await;
    let config = server.config().credentials(Silent).timeout(Duration::from_millis(20));
    let error = Client::new(config.build().unwrap()).unwrap().send(call()).await.unwrap_err();
    assert!(matches!(error, Error::Credentials(_)), "{error}");
    assert_eq!(server.connections(), 0);
}

/// GET puts parameters into the query, and the length of a URI is limited.
#[tokio::test]
async fn a_parameter_too_long_for_a_uri_is_an_error_and_not_sent() {
    let server = Server::always(placed()).await;
    let mut request = call();
    request.user_id = Some("x".repeat(70_000));
    let by_get = Client::new(server.config().method(Method::Get).build().unwrap()).unwrap();
    let error = by_get.send(&request).await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error}");
    assert!(error.to_string().contains("64 KiB"), "{error}");

    for scheme in [SignatureScheme::V1, SignatureScheme::Acs3] {
        let config = server.config().signature(scheme).build().unwrap();
        Client::new(config).unwrap().send(&request).await.unwrap();
    }
    assert_eq!(server.requests().len(), 2, "a form takes it");
}

/// Each `?` moves a `Result`, so rare details must not make it large.
#[test]
fn an_error_stays_small() {
    assert!(size_of::<Error<MakeCallError>>() <= 64, "{}", size_of::<Error<MakeCallError>>());
}

/// Makes a client that follows redirections, as reqwest does by default.
#[cfg(feature = "reqwest")]
fn own_client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

#[tokio::test]
async fn an_endless_response_is_cut_off() {
    let mut endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"Message\":\"".to_vec();
    endless.resize(endless.len() + ccc_api::transport::MAX_BODY + 1, b'a');
    let server = Server::always(Reply::Close(endless)).await;
    let error = server.client().send(call()).await.unwrap_err();
    let Error::Unreadable(unreadable) = &error else { panic!("{error}") };
    assert!(unreadable.raw_body().len() <= ccc_api::transport::MAX_BODY);
    assert!(unreadable.body_start().len() <= 512 && error.to_string().len() < 1200);
}

#[tokio::test]
async fn a_future_that_is_dropped_sends_nothing_more() {
    let server = Server::start(|before| if before == 0 { Reply::Stall(Vec::new()) } else { placed() }).await;
    let client = server.client();
    tokio::select! {
        outcome = Sender::dispatch(&client, call()) => panic!("{outcome:?}"),
        () = server.has_seen(1) => {}
    }
    client.send(call()).await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}
