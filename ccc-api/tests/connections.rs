//! Tests of connections between calls, of the runtimes that drive them, and of requests that are too long for a gateway.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ccc_api::config::ConfigBuilder;
use ccc_api::retry::RetryPolicy;
use ccc_api::sign::Method;
use ccc_api::{Client, Config, Error};
use support::{Reply, Server, answer, call, credentials, placed};
use tokio::runtime::Builder;

const ANSWER: &str = r#"{"Code":"OK","RequestId":"R-1","Data":{"CallContext":{"JobId":"job-1"}}}"#;

/// Starts a server that responds once per connection, closes it without announcing it, and counts.
fn closing_server(closed: Arc<AtomicUsize>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
                request.extend(byte);
            }
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{ANSWER}", ANSWER.len());
            stream.write_all(head.as_bytes()).unwrap();
            drop(stream);
            closed.fetch_add(1, Ordering::SeqCst);
        }
    });
    address
}

/// Blocks a runtime, so that it does not look at its sockets, until `count` connections were closed.
fn block_until(closed: &AtomicUsize, count: usize) {
    for _ in 0..10_000 {
        if closed.load(Ordering::SeqCst) >= count {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(closed.load(Ordering::SeqCst), count);
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_not_used_even_if_the_runtime_does_not_know_yet() {
    let closed = Arc::new(AtomicUsize::new(0));
    let server = closing_server(Arc::clone(&closed));
    let config = Config::builder().endpoint(format!("http://{server}")).credentials(credentials());
    let client = Client::new(config.retry(RetryPolicy::never()).build().unwrap()).unwrap();
    for calls in 1..=20 {
        client.send(call()).await.unwrap();
        block_until(&closed, calls);
    }
}

/// Returns how many connections two calls use that are `apart`.
async fn connections_of_two_calls(
    configured: impl Fn(ConfigBuilder) -> ConfigBuilder,
    apart: Duration,
) -> usize {
    let server = Server::always(placed()).await;
    let client = Client::new(configured(server.config()).build().unwrap()).unwrap();
    client.send(call()).await.unwrap();
    tokio::time::sleep(apart).await;
    client.send(call()).await.unwrap();
    server.connections()
}

const SOON: Duration = Duration::from_millis(1);

#[tokio::test]
async fn a_connection_serves_the_next_call() {
    assert_eq!(connections_of_two_calls(|config| config, SOON).await, 1);
}

#[tokio::test]
async fn a_call_is_not_sent_over_a_connection_that_was_idle_for_more_than_a_second() {
    let apart = Duration::from_millis(1100);
    assert_eq!(
        connections_of_two_calls(|config| config.idle_timeout(Duration::from_secs(60)), apart).await,
        2
    );
}

#[tokio::test]
async fn the_idle_time_is_configured() {
    let apart = Duration::from_millis(60);
    let briefly = |config: ConfigBuilder| config.idle_timeout(Duration::from_millis(20));
    assert_eq!(connections_of_two_calls(briefly, apart).await, 2);
    assert_eq!(connections_of_two_calls(|config| config.idle_timeout(Duration::ZERO), SOON).await, 2);
}

#[tokio::test]
async fn the_number_of_idle_connections_is_configured() {
    assert_eq!(connections_of_two_calls(|config| config.max_idle_connections(0), SOON).await, 2);

    let server = Server::always(placed()).await;
    let client = Client::new(server.config().max_idle_connections(1).build().unwrap()).unwrap();
    let both = || async { tokio::join!(client.send(call()), client.send(call())) };
    both().await.0.unwrap();
    both().await.1.unwrap();
    assert_eq!(server.connections(), 3, "one of two is kept");
}

#[test]
fn a_client_may_be_shared_by_runtimes_that_come_and_go() {
    let serving = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = serving.block_on(Server::always(placed()));
    let config = server.config().retry(RetryPolicy::never()).build().unwrap();
    let client = Client::new(config).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
                    runtime.block_on(async {
                        for _ in 0..3 {
                            client.send(call()).await.unwrap();
                        }
                    });
                }
            });
        }
    });
    assert_eq!(server.requests().len(), 8 * 20 * 3);
}

