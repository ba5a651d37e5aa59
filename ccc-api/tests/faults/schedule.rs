//! Runs one schedule: a server with its plan, a client, and calls one after another or at once.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use ccc_api::config::CallOptions;
use ccc_api::operation::make_call::MakeCallRequest;
use ccc_api::retry::RetryPolicy;
use ccc_api::sign::SignatureScheme;
use ccc_api::{Client, Config, Credentials};
use tokio::task::JoinSet;

use crate::chance::Chance;
use crate::ledger::{Ledger, Limits, Told};
use crate::operations::{Asked, name};
use crate::plan::Plan;
use crate::server::Server;
use crate::support::look_up::LookUp;

/// The time limit of an attempt: long enough for a busy machine, short enough for thousands of time-outs.
const ATTEMPT: Duration = Duration::from_secs(1);

pub(crate) async fn run(seed: u64) -> Ledger {
    let mut chance = Chance::new(seed);
    let limits = Limits {
        attempts: u32::try_from(1 + chance.below(5)).unwrap(),
        total: Duration::from_millis(chance.pick(&[1500, 3000, 6000])),
    };
    let server = Server::start(host(seed), Plan::draw(&mut chance));
    let client = client(&server, limits, &mut chance);
    let calls = 1 + chance.below(6);
    let at_once = chance.one_in(3);
    let mut told = Vec::new();
    let mut running = JoinSet::new();
    for number in 0..calls {
        let client = client.clone();
        let id = seed * 16 + number;
        let one = if chance.one_in(2) { Which::MakeCall } else { Which::LookUp };
        let pause = Duration::from_micros(chance.pick(&[0, 0, 100, 1000]));
        running.spawn(async move {
            match one {
                Which::MakeCall => ask::<MakeCallRequest>(&client, id).await,
                Which::LookUp => ask::<LookUp>(&client, id).await,
            }
        });
        if !at_once {
            told.push(running.join_next().await.unwrap().unwrap());
            tokio::time::sleep(pause).await;
        }
    }
    while let Some(ended) = running.join_next().await {
        told.push(ended.unwrap());
    }
    // A request that the client gave up may still be on its way to the server.
    drop(client);
    tokio::time::sleep(Duration::from_millis(20)).await;
    Ledger { seed, limits, deliveries: server.deliveries(), told }
}

/// Returns an address of this machine for each schedule, if the system has that many. With one address, the port of a
/// server that pauses could go to the server of another schedule, which would then get its calls.
fn host(seed: u64) -> Ipv4Addr {
    let [.., high, low] = seed.to_be_bytes();
    if cfg!(target_os = "linux") { Ipv4Addr::new(127, 1, high, low) } else { Ipv4Addr::LOCALHOST }
}

#[derive(Clone, Copy)]
enum Which {
    MakeCall,
    LookUp,
}

fn client(server: &Server, limits: Limits, chance: &mut Chance) -> Client {
    let delay = Duration::from_millis(chance.pick(&[0, 2, 20]));
    let policy = RetryPolicy::new().base_delay(delay).throttling_delay(delay);
    let signature = chance.pick(&[SignatureScheme::Acs3, SignatureScheme::V1]);
    let config = Config::builder()
        .endpoint(format!("http://{}", server.address))
        .credentials(Credentials::new("testid", "testsecret"))
        .signature(signature)
        .connect_timeout(ATTEMPT / 2)
        .attempt_timeout(ATTEMPT)
        .retry(policy)
        .build()
        .unwrap();
    let options = CallOptions::new().max_attempts(limits.attempts).timeout(limits.total);
    Client::new(config).unwrap().with_options(options)
}

async fn ask<O: Asked>(client: &Client, id: u64) -> Told {
    let begun = Instant::now();
    let outcome = client.send(O::asked(id)).await;
    let took = begun.elapsed();
    let told = Told {
        id: name(id),
        safe_to_repeat: O::IDEMPOTENT,
        succeeded: outcome.is_ok(),
        attempts: 0,
        reached: true,
        carried_out: true,
        took,
        text: String::new(),
    };
    match outcome {
        Ok(answer) => Told { attempts: answer.attempts(), ..told },
        Err(error) => Told {
            attempts: error.attempts(),
            reached: error.may_have_reached_the_service(),
            carried_out: error.may_have_been_placed(),
            text: error.to_string(),
            ..told
        },
    }
}
