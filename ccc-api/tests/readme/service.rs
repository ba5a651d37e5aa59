//! The service under its real name, on loopback: a proxy leads to it, and its certificate comes from an authority of its
//! own. Variables of the environment are all that a program needs to reach it.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use ccc_api::mock::{MockEndpoint, MockEndpointBuilder};

const HOST: &str = "ccc.cn-shanghai.aliyuncs.com";

pub(crate) struct Service {
    pub(crate) endpoint: MockEndpoint,
    /// The home directory of programs.
    pub(crate) home: TempDir,
    proxy: String,
    authority: PathBuf,
}

impl Service {
    pub(crate) async fn start(endpoint: MockEndpointBuilder) -> Self {
        let endpoint = endpoint.start().await.unwrap();
        let home = tempfile::tempdir().unwrap();
        let (tls, authority_pem) = tls();
        let authority = home.path().join("authority.pem");
        std::fs::write(&authority, authority_pem).unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = format!("http://{}", listener.local_addr().unwrap());
        let address = endpoint.address();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let tls = tls.clone();
                tokio::spawn(async move {
                    let Some(stream) = connected(stream).await else { return };
                    let Ok(mut client) = tls.accept(stream).await else { return };
                    let mut server = TcpStream::connect(address).await.unwrap();
                    let _ = copy_bidirectional(&mut client, &mut server).await;
                });
            }
        });
        Self { endpoint, home, proxy, authority }
    }

    /// Returns the whole environment of a program.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("HOME", self.home.path().display().to_string()),
            ("HTTPS_PROXY", self.proxy.clone()),
            ("SSL_CERT_FILE", self.authority.display().to_string()),
        ]
    }
}

/// Responds to a CONNECT to the service's host. What comes after it is for the host.
async fn connected(mut stream: TcpStream) -> Option<TcpStream> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
        assert!(head.len() < 4096, "a CONNECT is short");
    }
    let asked = head.starts_with(format!("CONNECT {HOST}:443 ").as_bytes());
    let answer: &[u8] = if asked { b"HTTP/1.1 200 OK\r\n\r\n" } else { b"HTTP/1.1 403 Forbidden\r\n\r\n" };
    stream.write_all(answer).await.ok()?;
    asked.then_some(stream)
}

/// Makes TLS with a certificate for the service's name, and returns the certificate of its authority.
fn tls() -> (TlsAcceptor, String) {
    let authority = {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
    };
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec![HOST.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .unwrap();
    (TlsAcceptor::from(Arc::new(config)), authority.as_ref().pem())
}
