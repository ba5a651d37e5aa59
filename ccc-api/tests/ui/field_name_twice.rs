use ccc_api::custom::Decode;

#[derive(Default, Decode)]
struct Answer {
    #[field(name = "JobId")]
    job_id: Option<String>,
    #[field(name = "JobId")]
    r#type: Option<String>,
}

fn main() {}
