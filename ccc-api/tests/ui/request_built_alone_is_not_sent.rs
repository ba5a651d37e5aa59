//! A request that no client was asked for has nobody to send it.

use ccc_api::operation::make_call::MakeCallRequest;

fn main() {
    let _ = MakeCallRequest::builder().callee("13188888888").device_id("device").instance_id("ccc").send();
}