/// Returns the outcome of a call to a server that counts connections, and their number.
fn called_by(
    drive: impl FnOnce(&Client) -> Error<ccc_api::operation::make_call::MakeCallError>,
) -> (String, usize) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let config = Config::builder().endpoint(endpoint).credentials(credentials()).build().unwrap();
    let error = drive(&Client::new(config).unwrap());
    assert!(matches!(error, Error::NotSent(_)) && !error.may_have_been_placed(), "{error}");
    (error.to_string(), listener.incoming().take_while(Result::is_ok).count())
}

/// Polls a future without Tokio's executor.
fn without_tokio<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    for _ in 0..1000 {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        std::thread::sleep(SOON);
    }
    None
}

#[test]
fn a_call_without_a_runtime_is_an_error_before_anything_is_sent() {
    let (error, connections) = called_by(|client| without_tokio(client.send(call())).unwrap().unwrap_err());
    assert!(error.contains("no Tokio runtime"), "{error}");
    assert_eq!(connections, 0);
}

#[test]
fn a_call_in_a_runtime_that_lacks_something_is_an_error_before_anything_is_sent() {
    for (builder, missing) in [
        (&mut Builder::new_current_thread(), "no timers"),
        (Builder::new_current_thread().enable_io(), "no timers"),
        (Builder::new_current_thread().enable_time(), "no I/O"),
        (Builder::new_multi_thread().worker_threads(1).enable_time(), "no I/O"),
    ] {
        let runtime = builder.build().unwrap();
        let (error, connections) = called_by(|client| runtime.block_on(client.send(call())).unwrap_err());
        assert!(error.contains(missing) && error.contains("enable_all"), "{error}");
        assert_eq!(connections, 0);
    }
}

/// Makes a MakeCall whose parameters are about 9 KB long, and need encoding.
fn long_call() -> ccc_api::operation::make_call::MakeCallRequest {
    let mut request = call();
    request.tags = Some("标签 a&b=c".repeat(250));
    request
}

#[tokio::test]
async fn long_parameters_are_sent_in_the_body() {
    let server = Server::always(placed()).await;
    server.client().send(long_call()).await.unwrap();
    let [request] = server.requests().try_into().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST / HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/x-www-form-urlencoded"), "{head}");
    assert!(head.contains("SignedHeaders=content-type;host;x-acs-"), "{head}");
    let hash = ccc_api::sign::acs3::content_sha256(body.as_bytes());
    assert!(head.contains(&format!("x-acs-content-sha256: {hash}")), "{head}");
    assert!(body.contains("Callee=13188888888&") && body.contains("Tags=%E6%A0%87"), "{body}");
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn a_signature_covers_long_parameters_in_the_body() {
    let endpoint = ccc_api::mock::MockEndpoint::start().await.unwrap();
    let client = Client::new(endpoint.config()).unwrap();
    client.send(long_call()).await.unwrap();
    let requests = endpoint.requests();
    let tags = long_call().tags;
    assert_eq!(requests.first().and_then(|request| request.parameter("Tags")), tags.as_deref());
}

#[tokio::test]
async fn get_has_no_body_and_long_parameters_stay_in_the_query() {
    let server = Server::always(placed()).await;
    let client = Client::new(server.config().method(Method::Get).build().unwrap()).unwrap();
    client.send(long_call()).await.unwrap();
    let [request] = server.requests().try_into().unwrap();
    assert!(request.starts_with("GET /?Callee=13188888888&") && request.ends_with("\r\n\r\n"), "{request}");
}

#[tokio::test]
async fn a_request_too_long_for_a_gateway_is_refused_with_a_hint() {
    for (status, hint) in [("414 URI Too Long", "POST"), ("431 Request Header Fields Too Large", "headers")] {
        for body in ["", "<html><h1>too long</h1></html>", "too long"] {
            let server = Server::always(Reply::Close(answer(status, "", body))).await;
            let error = server.client().send(call()).await.unwrap_err();
            assert!(!error.may_have_been_placed(), "{error}");
            assert!(error.to_string().contains(hint), "{error}");
            assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        }
    }
}

#[tokio::test]
async fn possible_start_of_a_response_is_not_a_refusal_whatever_its_status() {
    let half = r#"{"Data":{"CallContext":{"JobId":"job-1""#;
    let server = Server::always(Reply::Close(answer("414 URI Too Long", "", half))).await;
    let error = server.client().send(call()).await.unwrap_err();
    assert!(error.may_have_been_placed(), "{error}");
}
