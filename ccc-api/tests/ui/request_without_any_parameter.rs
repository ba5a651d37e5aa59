//! Each parameter that is missing has a message of its own, also when sending.

fn call(client: ccc_api::Client) {
    let _ = client.make_call().send();
}

fn main() {}
