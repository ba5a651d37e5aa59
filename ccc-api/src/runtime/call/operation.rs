//! An operation: a request type and what the service calls it. Hands on what a client needs to send any of them.

use crate::runtime::call::error::OperationError;
use crate::runtime::call::limits::CallOptions;
use crate::runtime::wire::decode::Decode;
use crate::runtime::wire::parameters::Parameters;

/// A request of one RPC operation, with the answers it may get.
///
/// Generated request types implement it; a client sends whatever implements it.
///
/// ```
/// use ccc_api::{Operation, make_call::MakeCallRequest};
///
/// assert_eq!(MakeCallRequest::ACTION, "MakeCall");
/// assert!(!MakeCallRequest::SAFE_TO_REPEAT);
/// ```
pub trait Operation: Parameters + Send + Sync {
    /// The product's code as the service spells it.
    const PRODUCT: &'static str;
    /// The version of the product's API, a date.
    const VERSION: &'static str;
    /// The operation's name, sent as `Action`.
    const ACTION: &'static str;
    /// Whether sending the same request again is known to do no harm.
    const SAFE_TO_REPEAT: bool = false;
    /// Codes with which the product says success, beside those that plainly do, such as `OK` and `200`.
    const SUCCESS_CODES: &'static [&'static str] = &[];

    /// What a successful answer holds.
    type Response: Decode + Default + Send;
    /// What a refusal of the service becomes.
    type Error: OperationError;
}

/// A request can be sent and kept.
impl<O: Operation> Operation for &O {
    const PRODUCT: &'static str = O::PRODUCT;
    const VERSION: &'static str = O::VERSION;
    const ACTION: &'static str = O::ACTION;
    const SAFE_TO_REPEAT: bool = O::SAFE_TO_REPEAT;
    const SUCCESS_CODES: &'static [&'static str] = O::SUCCESS_CODES;

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
    /// What sending gives.
    type Sending<O: Operation + 'static>;

    /// Sends a request.
    fn send<O: Operation + 'static>(&self, request: O) -> Self::Sending<O>;

    /// The same with other options for its calls; what they leave out stays as it is.
    #[must_use]
    fn customized(self, options: CallOptions) -> Self
    where
        Self: Sized;
}
