//! TLS by rustls: whom a client trusts.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto::CryptoProvider};
use rustls_platform_verifier::Verifier;

use crate::runtime::config::RootCertificate;
use crate::runtime::endpoint::Scheme;
use crate::runtime::error::ConfigError;

/// Trusts what the operating system trusts, and `extra` besides.
///
/// The system's certificates are read here, once per client, so that a machine without any is reported when the client
/// is made and not when the first request is sent. A plain HTTP endpoint needs none, and none are read.
pub(super) fn client_config(scheme: Scheme, extra: &[RootCertificate]) -> Result<ClientConfig, ConfigError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let failed = |error: rustls::Error| ConfigError::Trust { source: Box::new(error) };
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    let mut config = match scheme {
        Scheme::Http => builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth(),
        Scheme::Https => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier(extra, provider).map_err(failed)?))
            .with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn verifier(extra: &[RootCertificate], provider: Arc<CryptoProvider>) -> Result<Verifier, rustls::Error> {
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
