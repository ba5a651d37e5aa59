//! An operation: a request type and what the service calls it. Hands on what a client needs to send any of them.

use crate::call::error::OperationError;
use crate::call::limits::CallOptions;
use crate::call::product::Product;
use crate::wire::decode::Decode;
use crate::wire::parameters::Parameters;

/// A request of one RPC operation, with the responses it may get.
///
/// Generated request types implement it; a client sends whatever implements it.
///
/// ```
/// use acs_runtime::config::EndpointRules;
/// use acs_runtime::custom::{Decode, Operation, Parameters, Product, RedactedDebug};
/// use acs_runtime::error::ServiceError;
///
/// /// Elastic Compute Service.
/// struct Ecs;
///
/// impl Product for Ecs {
///     const CODE: &'static str = "Ecs";
///     const VERSION: &'static str = "2014-05-26";
///     const TITLE: &'static str = "Elastic Compute Service";
///     const ENDPOINT_VARIABLE: &'static str = "ALIBABA_CLOUD_ECS_ENDPOINT";
///     const ENDPOINTS: EndpointRules = EndpointRules {
///         default_region: "cn-hangzhou",
///         public: "ecs.{region}.aliyuncs.com",
///         vpc: "ecs-vpc.{region}.aliyuncs.com",
///         central: "ecs.aliyuncs.com",
///         central_regions: &["cn-hangzhou"],
///     };
/// }
///
/// /// Stops an instance.
/// #[derive(Parameters, RedactedDebug)]
/// struct StopInstance {
///     instance_id: String,
/// }
///
/// #[derive(Default, Decode, RedactedDebug)]
/// struct Stopped {
///     request_id: Option<String>,
/// }
///
/// impl Operation for StopInstance {
///     type Product = Ecs;
///
///     const ACTION: &'static str = "StopInstance";
///
///     type Response = Stopped;
///     type Error = ServiceError;
/// }
///
/// # async fn stop(client: acs_runtime::Client<Ecs>) -> Result<(), Box<dyn std::error::Error>> {
/// let response = client.send(StopInstance { instance_id: "i-1".to_owned() }).await?;
/// println!("request {:?}", response.request_id);
/// # Ok(()) }
/// ```
pub trait Operation: Parameters + Send + Sync {
    /// The product whose operation it is.
    type Product: Product;

    /// The operation's name, sent as `Action`.
    const ACTION: &'static str;
    /// Whether sending the same request again is known to do no harm. Then more errors are followed by another attempt,
    /// and their texts do not say that something may have been carried out.
    const IDEMPOTENT: bool = false;

    /// What a successful response holds.
    type Response: Decode + Default + Send;
    /// What a refusal of the service becomes.
    type Error: OperationError;
}

/// A request can be sent and kept.
impl<O: Operation> Operation for &O {
    type Product = O::Product;

    const ACTION: &'static str = O::ACTION;
    const IDEMPOTENT: bool = O::IDEMPOTENT;

    type Response = O::Response;
    type Error = O::Error;
}

/// Something that sends operations: the client a builder was taken from.
///
/// What `send` gives is up to the implementor, so that the same builder serves clients that give a future and
/// clients that block.
#[diagnostic::on_unimplemented(
    message = "this request was built alone: there is no client in it to send it",
    note = "start it from a client, or `build` it and give it to the client's `send`"
)]
pub trait Sender {
    /// The product whose operations it sends.
    type Product: Product;
    /// What sending gives.
    type Sending<O: Operation<Product = Self::Product> + 'static>;

    /// Sends a request.
    fn dispatch<O: Operation<Product = Self::Product> + 'static>(&self, request: O) -> Self::Sending<O>;

    /// The same with other options for its calls; what they leave out stays as it is.
    #[must_use]
    fn customized(self, options: CallOptions) -> Self
    where
        Self: Sized;
}
