//! Handles the errors of a call: a busy user, and a call that may have been placed.
#![expect(clippy::print_stdout, reason = "an example prints what it did")]

use ccc_api::operation::make_call::MakeCallError;
use ccc_api::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let call = client.make_call().instance_id("ccc-test").device_id("desk-1").callee("13188888888");
    match call.send().await {
        Ok(response) => println!("placed: job {:?}", response.data.call_context.job_id),
        Err(Error::Service(MakeCallError::UserBusy { .. })) => println!("busy: try again in a minute"),
        Err(error) if error.may_have_been_placed() => println!("look first whether it rang: {error}"),
        Err(error) => println!("not placed, after {} attempts: {error}", error.attempts()),
    }
    Ok(())
}
