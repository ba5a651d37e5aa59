//! One mistake gives one message, however many derives see it.

use ccc_api::custom::{Builder, Decode, Parameters, RedactedDebug};

#[derive(Default, Builder, Decode, Parameters, RedactedDebug)]
struct Request {
    #[field(name = "Callee", hidden)]
    callee: String,
}

fn main() {
    let _ = format!("{:?}", Request::default());
}
