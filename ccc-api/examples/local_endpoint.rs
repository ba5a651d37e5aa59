//! Tests with the local endpoint, over a real socket, without an account or a network.

use ccc_api::mock::{self, MockEndpoint};
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let endpoint = MockEndpoint::builder().with(mock::busy("02100000000")).start().await?;
    let client = Client::new(endpoint.config())?;
    let call = || client.make_call().instance_id("ccc-test").device_id("desk-1");

    assert!(call().callee("13188888888").send().await.is_ok());
    let busy = call().callee("02100000000").send().await;
    assert!(matches!(busy, Err(Error::Service(MakeCallError::UserBusy { .. }))));
    let requests = endpoint.requests();
    assert_eq!(requests.first().and_then(|request| request.parameter("Callee")), Some("13188888888"));
    Ok(())
}
