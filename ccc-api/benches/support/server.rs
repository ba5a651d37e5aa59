//! A server on loopback that responds to every request with the page's sample, as fast as sockets allow.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;

/// A server on a thread of its own, which runs until the process ends.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    counts: Arc<Counts>,
}

/// Counts what has come in.
#[derive(Default)]
pub(crate) struct Counts {
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Server {
    pub(crate) fn start() -> Self {
        let counts = Arc::<Counts>::default();
        let (started, address) = std::sync::mpsc::channel();
        let serving = Arc::clone(&counts);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime can be made").block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback can be bound");
                started.send(listener.local_addr().expect("it is bound")).expect("somebody waits");
                while let Ok((stream, _)) = listener.accept().await {
                    let _ = stream.set_nodelay(true);
                    tokio::spawn(serve(stream, Arc::clone(&serving)));
                }
            });
        });
        Self { address: address.recv().expect("the server starts"), counts }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns how many requests and bytes have come so far.
    pub(crate) fn seen(&self) -> (u64, u64) {
        (self.counts.requests.load(Ordering::SeqCst), self.counts.bytes.load(Ordering::SeqCst))
    }
}

/// Responds to the requests of one connection.
pub(crate) async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, counts: Arc<Counts>) {
    let body = super::sample();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer = head + body;
    let mut buffer = Vec::with_capacity(8 * 1024);
    while let Ok(1..) = stream.read_buf(&mut buffer).await {
        while let Some(length) = request_length(&buffer) {
            buffer.drain(..length);
            counts.requests.fetch_add(1, Ordering::SeqCst);
            counts.bytes.fetch_add(length.try_into().unwrap_or(u64::MAX), Ordering::SeqCst);
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// Returns the length of the first request, if it is complete.
fn request_length(buffer: &[u8]) -> Option<usize> {
    let head = buffer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(buffer.get(..head)?).ok()?;
    let length =
        |line: &str| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok();
    let whole = head + text.lines().find_map(length).unwrap_or(0);
    (buffer.len() >= whole).then_some(whole)
}
