//! Uses an agent's desk: signs in, calls a number, waits until it is answered, and hangs up.
#![expect(clippy::print_stdout, reason = "an example prints what it did")]

use std::time::Duration;

use ccc_api::Client;
use ccc_api::desk::{CallState, Desk, Waited};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let desk = Desk::new(Client::from_env()?, "ccc-test");
    desk.sign_in(["skill-group@ccc-test"]).await?;
    desk.ready().await?;
    let call = desk.call("13188888888").await?;
    match call.wait_until(CallState::Answered, Duration::from_secs(45)).await? {
        Waited::Reached => println!("answered: {}", call.job_id()),
        Waited::Released => return Err("busy, rejected or not answered: the record says which".into()),
        Waited::TimedOut => println!("it still rings"),
    }
    call.release().await?;
    Ok(())
}
