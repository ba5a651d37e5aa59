//# rustls = { version = "0.23", default-features = false, features = ["ring", "std"] }
//! An application with two providers of cryptography, which installs one as the README says.
mod caller;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // README_LINE
    let roots = rustls::RootCertStore::empty();
    let own = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    println!("suites: {}", own.crypto_provider().cipher_suites.len());
    caller::place_a_call().await
}
