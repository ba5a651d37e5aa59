//! A whole call over TLS, because ali-acs supports nothing else. It has no Call Center, so it sends a text message, which
//! has fewer parameters and gets the same response.

use std::net::SocketAddr;
use std::sync::Arc;

use ccc_api::operation::make_call::MakeCallRequest;
use ccc_api::{Client, Config, Credentials};
use rcgen::CertifiedKey;
use tokio::net::TcpListener;

use crate::support::{Contender, Race, SECRET, loopback, request, server};

/// The host that ali-acs always uses. It resolves to this server.
const ALI_ACS_HOST: &str = "dysmsapi.aliyuncs.com";

/// A server with TLS, and its certificate for clients to trust.
pub(crate) struct Secure {
    address: SocketAddr,
    certificate: String,
    tls: rustls::ClientConfig,
}

impl Secure {
    pub(crate) fn start() -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let names = ["localhost".to_owned(), ALI_ACS_HOST.to_owned()];
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(names).expect("a certificate can be made");
        let key = rustls::pki_types::PrivatePkcs8KeyDer::from(signing_key.serialize_der()).into();
        let accepting = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .expect("the provider has them")
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .expect("key and certificate match");
        let (started, address) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime can be made").block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback can be bound");
                started.send(listener.local_addr().expect("it is bound")).expect("somebody waits");
                let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(accepting));
                while let Ok((stream, _)) = listener.accept().await {
                    let _ = stream.set_nodelay(true);
                    let acceptor = acceptor.clone();
                    tokio::spawn(async move {
                        if let Ok(stream) = acceptor.accept(stream).await {
                            server::serve(stream, Arc::default()).await;
                        }
                    });
                }
            });
        });
        let address = address.recv().expect("the server starts");

        let mut trusted = rustls::RootCertStore::empty();
        trusted.add(cert.der().clone()).expect("it is a certificate");
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider has them")
            .with_root_certificates(trusted)
            .with_no_client_auth();
        Self { address, certificate: cert.pem(), tls }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// Makes a client for one contender, because connections end with the runtime in which they were made.
    fn client(&self) -> reqwest::Client {
        let settings = loopback::settings()
            .tls_backend_preconfigured(self.tls.clone())
            .resolve(ALI_ACS_HOST, self.address);
        settings.build().expect("a client can be made")
    }

    pub(crate) fn race(&self, in_flight: u32) -> Race {
        let contenders = vec![self.bare(in_flight), self.ours(in_flight), self.ali_acs(in_flight)];
        Race {
            name: format!("call over TLS, {in_flight} in flight"),
            calls: in_flight,
            limit: 1.05,
            contenders,
        }
    }

    fn bare(&self, in_flight: u32) -> Contender {
        let call = Arc::new(loopback::BareCall::over(self.client(), &self.url()));
        loopback::at_once("bare reqwest", in_flight, move || {
            let call = Arc::clone(&call);
            async move { drop(call.send().await) }
        })
    }

    fn ours(&self, in_flight: u32) -> Contender {
        let config = Config::builder()
            .endpoint(self.url())
            .credentials(Credentials::new("testid", SECRET))
            .root_certificates_pem(&self.certificate);
        let client = Client::new(config.build().expect("it is valid")).expect("a client can be made");
        let call: MakeCallRequest = request();
        loopback::at_once("ccc-api", in_flight, move || {
            let (client, call) = (client.clone(), call.clone());
            async move {
                client.send(call).await.expect("the server answers");
            }
        })
    }

    fn ali_acs(&self, in_flight: u32) -> Contender {
        let client = self.client();
        let key = ali_acs::AccessKeySecret::new("testid", SECRET);
        loopback::at_once("ali-acs", in_flight, move || {
            let connection = ali_acs::sms::Connection::with_client(
                ali_acs::sms::Endpoint::CnHangzhou,
                key.clone(),
                client.clone(),
            );
            async move {
                let message = ali_acs::sms::SendSms::new("13188888888", "name", "SMS_1");
                connection.send_sms(message).await.expect("the server answers");
            }
        })
    }
}
