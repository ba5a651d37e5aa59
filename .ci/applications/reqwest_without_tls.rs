//# reqwest = { version = "0.13", default-features = false }
//! An application with a client of reqwest's of its own, for plain HTTP alone.
mod caller;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let own = reqwest::Client::new();
    own.get(caller::endpoint()?).send().await?;
    caller::place_a_call().await
}
