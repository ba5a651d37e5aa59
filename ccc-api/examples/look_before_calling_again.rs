//! After an error that leaves open whether a call was placed, looks for the call before placing another.
#![expect(clippy::print_stdout, reason = "an example prints what it did")]

use std::time::{Duration, SystemTime};

use ccc_api::time::UnixMillis;
use ccc_api::{Client, Error};

const INSTANCE: &str = "ccc-test";
const AGENT: &str = "user-test@ccc-test";
const CALLEE: &str = "13188888888";

/// Whether a call to the number has begun since then. The agent's state shows a call that goes on, the records show one
/// that has ended.
async fn was_placed(client: &Client, since: SystemTime) -> Result<bool, Box<dyn std::error::Error>> {
    let agent = client.poll_user_status().instance_id(INSTANCE).user_id(AGENT).send().await?;
    let mut channels = agent.data.call_context.channel_contexts.iter();
    if channels.any(|channel| [&channel.originator, &channel.destination].contains(&&Some(CALLEE.to_owned())))
    {
        return Ok(true);
    }
    let records = client.list_call_detail_records().instance_id(INSTANCE).called_number(CALLEE);
    let mut records = records.start_time(UnixMillis::from(since)).items();
    Ok(records.next().await.transpose()?.is_some())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    // A minute earlier, because clocks differ.
    let since = SystemTime::now() - Duration::from_secs(60);
    let call = client.make_call().instance_id(INSTANCE).device_id("desk-1").user_id(AGENT).callee(CALLEE);
    match call.send().await {
        Ok(response) => println!("placed: job {:?}", response.data.call_context.job_id),
        Err(Error::Service(refusal)) => println!("refused: {refusal}"),
        Err(error) if !error.may_have_been_placed() => println!("not placed: {error}"),
        Err(_) if was_placed(&client, since).await? => println!("it was placed: do not call again"),
        Err(_) => println!("no sign of it yet: look again in a moment, then call again"),
    }
    Ok(())
}
