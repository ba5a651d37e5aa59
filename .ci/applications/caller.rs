//! An application without other dependencies: it places a call at the endpoint in its argument and prints the job id.
use ccc_api::{Client, Config};

pub fn endpoint() -> Result<String, &'static str> {
    std::env::args().nth(1).ok_or("usage: caller http://HOST:PORT")
}

pub async fn place_a_call() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Config::builder().endpoint(endpoint()?).build()?)?;
    let response = client
        .make_call()
        .instance_id("ccc-test")
        .device_id("desk-1")
        .callee("13188888888")
        .send()
        .await?;
    println!("{}", response.data.call_context.job_id.as_deref().unwrap_or("no job id"));
    Ok(())
}

#[allow(dead_code, reason = "the other applications have a main of their own")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    place_a_call().await
}
