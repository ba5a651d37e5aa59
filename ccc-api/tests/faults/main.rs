//! Tests of the promise that a phone rings once: thousands of random fault schedules over real sockets, with a server
//! that counts.
//!
//! A schedule is drawn from a seed, which a failure names. `CCC_FAULT_SEED` runs that one alone, `CCC_FAULT_SCHEDULES`
//! runs more of them.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and its count is printed"
)]

mod cancellation;
mod chance;
mod ledger;
mod odd;
mod operations;
mod plan;
mod schedule;
mod server;
#[path = "../support/mod.rs"]
mod support;

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use ledger::Tally;

/// How many schedules run at the same time.
const AT_ONCE: usize = 64;
/// How many run by default.
const SCHEDULES: u64 = 3000;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_call_is_placed_twice_whatever_the_network_does() {
    let seeds = match number("CCC_FAULT_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("CCC_FAULT_SCHEDULES").unwrap_or(SCHEDULES),
    };
    let schedules = seeds.end - seeds.start;
    let begun = Instant::now();
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for seed in seeds {
        let room = Arc::clone(&room);
        running.spawn(async move {
            let _place = room.acquire().await.unwrap();
            schedule::run(seed).await
        });
    }
    let mut tally = Tally::default();
    while let Some(ended) = running.join_next().await {
        tally.add(ended.unwrap());
    }
    println!("{schedules} schedules in {:.1?}: {tally}", begun.elapsed());
    tally.check(schedules);
}
