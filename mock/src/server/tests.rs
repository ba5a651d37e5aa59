//! Clients that are slow or many, against limits that a test can wait for.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Limits;
use acs_runtime::config::EndpointRules;
use acs_runtime::custom::Product;
use acs_runtime::description::OperationDescription;

use crate::{MockEndpoint, MockedProduct, NoWorld};

const SOON: Duration = Duration::from_millis(50);

/// A product without operations.
struct Bells;

impl Product for Bells {
    const CODE: &'static str = "Bells";
    const VERSION: &'static str = "2020-07-01";
    const TITLE: &'static str = "Bells";
    const ENDPOINT_VARIABLE: &'static str = "ALIBABA_CLOUD_BELLS_ENDPOINT";
    const ENDPOINTS: EndpointRules = EndpointRules {
        default_region: "cn-hangzhou",
        public: "bells.{region}.aliyuncs.com",
        vpc: "bells-vpc.{region}.aliyuncs.com",
        central: "bells.aliyuncs.com",
        central_regions: &[],
    };
}

impl MockedProduct for Bells {
    type World = NoWorld;

    fn operations() -> Vec<&'static OperationDescription> {
        Vec::new()
    }
}

async fn endpoint(limits: Limits) -> MockEndpoint<Bells> {
    MockEndpoint::builder().limits(limits).start().await.unwrap()
}

/// Sends, then reads until the endpoint closes.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn client_that_never_ends_its_head_is_let_go() {
    let endpoint = endpoint(Limits { head_time: SOON, ..Limits::default() }).await;
    let answer = exchange(endpoint.address(), b"GET /?Action=").await;
    assert!(!answer.contains(" 200 "), "{answer}");
}

#[tokio::test]
async fn idle_connection_is_let_go() {
    let endpoint = endpoint(Limits { head_time: SOON, ..Limits::default() }).await;
    assert_eq!(exchange(endpoint.address(), b"").await, "");
}

#[tokio::test]
async fn client_that_never_ends_its_body_is_told_so() {
    let endpoint = endpoint(Limits { body_time: SOON, ..Limits::default() }).await;
    let answer =
        exchange(endpoint.address(), b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf").await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
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
