//! Tests of bytes that no client sends: at most their connection is lost, and the endpoint goes on.

use ccc_api::mock::MockEndpoint;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::wire::{Acs3, endpoint, exchange};

async fn still_answers(endpoint: &MockEndpoint) {
    assert_eq!(exchange(endpoint.address(), &Acs3::call().bytes()).await.status, 200);
}

async fn status(bytes: &[u8]) -> u16 {
    let endpoint = endpoint().start().await.unwrap();
    let status = exchange(endpoint.address(), bytes).await.status;
    still_answers(&endpoint).await;
    status
}

fn with_head(lines: &str, body: &[u8]) -> Vec<u8> {
    [format!("{lines}host: x\r\nconnection: close\r\n\r\n").as_bytes(), body].concat()
}

#[tokio::test]
async fn bytes_that_are_not_http_are_refused() {
    for bytes in [
        b"\0\0\0\0\0\r\n\r\n".as_slice(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\n",
    ] {
        let status = status(bytes).await;
        assert!(status == 400 || status == 0, "{status}");
    }
}

#[tokio::test]
async fn endless_header_is_refused() {
    let header = [b"GET / HTTP/1.1\r\nx: ".as_slice(), &[b'a'; 200 << 10]].concat();
    let status = status(&header).await;
    // The endpoint responds and closes. Bytes that are still on their way may reset the connection before the response.
    assert!(status == 431 || status == 0, "{status}");
}

#[tokio::test]
async fn too_many_headers_are_refused() {
    let lines: String = (0..200).map(|n| format!("x-{n}: y\r\n")).collect();
    assert_eq!(status(&with_head(&format!("GET / HTTP/1.1\r\n{lines}"), b"")).await, 431);
}

#[tokio::test]
async fn large_body_is_refused() {
    let body = vec![b'a'; 300 << 10];
    let lines = format!("POST / HTTP/1.1\r\ncontent-length: {}\r\n", body.len());
    assert_eq!(status(&with_head(&lines, &body)).await, 413);
}

#[tokio::test]
async fn endless_chunks_are_refused() {
    let chunk = [b"10000\r\n".as_slice(), &[b'a'; 0x10000], b"\r\n"].concat();
    let lines = "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n";
    assert_eq!(status(&with_head(lines, &chunk.repeat(5))).await, 413);
}

#[tokio::test]
async fn broken_chunks_are_refused() {
    let lines = "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n";
    assert_eq!(status(&with_head(lines, b"zz\r\nhello")).await, 400);
}

#[tokio::test]
async fn broken_encodings_are_refused() {
    for query in ["%", "%4", "%zz=1", "a=%FF%FE", "a=%C3%28", "%00%"] {
        assert_eq!(status(&with_head(&format!("GET /?{query} HTTP/1.1\r\n"), b"")).await, 400, "{query}");
    }
}

#[tokio::test]
async fn form_that_is_not_text_is_refused() {
    let lines = "POST / HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 4\r\n";
    assert_eq!(status(&with_head(lines, b"\xff\xfe\x00=")).await, 400);
}

#[tokio::test]
async fn headers_that_are_not_ascii_are_refused() {
    let mut request =
        b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-acs-action: \xff\xfe\r\n".to_vec();
    request.extend_from_slice(
        b"authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=;\xe4;host,Signature=\xff\r\n\r\n",
    );
    assert_eq!(status(&request).await, 400);
}

#[tokio::test]
async fn other_methods_and_paths_are_refused() {
    assert_eq!(status(&with_head("PUT / HTTP/1.1\r\n", b"")).await, 405);
    assert_eq!(status(&with_head("BREW / HTTP/1.1\r\n", b"")).await, 405);
    assert_eq!(status(&with_head("GET /calls HTTP/1.1\r\n", b"")).await, 404);
    assert_eq!(status(&with_head("OPTIONS * HTTP/1.1\r\n", b"")).await, 405);
}

#[tokio::test]
async fn control_characters_in_parameters_do_no_harm() {
    assert_eq!(status(&with_head("GET /?Action=%00%0D%0A&Version=%3Cx%3E HTTP/1.1\r\n", b"")).await, 400);
}

#[tokio::test]
async fn client_that_breaks_off_does_no_harm() {
    let endpoint = endpoint().start().await.unwrap();
    let request = Acs3::call().bytes();
    for length in (0..request.len()).step_by(37) {
        let mut stream = TcpStream::connect(endpoint.address()).await.unwrap();
        stream.write_all(&request[..length]).await.unwrap();
    }
    still_answers(&endpoint).await;
}

#[tokio::test]
async fn connection_serves_one_request_after_another() {
    let endpoint = endpoint().start().await.unwrap();
    let keep = |request: Acs3| String::from_utf8(request.bytes()).unwrap().replace("close", "keep-alive");
    let last = String::from_utf8(Acs3::call().bytes()).unwrap();
    let pipelined = [keep(Acs3::call()), keep(Acs3::call()), last].concat();
    let answer = exchange(endpoint.address(), pipelined.as_bytes()).await;
    assert_eq!(answer.body.matches("HTTP/1.1 200 OK").count(), 2, "{answer:?}");
    assert_eq!(endpoint.request_count(), 3);
}

#[tokio::test]
async fn dropped_endpoint_closes_its_connections() {
    let endpoint = endpoint().start().await.unwrap();
    let address = endpoint.address();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
    drop(endpoint);
    // The connection is closed or reset.
    assert_eq!(stream.read(&mut [0; 1]).await.unwrap_or(0), 0);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn many_connections_at_once_all_get_a_response() {
    let endpoint = endpoint().start().await.unwrap();
    let address = endpoint.address();
    let calls: Vec<_> = (0..200)
        .map(|_| tokio::spawn(async move { exchange(address, &Acs3::call().bytes()).await.status }))
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), 200);
    }
    assert_eq!(endpoint.request_count(), 200);
}
