//# rustls = "0.23"
//! An application that relies on a single provider of cryptography, rustls' default, itself or in a dependency.
mod caller;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let roots = rustls::RootCertStore::empty();
    let own = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    println!("suites: {}", own.crypto_provider().cipher_suites.len());
    caller::place_a_call().await
}
