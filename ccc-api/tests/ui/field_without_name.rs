use ccc_api::custom::{Decode, Parameters};

#[derive(Parameters)]
struct Request {
    #[field("Callee")]
    callee: String,
    #[field(name = 1)]
    caller: Option<String>,
}

#[derive(Default, Decode)]
struct Answer {
    #[field(name = "")]
    job_id: Option<String>,
    #[field(name)]
    instance_id: Option<String>,
    #[field(name = "UserId", name = "User")]
    user_id: Option<String>,
}

fn main() {}
