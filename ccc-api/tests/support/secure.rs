//! A server on loopback with TLS, whose certificate comes from an authority of its own.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::NamedGroup;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use ccc_api::config::ConfigBuilder;
use ccc_api::{Client, Config};

use super::{Reply, call, credentials, placed, read_request};

/// A certificate authority, and a server with a certificate from it.
pub(crate) struct SecureServer {
    pub(crate) address: SocketAddr,
    pub(crate) root_pem: String,
    pub(crate) requests: Arc<AtomicUsize>,
    groups: Arc<Mutex<Vec<NamedGroup>>>,
}

impl SecureServer {
    /// Serves placed calls under a name.
    pub(crate) async fn start(name: &str) -> Self {
        bring_cryptography();
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
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let key = CertifiedKey::from_der(vec![certificate.der().clone()], key, &provider).unwrap();
        let groups = Arc::default();
        let resolver = Listener { key: Arc::new(key), groups: Arc::clone(&groups) };
        let mut tls = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(resolver));
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let requests = Arc::new(AtomicUsize::new(0));
        tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(tls)), Arc::clone(&requests)));
        Self { address, root_pem: authority.as_ref().pem(), requests, groups }
    }

    pub(crate) fn config(&self) -> ConfigBuilder {
        Config::builder().endpoint(format!("https://{}", self.address)).credentials(credentials())
    }

    /// Returns the outcome of a call.
    pub(crate) async fn called_with(&self, config: ConfigBuilder) -> Result<(), String> {
        let client = Client::new(config.build().unwrap()).unwrap();
        client.send(call()).await.map(drop).map_err(|error| error.to_string())
    }

    /// Makes a configuration of rustls that trusts this server's authority.
    pub(crate) fn client_config(&self, provider: rustls::crypto::CryptoProvider) -> rustls::ClientConfig {
        let mut roots = rustls::RootCertStore::empty();
        roots
            .add(rustls::pki_types::CertificateDer::from_pem_slice(self.root_pem.as_bytes()).unwrap())
            .unwrap();
        rustls::ClientConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth()
    }

    /// Returns the key exchanges that the last client offered.
    pub(crate) fn offered(&self) -> Vec<NamedGroup> {
        self.groups.lock().unwrap().clone()
    }
}

/// Installs cryptography, as an application does if no feature has it.
pub(crate) fn bring_cryptography() {
    #[cfg(not(any(feature = "tls-ring", feature = "tls-aws-lc")))]
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Returns the certificate, and records what the client offered.
#[derive(Debug)]
struct Listener {
    key: Arc<CertifiedKey>,
    groups: Arc<Mutex<Vec<NamedGroup>>>,
}

impl ResolvesServerCert for Listener {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        *self.groups.lock().unwrap() = hello.named_groups().unwrap_or_default().to_vec();
        Some(Arc::clone(&self.key))
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
