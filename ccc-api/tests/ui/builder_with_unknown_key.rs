use ccc_api::Builder;

#[derive(Builder)]
#[builder(name = "RequestMaker", send = "MakeCall")]
struct Request {
    #[field(name = "Callee")]
    callee: String,
}

#[derive(Builder)]
#[builder(name = "not a name")]
struct Other {
    #[field(name = "Callee")]
    callee: String,
}

fn main() {
    let _ = RequestMaker::of(());
}
