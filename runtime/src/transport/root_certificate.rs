//! Root certificates that the user gives. They are checked with the configuration.

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::request::config_error::ConfigError;

/// A certificate that rustls accepts as a root.
#[derive(Clone, Debug)]
pub(crate) struct RootCertificate(CertificateDer<'static>);

impl RootCertificate {
    /// Reads every certificate in a PEM text; other sections are ignored.
    pub(crate) fn read_pem(pem: &[u8]) -> Result<Vec<Self>, ConfigError> {
        let refuse = |reason: String| ConfigError::RootCertificate { reason };
        if pem.is_empty() {
            return Ok(Vec::new());
        }
        let mut certificates = Vec::new();
        for (position, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
            let certificate = certificate
                .map_err(|error| refuse(format!("number {} is not PEM: {error}", position + 1)))?;
            RootCertStore::empty()
                .add(certificate.clone())
                .map_err(|error| refuse(format!("number {} is no certificate: {error}", position + 1)))?;
            certificates.push(Self(certificate));
        }
        if certificates.is_empty() {
            return Err(refuse("the text holds no section `BEGIN CERTIFICATE`".to_owned()));
        }
        Ok(certificates)
    }

    pub(crate) fn to_der(&self) -> CertificateDer<'static> {
        self.0.clone()
    }
}
