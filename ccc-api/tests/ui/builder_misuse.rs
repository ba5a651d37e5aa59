use ccc_api::custom::Builder;

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

#[derive(Builder)]
struct Postcard {
    #[field(name = "Send")]
    send: String,
}

fn main() {
    let _ = RequestMaker::with_client(());
}
