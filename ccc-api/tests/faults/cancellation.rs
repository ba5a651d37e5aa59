//! Tests of a call that is dropped: nothing more is sent, no task goes on, and the retry budget is full again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ccc_api::Client;
use ccc_api::custom::BoxFuture;
use ccc_api::custom::Sender;
use ccc_api::retry::RetryPolicy;
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use tokio::time::timeout;

use crate::chance::Chance;
use crate::support::{Reply, Server, answer, call, placed};

const THROTTLED: &str = r#"{"Code":"Throttling.User","RequestId":"R"}"#;

/// Counts the requests that it sends.
#[derive(Debug)]
struct Counting {
    through: Arc<dyn Transport>,
    begun: Arc<AtomicU64>,
}

impl Transport for Counting {
    fn send(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.through.send(request, deadline)
    }
}

fn throttled(header: &str) -> Reply {
    Reply::Send(answer("429 T", header, THROTTLED))
}

/// The server asks for a retry at once, so attempts follow each other as long as the call is not dropped.
#[tokio::test]
async fn a_call_that_is_dropped_at_any_point_sends_nothing_more() {
    let server = Server::always(throttled("x-acs-retry-after: 0\r\n")).await;
    let begun = Arc::new(AtomicU64::new(0));
    let counting = Counting { through: server.client().transport(), begun: Arc::clone(&begun) };
    let moment = Duration::from_micros(100);
    let policy = RetryPolicy::new().max_attempts(20).throttling_delay(moment).budget(1_000_000);
    let client = Client::new(server.config().transport(counting).retry(policy).build().unwrap()).unwrap();
    let mut chance = Chance::new(0);
    let mut dropped = 0;
    for _ in 0..300 {
        let life = Duration::from_micros(chance.below(8000));
        dropped += u64::from(timeout(life, Sender::dispatch(&client, call())).await.is_err());
        let at_its_end = begun.load(Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(2)).await;
        assert_eq!(begun.load(Ordering::SeqCst), at_its_end);
    }
    assert!(dropped > 100, "{dropped} were dropped");
}

#[test]
fn a_call_leaves_no_task_behind() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let others = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = others.block_on(Server::start(|before| match before % 3 {
        0 => Reply::Stall(Vec::new()),
        1 => throttled("x-acs-retry-after: 1\r\n"),
        _ => placed(),
    }));
    let mut chance = Chance::new(1);
    runtime.block_on(async {
        for _ in 0..100 {
            let client = server.client();
            let life = Duration::from_micros(chance.below(20_000));
            let _ = timeout(life, Sender::dispatch(&client, call())).await;
        }
        let metrics = tokio::runtime::Handle::current().metrics();
        let end = Instant::now() + Duration::from_secs(20);
        // The HTTP client's own tasks end with their connections, once the client is gone.
        while metrics.num_alive_tasks() > 0 && Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(metrics.num_alive_tasks(), 0);
    });
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_waits_returns_its_retry_to_the_budget() {
    let server = Server::start(|before| match before {
        0..=20 => throttled(if before < 20 { "x-acs-retry-after: 5000\r\n" } else { "" }),
        _ => placed(),
    })
    .await;
    let policy = RetryPolicy::new().budget(1).throttling_delay(Duration::from_millis(1));
    let client = Client::new(server.config().retry(policy).build().unwrap()).unwrap();
    for number in 1..=20 {
        tokio::select! {
            ended = Sender::dispatch(&client, call()) => panic!("without a wait: {ended:?}"),
            () = async {
                server.has_seen(number).await;
                tokio::time::sleep(Duration::from_millis(20)).await;
            } => {}
        }
    }
    assert_eq!(client.send(call()).await.unwrap().attempts(), 2);
}
