//! A request that was built without a client cannot be sent.

use ccc_api::operation::make_call::MakeCallRequest;

fn main() {
    let _ = MakeCallRequest::builder().callee("13188888888").device_id("device").instance_id("ccc").send();
}
