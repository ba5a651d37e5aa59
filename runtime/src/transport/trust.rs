//! The TLS settings of a client.

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
    /// The certificates that the operating system trusts when the client is made; the default.
    #[default]
    System,
    /// Mozilla's list in the crate `webpki-roots`, for images without certificates. It is as old as the build, and
    /// administrators cannot change it.
    #[cfg(feature = "tls-webpki-roots")]
    Mozilla,
    /// Only the certificates given.
    GivenAlone,
}

/// The settings as the builder collects them.
#[derive(Clone, Default)]
pub(crate) struct TlsSettings {
    pub(crate) trust: Option<Trust>,
    pub(crate) root_certificates: Vec<RootCertificate>,
    /// A whole configuration, in place of the above.
    pub(crate) config: Option<Arc<ClientConfig>>,
}

impl TlsSettings {
    /// Refuses contradicting settings.
    pub(crate) fn checked(self) -> Result<Self, ConfigError> {
        if self.config.is_some() && (self.trust.is_some() || !self.root_certificates.is_empty()) {
            return Err(ConfigError::TrustTwice);
        }
        Ok(self)
    }
}
