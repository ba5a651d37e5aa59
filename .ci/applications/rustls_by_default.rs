//# rustls = "0.23"
//! An application, or a crate in it, that relies on there being one provider of cryptography: rustls' default.
mod caller;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let roots = rustls::RootCertStore::empty();
    let own = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    println!("suites: {}", own.crypto_provider().cipher_suites.len());
    caller::place_a_call().await
}
