//! A local endpoint that behaves like the service, for applications' tests and for trying things out.
//!
//! It is a real HTTP server on 127.0.0.1, so a test covers everything an application does up to the socket. It checks
//! what the service checks: the signature in both schemes, the access key and its token or a bearer token, the clock within fifteen
//! minutes, that no nonce comes back, and each parameter against its page. It answers in JSON or XML in the shape
//! of the page's sample, telling of the request, or with one of the page's errors:
//!
//! | error | when |
//! |---|---|
//! | `NotExists.InstanceId` | `InstanceId` is neither [`INSTANCE`] nor [added](MockEndpointBuilder::instance) |
//! | `NotExists.UserId` | `UserId` is given, and neither [`USER`] nor [added](MockEndpointBuilder::user) |
//! | `UserBusy` | `Callee` is [`BUSY_CALLEE`] or [made busy](MockEndpointBuilder::busy) |
//! | `NotExists.Extension` | there are no [extensions](MockEndpointBuilder::extensions) left |
//!
//! # In an application's test
//!
//! ```
//! use ccc_api::make_call::MakeCallError;
//! use ccc_api::mock::{BUSY_CALLEE, MockEndpoint};
//! use ccc_api::{Client, Error};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = MockEndpoint::start().await?;
//! let client = Client::new(endpoint.config())?;
//! let call = || client.make_call().instance_id("ccc-test").device_id("dev-1");
//!
//! // A call is placed,
//! let answer = call().callee("13188888888").send().await?;
//! assert!(answer.data.call_context.job_id.is_some());
//!
//! // a busy callee is told as such,
//! let refused = call().callee(BUSY_CALLEE).send().await;
//! assert!(matches!(refused, Err(Error::Service(MakeCallError::UserBusy { .. }))));
//!
//! // and the endpoint has seen both.
//! let requests = endpoint.requests();
//! assert_eq!(requests[0].parameter("Callee"), Some("13188888888"));
//! assert_eq!(requests[1].error_code(), Some("UserBusy"));
//! # Ok(()) }
//! ```
//!
//! # Configured
//!
//! ```
//! use ccc_api::mock::{MockEndpoint, Typing};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = MockEndpoint::builder()
//!     .instance("support")
//!     .user("agent@support")
//!     .busy("02100000000")
//!     .extensions(3)
//!     .typing(Typing::Proper)
//!     .start()
//!     .await?;
//! println!("give clients the endpoint {}", endpoint.url());
//! # Ok(()) }
//! ```

//! # Faults on demand
//!
//! ```
//! use std::time::Duration;
//! use ccc_api::mock::{Fault, MockEndpoint};
//! use ccc_api::{CallOptions, Client};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = MockEndpoint::start().await?;
//! let client = Client::new(endpoint.config())?;
//! let call = || client.make_call().instance_id("ccc-test").device_id("dev-1").callee("13188888888");
//!
//! // The next two requests are throttled, so the call takes three attempts;
//! endpoint.inject(Fault::Throttle, 2);
//! assert_eq!(call().send().await?.attempts(), 3);
//!
//! // the one after them gets its answer too late.
//! endpoint.inject(Fault::Delay(Duration::from_secs(60)), 1);
//! let hurried = call().customize(CallOptions::new().timeout(Duration::from_millis(200)));
//! assert!(hurried.send().await.is_err_and(|error| error.may_have_been_placed()));
//! # Ok(()) }
//! ```

mod answer;
mod authenticate;
mod call_center;
mod description;
mod endpoint;
mod fault;
mod record;
mod refusal;
mod replay;
mod request;
mod rules;
mod server;
mod service;
mod typing;
mod validate;
mod xml;

pub use call_center::{BUSY_CALLEE, INSTANCE, USER};
pub use description::{
    Described, ErrorDescription, FieldDescription, Kind, OperationDescription, Received, Sent,
    fields_received, fields_sent,
};
pub use endpoint::{
    ACCESS_KEY_ID, ACCESS_KEY_SECRET, BEARER_TOKEN, MockEndpoint, MockEndpointBuilder, SECURITY_TOKEN,
};
pub use fault::Fault;
pub use record::ReceivedRequest;
pub use typing::Typing;
