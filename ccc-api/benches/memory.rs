//! Counts the allocations of a call and of its parts, and the memory of ten thousand calls at once. The server is another
//! process, so that its memory does not count.
#![expect(clippy::print_stdout, reason = "what it measures is what it is for")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot go on has nothing to measure")]

mod support;

use std::alloc::System;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ccc_api::custom::decode;
use ccc_api::operation::make_call::MakeCallResponse;
use ccc_api::response::Format;
use ccc_api::{Client, Config, Credentials};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Calls whose allocations are counted, after the connection and buffers exist.
const COUNTED: usize = 1000;
/// Calls at once.
const AT_ONCE: usize = 10_000;
/// How many times all of them are made.
const WAVES: usize = 5;

fn main() {
    if std::env::args().any(|argument| argument == "--serve") {
        let server = support::Server::start();
        println!("{}", server.address);
        // Serves until its parent process ends it or exits.
        let _ = std::io::stdin().lines().next();
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    let (mut server, address) = serve();
    runtime.block_on(async {
        allocations(address).await;
        waves(address).await;
    });
    drop(server.stdin.take());
    let _ = server.wait();
}

/// Starts the server as a process. Returns it with its address.
fn serve() -> (Child, SocketAddr) {
    let program = std::env::current_exe().expect("this program has a path");
    let mut server = Command::new(program)
        .arg("--serve")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut line = String::new();
    let output = server.stdout.take().expect("it is piped");
    BufReader::new(output).read_line(&mut line).expect("the server says where it listens");
    (server, line.trim().parse().expect("it is an address"))
}

fn client(address: SocketAddr) -> Client {
    let config = Config::builder()
        .endpoint(format!("http://{address}"))
        .credentials(Credentials::new("testid", support::SECRET))
        // Opening ten thousand connections at once is slow.
        .connect_timeout(Duration::from_secs(60))
        .attempt_timeout(Duration::from_secs(60))
        .timeout(Duration::from_secs(60))
        .max_attempts(1);
    Client::new(config.build().expect("it is valid")).expect("a client can be made")
}

async fn allocations(address: SocketAddr) {
    println!("{:<44} {:>12} {:>12}", "each time", "allocations", "bytes");
    let signer = support::signing::Signer::new(&support::signing::ACS3);
    print_each("building and signing a MakeCall, ACS3", counted(|| drop(signer.sign())));
    let signer = support::signing::Signer::new(&support::signing::V1);
    print_each("building and signing a MakeCall, 1.0", counted(|| drop(signer.sign())));
    let decode_sample = || drop(decode::<MakeCallResponse>(Format::Json, support::sample().as_bytes()));
    print_each("decoding the documented answer", counted(decode_sample));
    let plain =
        || drop(serde_json::from_slice::<support::decoding::PlainTexts>(support::sample().as_bytes()));
    print_each("  a plain serde derive of it", counted(plain));

    let client = client(address);
    let call = support::request();
    client.send(&call).await.expect("the server answers");
    let region = Region::new(ALLOCATOR);
    for _ in 0..COUNTED {
        client.send(&call).await.expect("the server answers");
    }
    print_each("a call on loopback", region.change());
    let bare = support::loopback::BareCall::new(&format!("http://{address}"));
    drop(bare.send().await);
    let region = Region::new(ALLOCATOR);
    for _ in 0..COUNTED {
        drop(bare.send().await);
    }
    print_each("  a bare reqwest call with the same bytes", region.change());
}

fn counted(mut work: impl FnMut()) -> Stats {
    let region = Region::new(ALLOCATOR);
    for _ in 0..COUNTED {
        work();
    }
    region.change()
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn print_each(what: &str, stats: Stats) {
    let each = |count: usize| count as f64 / COUNTED as f64;
    println!(
        "{what:<44} {:>12.1} {:>12.0}",
        each(stats.allocations + stats.reallocations),
        each(stats.bytes_allocated)
    );
}

async fn waves(address: SocketAddr) {
    println!("\n{AT_ONCE} calls at once, again and again; memory in KiB");
    println!(
        "{:<8} {:>10} {:>8} {:>10} {:>14} {:>14}",
        "wave", "answered", "errors", "time", "heap in use", "peak RSS"
    );
    let client = client(address);
    let region = Region::new(ALLOCATOR);
    for wave in 1..=WAVES {
        let start = std::time::Instant::now();
        let calls: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.send(support::request()).await })
            })
            .collect();
        let (mut answered, mut errors) = (0, 0);
        for call in calls {
            match call.await.expect("no call panics") {
                Ok(_) => answered += 1,
                Err(error) => {
                    errors += 1;
                    if errors == 1 {
                        println!("{error}");
                    }
                }
            }
        }
        let stats = region.change();
        println!(
            "{wave:<8} {answered:>10} {errors:>8} {:>10} {:>14} {:>14}",
            format!("{:.2?}", start.elapsed()),
            stats.bytes_allocated.saturating_sub(stats.bytes_deallocated) / 1024,
            peak_rss().unwrap_or_default(),
        );
    }
}

/// Returns the most memory that the process ever had, in KiB. Only Linux reports it.
fn peak_rss() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
