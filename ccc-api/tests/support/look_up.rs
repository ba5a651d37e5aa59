//! An operation that may be repeated, beside MakeCall, which may not.

use ccc_api::{Decode, Operation, Parameters, RedactedDebug, ServiceError};

/// Reads something, and may be asked as often as one likes.
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
    const PRODUCT: &'static str = "CCC";
    const VERSION: &'static str = "2020-07-01";
    const ACTION: &'static str = "LookUp";
    const SAFE_TO_REPEAT: bool = true;
    type Response = Found;
    type Error = ServiceError;
}
