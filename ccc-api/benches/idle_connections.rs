//! Counts calls that "may have been placed" because their connection was closed while it was idle.
//!
//! A server on loopback responds to every call, and closes each connection that has been idle for a time, by FIN or by
//! RST. Callers call again at just that moment, give or take a millisecond, in a runtime that is busy until then. That is
//! the worst case; in practice few calls come at that moment.
//!
//!     cargo test --package ccc-api --all-features --bench idle_connections
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on ends, and it prints its figures"
)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use ccc_api::operation::make_call::MakeCallRequest;
use ccc_api::{Client, Config, Credentials};

/// How a server ends a connection.
#[derive(Clone, Copy, Debug)]
enum Close {
    Fin,
    Rst,
}

/// What a server does, and how much it is called.
struct Situation {
    /// How long a connection may be idle.
    idle: Duration,
    close: Close,
    /// Callers at the same time, each with a client and a connection of its own.
    callers: u32,
    calls: u32,
}

#[derive(Default)]
struct Outcomes {
    calls: u32,
    open: u32,
    not_sent: u32,
}

const ANSWER: &str = r#"{"Code":"OK","RequestId":"R","Data":{"CallContext":{"JobId":"job-1"}}}"#;

fn main() {
    println!("server closes idle connections    calls  may have been placed         not placed");
    for (milliseconds, callers, calls) in
        [(0, 4, 1000), (2, 4, 1000), (1000, 50, 8), (4000, 50, 6), (10_000, 50, 4)]
    {
        for close in [Close::Fin, Close::Rst] {
            let situation = Situation { idle: Duration::from_millis(milliseconds), close, callers, calls };
            let outcomes = measured(&situation);
            let share = |part: u32| 100.0 * f64::from(part) / f64::from(outcomes.calls);
            println!(
                "{milliseconds:>21} ms, by {close:?}  {:>7}  {:>18.2} %  {:>15.2} %",
                outcomes.calls,
                share(outcomes.open),
                share(outcomes.not_sent)
            );
        }
    }
}

fn measured(situation: &Situation) -> Outcomes {
    let server = serve(situation.idle, situation.close);
    let caller = |number| move || calls_of(server, situation.idle, situation.calls, number);
    std::thread::scope(|scope| {
        let callers: Vec<_> = (0..situation.callers).map(|number| scope.spawn(caller(number))).collect();
        let mut all = Outcomes::default();
        for caller in callers {
            let outcomes = caller.join().unwrap();
            all.calls += outcomes.calls;
            all.open += outcomes.open;
            all.not_sent += outcomes.not_sent;
        }
        all
    })
}

/// Calls each time when the server is about to close the connection, give or take a millisecond.
fn calls_of(server: SocketAddr, idle: Duration, calls: u32, caller: u32) -> Outcomes {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = Config::builder()
        .endpoint(format!("http://{server}"))
        .credentials(Credentials::new("testid", "testsecret"))
        .build()
        .unwrap();
    let client = Client::new(config).unwrap();
    let request = MakeCallRequest::builder().instance_id("i").device_id("d").callee("1").build();
    let mut outcomes = Outcomes::default();
    runtime.block_on(async {
        for call in 0..calls {
            match client.send(&request).await {
                Ok(_) => {}
                Err(error) if error.may_have_been_placed() => outcomes.open += 1,
                Err(_) => outcomes.not_sent += 1,
            }
            outcomes.calls += 1;
            // Spread evenly over two milliseconds, the same in every run.
            let spread = Duration::from_micros(u64::from((call * 61 + caller * 37) % 100) * 20);
            wait((idle + spread).saturating_sub(Duration::from_millis(1))).await;
        }
    });
    outcomes
}

/// Sleeps, and blocks for the last milliseconds, so that the runtime cannot look at its sockets.
async fn wait(time: Duration) {
    let until = std::time::Instant::now() + time;
    if let Some(long) = time.checked_sub(Duration::from_millis(3)) {
        tokio::time::sleep(long).await;
    }
    while std::time::Instant::now() < until {
        std::thread::sleep(Duration::from_micros(20));
    }
}

fn serve(idle: Duration, close: Close) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve_one(stream, idle, close));
        }
    });
    address
}

/// Responds until no request has come for this time.
fn serve_one(mut stream: TcpStream, idle: Duration, close: Close) {
    stream.set_nodelay(true).unwrap();
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{ANSWER}", ANSWER.len());
    let mut patience = Duration::from_secs(30);
    while read_request(&mut stream, patience) {
        if stream.write_all(answer.as_bytes()).is_err() || idle.is_zero() {
            break;
        }
        patience = idle;
    }
    if matches!(close, Close::Rst) {
        let _ = socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO));
    }
}

/// Returns whether a complete request came. Requests here have no body.
fn read_request(stream: &mut TcpStream, patience: Duration) -> bool {
    stream.set_read_timeout(Some(patience)).unwrap();
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(count) if count > 0 => request.extend(chunk.iter().take(count)),
            _ => return false,
        }
    }
    true
}
