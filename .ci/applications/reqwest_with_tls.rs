//# reqwest = "0.13"
//! An application that has its own reqwest client, with reqwest's default features.
mod caller;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let own = reqwest::Client::new();
    own.get(caller::endpoint()?).send().await?;
    caller::place_a_call().await
}
