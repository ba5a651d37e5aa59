//! The message names the parameter and the method that sets it.

use ccc_api::operation::make_call::MakeCallRequest;

fn main() {
    let _ = MakeCallRequest::builder().callee("13188888888").device_id("device").user_id("user").build();
}
