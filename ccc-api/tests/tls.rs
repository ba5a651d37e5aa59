//! TLS handshakes on loopback: whom the client trusts, and what it says of whom it does not.
#![cfg(feature = "tls")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use ccc_api::{Client, Config, ConfigBuilder, Error};
use support::{Reply, call, credentials, placed, read_request};

/// A certificate authority, and a server with a certificate of it.
struct SecureServer {
    address: SocketAddr,
    root_pem: String,
    requests: Arc<AtomicUsize>,
}

impl SecureServer {
    /// Serves placed calls under the name given.
    async fn start(name: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let authority = {
            let mut params = CertificateParams::new(Vec::new()).unwrap();
            params.distinguished_name.push(DnType::CommonName, format!("Authority of {address}"));
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
        };
        let key = KeyPair::generate().unwrap();
        let certificate =
            CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(tls)), Arc::clone(&requests)));
        Self { address, root_pem: authority.as_ref().pem(), requests }
    }

    fn config(&self) -> ConfigBuilder {
        Config::builder().endpoint(format!("https://{}", self.address)).credentials(credentials())
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, requests: Arc<AtomicUsize>) {
    while let Ok((stream, _)) = listener.accept().await {
        let Ok(mut stream) = acceptor.accept(stream).await else { continue };
        while read_request(&mut stream).await.is_some() {
            requests.fetch_add(1, Ordering::SeqCst);
            let Reply::Send(bytes) = placed() else { return };
            stream.write_all(&bytes).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_server_is_trusted_by_a_root_certificate_that_was_given() {
    let server = SecureServer::start("127.0.0.1").await;
    let client =
        Client::new(server.config().root_certificates_pem(&server.root_pem).build().unwrap()).unwrap();
    for _ in 0..3 {
        assert_eq!(client.send(call()).await.unwrap().request_id(), Some("R-1"));
    }
    assert_eq!(server.requests.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_server_of_an_unknown_authority_gets_no_request() {
    let server = SecureServer::start("127.0.0.1").await;
    let other = SecureServer::start("127.0.0.1").await;
    let client =
        Client::new(server.config().root_certificates_pem(&other.root_pem).build().unwrap()).unwrap();
    let error = client.send(call()).await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)) && !error.may_have_reached_the_service(), "{error}");
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_server_with_a_certificate_for_another_name_gets_no_request() {
    let server = SecureServer::start("ccc.example.com").await;
    let client =
        Client::new(server.config().root_certificates_pem(&server.root_pem).build().unwrap()).unwrap();
    let error = client.send(call()).await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)), "{error}");
    assert!(error.to_string().contains("certificate not valid for name"), "{error}");
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_server_without_tls_gets_no_request() {
    let server = support::Server::always(placed()).await;
    let certificate = SecureServer::start("127.0.0.1").await.root_pem;
    let config =
        server.config().endpoint(format!("https://{}", server.address)).root_certificates_pem(certificate);
    let config = config.timeout(std::time::Duration::from_millis(200));
    let config = config.connect_timeout(std::time::Duration::from_millis(50)).build().unwrap();
    let error = Client::new(config).unwrap().send(call()).await.unwrap_err();
    assert!(matches!(error, Error::NotSent(_)) && error.is_timeout(), "{error}");
    assert!(error.to_string().contains("within 50ms"), "{error}");
    assert_eq!(server.requests().len(), 0);
}

/// What a client finds on a machine without root certificates. Environment variables tell where the system has them,
/// and a process that runs threads cannot change its own, so another process looks.
#[cfg(target_os = "linux")]
mod on_a_bare_machine {
    use std::process::Command;

    use super::support::credentials;
    use ccc_api::{Client, Config, Scheme};

    fn run(test: &str) {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", &format!("on_a_bare_machine::{test}")])
            .env("SSL_CERT_FILE", "/nonexistent")
            .env("SSL_CERT_DIR", "/nonexistent")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
    }

    #[test]
    fn it_is_said_when_the_client_is_made() {
        run("https_is_refused_with_advice");
    }

    #[test]
    fn plain_http_works() {
        run("http_needs_no_certificate");
    }

    #[test]
    fn root_certificates_that_are_given_suffice() {
        run("given_certificates_suffice");
    }

    #[test]
    #[ignore = "run by `it_is_said_when_the_client_is_made`, without certificates"]
    fn https_is_refused_with_advice() {
        let config = Config::builder().credentials(credentials()).build().unwrap();
        let error = Client::new(config).unwrap_err().to_string();
        assert!(error.contains("no root certificates") && error.contains("`ca-certificates`"), "{error}");
    }

    #[test]
    #[ignore = "run by `plain_http_works`, without certificates"]
    fn http_needs_no_certificate() {
        let config = Config::builder().credentials(credentials()).scheme(Scheme::Http).build().unwrap();
        assert!(Client::new(config).is_ok());
    }

    #[test]
    #[ignore = "run by `root_certificates_that_are_given_suffice`, without certificates"]
    fn given_certificates_suffice() {
        let certificate =
            rcgen::generate_simple_self_signed(vec!["a.example".to_owned()]).unwrap().cert.pem();
        let config = Config::builder().credentials(credentials()).root_certificates_pem(certificate);
        assert!(Client::new(config.build().unwrap()).is_ok());
    }
}
