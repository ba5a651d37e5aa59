//! Two operations: one that must not happen twice, as MakeCall is, and one that may.

use ccc_api::make_call::MakeCallRequest;
use ccc_api::{Decode, Operation, Parameters, RedactedDebug, ServiceError};

/// The callee of the call with this number.
pub(crate) fn name(id: u64) -> String {
    format!("call-{id:016x}-")
}

/// Reads something, and may be asked as often as one likes.
#[derive(Parameters, RedactedDebug)]
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

/// What both have in common for a test.
pub(crate) trait Asked: Operation + Sized {
    fn asked(id: u64) -> Self;
}

impl Asked for MakeCallRequest {
    fn asked(id: u64) -> Self {
        Self::builder().callee(name(id)).device_id("d").instance_id("i").build()
    }
}

impl Asked for LookUp {
    fn asked(id: u64) -> Self {
        Self { callee: name(id) }
    }
}
