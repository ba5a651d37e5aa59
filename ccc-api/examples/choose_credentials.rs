//! Signs with one profile of the command line interface, and with no other credentials.
#![expect(clippy::print_stdout, reason = "an example prints what it did")]

use ccc_api::credentials::CliProfileProvider;
use ccc_api::{Client, Config};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let profile = CliProfileProvider::named("night-shift");
    let client = Client::new(Config::builder().region("cn-shanghai").credentials(profile).build()?)?;
    client.make_call().instance_id("ccc-test").device_id("desk-1").callee("13188888888").send().await?;
    println!("placed as night-shift");
    Ok(())
}
