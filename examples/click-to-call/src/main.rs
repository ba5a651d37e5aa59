//! Serves the backend, for real calls or, with `--demo`, with a simulated call centre.
#![expect(clippy::print_stdout, reason = "a server prints its address")]

use std::env;
use std::future::pending;
use std::time::Duration;

use ccc_api::Client;
use ccc_api::config::ConfigBuilder;
use ccc_api::mock::world::{Behaviour, CallCentre};
use ccc_api::mock::{INSTANCE, MockEndpoint};
use click_to_call::{App, Settings};
use tokio::net::TcpListener;
use tokio::signal;

type BoxError = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    // The endpoint of the demo stops when it is dropped.
    let demo =
        if env::args().any(|argument| argument == "--demo") { Some(call_centre().await?) } else { None };
    let app = match &demo {
        Some(endpoint) => App::new(endpoint.config().to_builder(), Settings::new(INSTANCE))?,
        None => {
            let instance = env::var("CCC_INSTANCE")
                .map_err(|_| "CCC_INSTANCE is not set: set it to the id of your instance, or try --demo")?;
            App::new(ConfigBuilder::from_env()?, Settings::new(instance))?
        }
    };
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app.router()).with_graceful_shutdown(stop_signal()).await?;
    app.finish().await;
    Ok(())
}

/// Waits until the process is asked to stop, by Ctrl-C or by a signal.
async fn stop_signal() {
    let interrupted = async {
        if signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = pending::<Option<()>>();
    tokio::select! {
        () = interrupted => {}
        _ = terminated => {}
    }
}

/// Starts a simulated call centre in this process, with three agents who are signed in.
async fn call_centre() -> Result<MockEndpoint, BoxError> {
    let talks =
        Behaviour::AnswersAndHangsUp { after: Duration::from_secs(3), talks: Duration::from_secs(20) };
    let centre = CallCentre::builder()
        .agent("li")
        .agent("wang")
        .behaviour(talks)
        .behaviour_of("13100000486", Behaviour::Busy)
        .behaviour_of("13100000480", Behaviour::NeverAnswers)
        .callee_rings(Duration::from_secs(10))
        .build();
    let endpoint = MockEndpoint::builder().world(centre).start().await?;
    let client = Client::new(endpoint.config())?;
    for agent in ["user-test", "li", "wang"] {
        let sign_in = client
            .sign_in_group()
            .instance_id(INSTANCE)
            .device_id("desk")
            .user_id(format!("{agent}@{INSTANCE}"));
        sign_in.signed_skill_group_id_list(["skill-group@ccc-test"]).send().await?;
    }
    Ok(endpoint)
}
