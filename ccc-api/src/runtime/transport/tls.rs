//! TLS by rustls: with which cryptography, and whom a client trusts.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::{ClientConfig, RootCertStore, crypto::CryptoProvider};
use rustls_platform_verifier::Verifier;

use crate::runtime::config::{RootCertificate, TlsSettings, Trust};
use crate::runtime::endpoint::Scheme;
use crate::runtime::error::ConfigError;

/// As configured, for HTTP/1.1 alone.
///
/// The system's certificates are read here, once per client, so that a machine without any is reported when the client
/// is made and not when the first request is sent. A plain HTTP endpoint needs none, and none are read.
pub(super) fn client_config(scheme: Scheme, settings: &TlsSettings) -> Result<ClientConfig, ConfigError> {
    let mut config = match &settings.config {
        Some(config) => ClientConfig::clone(config),
        None => built(scheme, settings)?,
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn built(scheme: Scheme, settings: &TlsSettings) -> Result<ClientConfig, ConfigError> {
    let provider = crypto_provider().ok_or(ConfigError::CryptoProviderMissing)?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(untrusting)?;
    Ok(match scheme {
        Scheme::Http => builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth(),
        Scheme::Https => builder
            .dangerous()
            .with_custom_certificate_verifier(verifier(settings, provider)?)
            .with_no_client_auth(),
    })
}

fn untrusting(error: impl std::error::Error + Send + Sync + 'static) -> ConfigError {
    ConfigError::Trust { source: Box::new(error) }
}

/// The application's choice for the process, or else what the features bring. Whoever has aws-lc asked for it: ring is
/// there by default.
fn crypto_provider() -> Option<Arc<CryptoProvider>> {
    if let Some(provider) = CryptoProvider::get_default() {
        return Some(Arc::clone(provider));
    }
    #[cfg(feature = "tls-aws-lc")]
    let provider = Some(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "tls", not(feature = "tls-aws-lc")))]
    let provider = Some(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "tls", feature = "tls-aws-lc")))]
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
                "Android takes root certificates from the system alone".to_owned(),
            ));
        }
        Verifier::new(provider)
    }
}
