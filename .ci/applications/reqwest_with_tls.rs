//# reqwest = "0.13"
//! An application with a client of reqwest's of its own, as reqwest is by default.
mod caller;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let own = reqwest::Client::new();
    own.get(caller::endpoint()?).send().await?;
    caller::place_a_call().await
}
