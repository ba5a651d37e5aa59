//! TLS by rustls: its cryptography, and the certificates that a client trusts.

use std::error::Error as StdError;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore, crypto::CryptoProvider};
use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;

use crate::request::config_error::ConfigError;
use crate::request::endpoint::Endpoint;
use crate::transport::TlsSettings;
use crate::transport::root_certificate::RootCertificate;
use crate::transport::socket::{Failure, Stream};
use crate::transport::trust::Trust;

/// Adds TLS to streams, for HTTP/1.1 only.
#[derive(Clone)]
pub(super) struct Tls(TlsConnector);

impl Tls {
    /// Builds it from the configuration.
    ///
    /// It reads the system's certificates once per client. So a machine without any is reported when the client is
    /// made, and not when the first request is sent. If TLS is not `needed`, none are read.
    pub(super) fn new(needed: bool, settings: &TlsSettings) -> Result<Self, ConfigError> {
        let mut config = match &settings.config {
            Some(config) => ClientConfig::clone(config),
            None => built(needed, settings)?,
        };
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    pub(super) async fn connect(
        &self,
        endpoint: &Endpoint,
        stream: Box<dyn Stream>,
    ) -> Result<Box<dyn Stream>, Failure> {
        let name = ServerName::try_from(endpoint.host_without_brackets())?.to_owned();
        Ok(Box::new(self.0.connect(name, stream).await?))
    }
}

/// Tells whether an error is about a certificate.
pub(super) fn is_distrust(error: &(dyn StdError + 'static)) -> bool {
    let mut link = Some(error);
    while let Some(error) = link {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return true;
        }
        link = match error.downcast_ref::<std::io::Error>() {
            // The wrapped error is not among its sources.
            Some(error) => error.get_ref().map(|within| within as _),
            None => error.source(),
        };
    }
    false
}

fn built(needed: bool, settings: &TlsSettings) -> Result<ClientConfig, ConfigError> {
    let provider = crypto_provider().ok_or(ConfigError::CryptoProviderMissing)?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(untrusting)?;
    Ok(if needed {
        builder
            .dangerous()
            .with_custom_certificate_verifier(verifier(settings, provider)?)
            .with_no_client_auth()
    } else {
        builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth()
    })
}

fn untrusting(error: impl std::error::Error + Send + Sync + 'static) -> ConfigError {
    ConfigError::Trust { source: Box::new(error) }
}

/// Returns the provider that the application installed for its process, else the one that the features bring: aws-lc
/// takes precedence over ring, as it is rustls's default.
fn crypto_provider() -> Option<Arc<CryptoProvider>> {
    if let Some(provider) = CryptoProvider::get_default() {
        return Some(Arc::clone(provider));
    }
    #[cfg(feature = "tls-aws-lc")]
    let provider = Some(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "tls-ring", not(feature = "tls-aws-lc")))]
    let provider = Some(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "tls-ring", feature = "tls-aws-lc")))]
    let provider = None;
    provider.map(Arc::new)
}

fn verifier(
    settings: &TlsSettings,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, ConfigError> {
    let given = &settings.root_certificates;
    let mut roots = RootCertStore::empty();
    match settings.trust.unwrap_or_default() {
        Trust::System => return Ok(Arc::new(system_verifier(given, provider).map_err(untrusting)?)),
        #[cfg(feature = "tls-webpki-roots")]
        Trust::Mozilla => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Trust::GivenAlone => {}
    }
    for certificate in given {
        roots.add(certificate.to_der()).map_err(untrusting)?;
    }
    Ok(WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().map_err(untrusting)?)
}

fn system_verifier(
    extra: &[RootCertificate],
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    #[cfg(not(target_os = "android"))]
    {
        Verifier::new_with_extra_roots(extra.iter().map(RootCertificate::to_der), provider)
    }
    #[cfg(target_os = "android")]
    {
        if !extra.is_empty() {
            return Err(rustls::Error::General(
                "Android takes root certificates only from the system".to_owned(),
            ));
        }
        Verifier::new(provider)
    }
}
