//! Tests of slow clients and of many clients, with limits that a test can reach.

use std::time::Duration;

use tokio::net::TcpStream;

use super::Limits;
use crate::MockEndpoint;
use crate::bells::{Bells, exchange};

const SOON: Duration = Duration::from_millis(50);

async fn endpoint(limits: Limits) -> MockEndpoint<Bells> {
    MockEndpoint::builder().limits(limits).start().await.unwrap()
}

#[tokio::test]
async fn connection_of_a_client_that_never_ends_its_head_is_closed() {
    let endpoint = endpoint(Limits { head_time: SOON, ..Limits::default() }).await;
    let response = exchange(endpoint.address(), b"GET /?Action=").await;
    assert!(!response.contains(" 200 "), "{response}");
}

#[tokio::test]
async fn idle_connection_is_closed() {
    let endpoint = endpoint(Limits { head_time: SOON, ..Limits::default() }).await;
    assert_eq!(exchange(endpoint.address(), b"").await, "");
}

#[tokio::test]
async fn client_that_never_ends_its_body_gets_a_timeout() {
    let endpoint = endpoint(Limits { body_time: SOON, ..Limits::default() }).await;
    let request = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf";
    let response = exchange(endpoint.address(), request).await;
    assert!(response.starts_with("HTTP/1.1 408 "), "{response}");
}

#[tokio::test]
async fn connection_beyond_the_limit_waits_for_another_to_close() {
    let endpoint = endpoint(Limits { connections: 1, ..Limits::default() }).await;
    let first = TcpStream::connect(endpoint.address()).await.unwrap();
    let address = endpoint.address();
    let second = tokio::spawn(async move {
        exchange(address, b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await
    });
    tokio::task::yield_now().await;
    drop(first);
    assert!(second.await.unwrap().starts_with("HTTP/1.1 400 "));
}
