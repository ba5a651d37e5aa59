//# reqwest = { version = "0.13", default-features = false }
//! An application that has its own reqwest client, for plain HTTP only.
mod caller;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let own = reqwest::Client::new();
    own.get(caller::endpoint()?).send().await?;
    caller::place_a_call().await
}
