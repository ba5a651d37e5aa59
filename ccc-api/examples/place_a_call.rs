//! Places a call with the credentials of the environment.
#![expect(clippy::print_stdout, reason = "an example prints what it did")]

use ccc_api::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let response =
        client.make_call().instance_id("ccc-test").device_id("desk-1").callee("13188888888").send().await?;
    println!("placed: job {}", response.data.call_context.job_id.as_deref().unwrap_or("unknown"));
    Ok(())
}
