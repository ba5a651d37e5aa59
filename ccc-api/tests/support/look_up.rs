//! An idempotent operation, beside MakeCall, which is not.

use ccc_api::custom::{Decode, Operation, Parameters, RedactedDebug};
use ccc_api::error::ServiceError;

/// Reads something, and may be sent several times.
#[derive(Default, Parameters, RedactedDebug)]
pub(crate) struct LookUp {
    #[field(name = "Callee")]
    pub(crate) callee: String,
}

#[derive(Default, Decode, RedactedDebug)]
pub(crate) struct Found {
    #[field(name = "RequestId")]
    request_id: Option<String>,
}

impl Operation for LookUp {
    type Product = ccc_api::CloudCallCenter;

    const ACTION: &'static str = "LookUp";
    const IDEMPOTENT: bool = true;

    type Response = Found;
    type Error = ServiceError;
}
