//! Two operations: MakeCall, which must not be carried out twice, and an idempotent one.

use ccc_api::custom::Operation;
use ccc_api::operation::make_call::MakeCallRequest;

use crate::support::look_up::LookUp;

/// Returns the callee of the call with this number.
pub(crate) fn name(id: u64) -> String {
    format!("call-{id:016x}-")
}

/// What a test needs from both.
pub(crate) trait Asked: Operation<Product = ccc_api::CloudCallCenter> + Sized {
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
