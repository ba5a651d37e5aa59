use ccc_api::{Decode, Parameters};

#[derive(Parameters)]
struct Request {
    callee: String,
    #[field(sensitive)]
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
