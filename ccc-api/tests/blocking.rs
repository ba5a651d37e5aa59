//! Tests of the blocking client: from one thread, from many, and where it must not be called.
#![cfg(feature = "blocking")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use ccc_api::credentials::{CredentialsError, CredentialsProvider};
use ccc_api::custom::BoxFuture;
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::{Config, Credentials, Error, blocking};
use support::{Reply, Server, answer, call, credentials, placed};

/// Makes the server's runtime, apart from the client's own.
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

fn client_of(server: &Server) -> blocking::Client {
    blocking::Client::new(server.config().build().unwrap()).unwrap()
}

#[test]
fn a_call_is_placed_by_a_builder_and_by_a_request_that_is_kept() {
    let runtime = runtime();
    let server = runtime.block_on(Server::always(placed()));
    let client = client_of(&server);
    let answer = client.make_call().callee("13188888888").device_id("dev-1").instance_id("ccc-test").send();
    assert_eq!(answer.unwrap().data.call_context.job_id.as_deref(), Some("job-1"));
    let request = call();
    assert_eq!(client.send(&request).unwrap().request_id(), Some("R-1"));
    assert_eq!(client.send(request).unwrap().request_id(), Some("R-1"));
    assert_eq!((server.requests().len(), server.connections()), (3, 1));
}

#[test]
fn a_refusal_is_the_error_of_the_operation() {
    let runtime = runtime();
    let busy =
        r#"{"Code":"UserBusy","Message":"The user 80011474 you called was busy. Please try again later."}"#;
    let server = runtime.block_on(Server::always(Reply::Send(answer("400 B", "", busy))));
    let error = client_of(&server).send(call()).unwrap_err();
    assert!(matches!(error, Error::Service(MakeCallError::UserBusy { .. })), "{error}");
}

#[test]
fn time_limits_hold() {
    let runtime = runtime();
    let server = runtime.block_on(Server::always(Reply::Stall(Vec::new())));
    let config = server.config().timeout(Duration::from_millis(100)).build().unwrap();
    let error = blocking::Client::new(config).unwrap().send(call()).unwrap_err();
    assert!(error.is_timeout() && error.may_have_reached_the_service(), "{error}");
}

/// The server responds when all requests are there. Calls that waited for each other would never get a response.
#[test]
fn calls_of_many_threads_are_in_flight_together() {
    const THREADS: usize = 16;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = Config::builder()
        .endpoint(format!("http://{}", listener.local_addr().unwrap()))
        .credentials(credentials())
        .build()
        .unwrap();
    let client = blocking::Client::new(config).unwrap();
    std::thread::scope(|scope| {
        let calls: Vec<_> = (0..THREADS).map(|_| scope.spawn(|| client.clone().send(call()))).collect();
        let mut connections: Vec<_> = (0..THREADS).map(|_| listener.accept().unwrap().0).collect();
        connections.iter_mut().for_each(read_head);
        let bytes = answer("200 OK", "", r#"{"Code":"OK","RequestId":"R-1"}"#);
        for connection in &mut connections {
            connection.write_all(&bytes).unwrap();
        }
        for call in calls {
            assert_eq!(call.join().unwrap().unwrap().request_id(), Some("R-1"));
        }
    });
}

fn read_head(stream: &mut TcpStream) {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
}

#[test]
fn send_within_a_task_is_refused_and_sends_nothing() {
    let runtime = runtime();
    let server = runtime.block_on(Server::always(placed()));
    let client = client_of(&server);
    let inside = client.clone();
    for error in [
        runtime.block_on(async { client.send(call()) }).unwrap_err(),
        runtime.block_on(runtime.spawn(async move { inside.send(call()) })).unwrap().unwrap_err(),
    ] {
        assert!(matches!(error, Error::NotSent(_)), "{error}");
        assert!(error.to_string().contains("`tokio::task::spawn_blocking`"), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn client_can_be_made_and_dropped_within_a_task() {
    let runtime = runtime();
    let server = runtime.block_on(Server::always(placed()));
    runtime.block_on(async {
        let client = client_of(&server);
        let used = client.clone();
        let answer = tokio::task::spawn_blocking(move || used.send(call())).await.unwrap();
        assert_eq!(answer.unwrap().request_id(), Some("R-1"));
        drop(client);
    });
}

#[test]
fn providers_may_await_what_needs_the_runtime() {
    #[derive(Debug)]
    struct Slow;

    impl CredentialsProvider for Slow {
        fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
            Box::pin(async {
                tokio::time::sleep(Duration::from_millis(1)).await;
                tokio::spawn(async { credentials() }).await.map_err(|_| CredentialsError::new("no task"))
            })
        }
    }

    let runtime = runtime();
    let server = runtime.block_on(Server::always(placed()));
    let config = server.config().credentials(Slow).build().unwrap();
    assert!(blocking::Client::new(config).unwrap().send(call()).is_ok());
}
