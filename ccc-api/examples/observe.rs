//! Prints every attempt to reach the service.
#![expect(clippy::print_stdout, reason = "an example prints what it did")]

use ccc_api::Client;
use ccc_api::config::ConfigBuilder;
use ccc_api::interceptor::{Attempt, AttemptOutcome, Interceptor};

#[derive(Debug)]
struct Observer;

impl Interceptor for Observer {
    fn after_answer(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        let (operation, number) = (attempt.operation(), attempt.number());
        println!("{operation}, attempt {number}: HTTP {:?} in {:?}", outcome.status(), outcome.duration());
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(ConfigBuilder::from_env()?.interceptor(Observer).build()?)?;
    client.make_call().instance_id("ccc-test").device_id("desk-1").callee("13188888888").send().await?;
    Ok(())
}
