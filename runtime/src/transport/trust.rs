//! What a client is told about TLS: whom to trust, or all of it at once.

use std::sync::Arc;

use rustls::ClientConfig;

use crate::request::config_error::ConfigError;
use crate::transport::root_certificate::RootCertificate;

/// Which root certificates a client trusts, besides those that
/// [`root_certificates_pem`](crate::config::ConfigBuilder::root_certificates_pem) gave it.
///
/// ```
/// use acs_runtime::Config;
/// use acs_runtime::config::Trust;
///
/// # fn configure(our_authority: &str) -> Result<(), acs_runtime::config::ConfigError> {
/// let config = Config::builder().trust(Trust::GivenAlone).root_certificates_pem(our_authority).build()?;
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Trust {
    /// What the operating system trusts, as it stands when the client is made; the default.
    #[default]
    System,
    /// Mozilla's list as it was when the crate `webpki-roots` was released: for images that hold no certificates. It is
    /// as old as the build, and administrators cannot change it.
    #[cfg(feature = "tls-webpki-roots")]
    Mozilla,
    /// None but those given.
    GivenAlone,
}

/// All of it, as the builder collects it.
#[derive(Clone, Default)]
pub(crate) struct TlsSettings {
    pub(crate) trust: Option<Trust>,
    pub(crate) root_certificates: Vec<RootCertificate>,
    /// Instead of the above.
    pub(crate) config: Option<Arc<ClientConfig>>,
}

impl TlsSettings {
    /// Refuses what cannot hold together.
    pub(crate) fn checked(self) -> Result<Self, ConfigError> {
        if self.config.is_some() && (self.trust.is_some() || !self.root_certificates.is_empty()) {
            return Err(ConfigError::TrustTwice);
        }
        Ok(self)
    }
}
