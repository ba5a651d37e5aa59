//! Lists the agents of a call centre, over all pages.
#![expect(clippy::print_stdout, reason = "an example prints what it did")]

use ccc_api::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let mut users = client.list_users().instance_id("ccc-test").items();
    while let Some(user) = users.next().await {
        let user = user?;
        println!("{}: {}", user.user_id.unwrap_or_default(), user.display_name.unwrap_or_default());
    }
    Ok(())
}
