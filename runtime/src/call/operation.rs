//! The traits `Operation` and `Sender`.

use crate::call::error::OperationError;
use crate::call::limits::CallOptions;
use crate::call::product::Product;
use crate::wire::decode::Decode;
use crate::wire::parameters::Parameters;

/// A request of one RPC operation, and the types of its response and error.
///
/// Generated request types implement it. A client sends every type that implements it.
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
    /// The product of the operation.
    type Product: Product;

    /// The operation's name, sent as `Action`.
    const ACTION: &'static str;
    /// Whether sending the same request again is known to do no harm. If so, more errors lead to a retry, and their
    /// texts do not warn that the request may have been carried out.
    const IDEMPOTENT: bool = false;

    /// The type of a successful response.
    type Response: Decode + Default + Send;
    /// The type of the error if the service refuses the request.
    type Error: OperationError;
}

/// Allows sending a request by reference and keeping it.
impl<O: Operation> Operation for &O {
    type Product = O::Product;

    const ACTION: &'static str = O::ACTION;
    const IDEMPOTENT: bool = O::IDEMPOTENT;

    type Response = O::Response;
    type Error = O::Error;
}

/// A client that sends operations; a builder holds one.
///
/// The result of sending depends on the client, so the same builder serves async and blocking clients.
#[diagnostic::on_unimplemented(
    message = "this request was built without a client, so it cannot be sent from here",
    note = "start it from a client, or `build` it and pass it to the client's `send`"
)]
pub trait Sender {
    /// The product whose operations it sends.
    type Product: Product;
    /// The result of sending.
    type Sending<O: Operation<Product = Self::Product> + 'static>;

    /// Sends a request.
    fn dispatch<O: Operation<Product = Self::Product> + 'static>(&self, request: O) -> Self::Sending<O>;

    /// Returns the client with other options for its calls; options that are left out stay unchanged.
    #[must_use]
    fn customized(self, options: CallOptions) -> Self
    where
        Self: Sized;
}
