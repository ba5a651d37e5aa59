//! Keeps placing a call when the browser that asked for it leaves.
#![expect(clippy::print_stdout, reason = "an example prints what it did")]

use ccc_api::Client;
use tokio::sync::mpsc;

/// A handler of a web server. If the browser leaves, its future is dropped, with everything that it awaits. A call that
/// was being placed might ring without anybody knowing. A task of its own goes on.
async fn handle(client: Client, journal: mpsc::Sender<String>) -> Option<String> {
    let call = client.make_call().instance_id("ccc-test").device_id("desk-1").callee("13188888888");
    let placing = tokio::spawn(async move {
        let outcome = match call.send().await {
            Ok(response) => format!("placed: job {:?}", response.data.call_context.job_id),
            Err(error) => format!("{}: {error}", error.kind()),
        };
        journal.send(outcome.clone()).await.ok();
        outcome
    });
    placing.await.ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (journal, mut entries) = mpsc::channel(8);
    let request = tokio::spawn(handle(Client::from_env()?, journal));
    tokio::task::yield_now().await;
    request.abort();
    println!("the browser left, and the call was {}", entries.recv().await.unwrap_or_default());
    Ok(())
}
