//! The error of a configuration. Its text names the fault and the remedy.

use std::error::Error as StdError;
use std::fmt;

use crate::identity::error::CredentialsError;

/// No client can be made from this configuration. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// The region holds other characters than `a-z 0-9 -`.
    Region {
        /// The region, shortened.
        region: String,
    },
    /// The endpoint is not a host with an optional port, or a URL of these.
    Endpoint {
        /// The endpoint, shortened, without a password.
        endpoint: String,
        /// The reason why it cannot be used.
        reason: &'static str,
    },
    /// The value of an environment variable cannot be used.
    Variable {
        /// The variable.
        name: &'static str,
        /// The reason why it cannot be used.
        source: Box<ConfigError>,
    },
    /// An environment variable cannot be read.
    Credentials(CredentialsError),
    /// A time limit of zero.
    TimeLimit,
    /// The proxy is not a URL of a host with an optional port, user name and password.
    Proxy {
        /// The environment variable that holds it; `None` if the configuration does.
        variable: Option<&'static str>,
        /// The reason why it cannot be used. The URL is not quoted, because it may hold a password.
        reason: &'static str,
    },
    /// `rustls_config` is given together with `trust` or `root_certificates_pem`.
    TrustTwice,
    /// TLS has no cryptography.
    CryptoProviderMissing,
    /// HTTPS is configured without a feature that adds TLS.
    TlsMissing,
    /// A root certificate cannot be read.
    RootCertificate {
        /// The reason why it cannot be used.
        reason: String,
    },
    /// There are no root certificates to trust.
    Trust {
        /// The error of rustls or of the operating system.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The thread of a blocking client could not be started.
    Thread {
        /// The error of the operating system.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The HTTP client could not be built.
    Transport {
        /// The error of the HTTP client.
        source: Box<dyn StdError + Send + Sync>,
    },
}

impl ConfigError {
    /// Returns the cause, if it is an error of its own. The text of this error includes it.
    #[must_use]
    pub fn caused_by(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Credentials(error) => error.caused_by(),
            Self::Variable { source, .. } => source.caused_by(),
            Self::Trust { source } | Self::Thread { source } | Self::Transport { source } => {
                Some(source.as_ref())
            }
            _ => None,
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region { region } => write!(
                f,
                "`{region}` is not a region; give one of `a-z`, `0-9` and `-`, such as `cn-shanghai`"
            ),
            Self::Endpoint { endpoint, reason } => write!(
                f,
                "the endpoint `{endpoint}` cannot be used: {reason}; give `host`, `host:port`, or a URL of these"
            ),
            Self::Variable { name, source } => write!(f, "the environment variable {name}: {source}"),
            Self::Credentials(error) => error.fmt(f),
            Self::TimeLimit => f.write_str("a time limit is zero; give a longer one"),
            Self::Proxy { variable, reason } => {
                f.write_str("the proxy")?;
                if let Some(variable) = variable {
                    write!(f, " that the environment variable {variable} names")?;
                }
                write!(f, " cannot be used: {reason}; give `http://host:port`, or `http://user:password@host:port`")
            }
            Self::TrustTwice => f.write_str(
                "`rustls_config` decides what to trust; leave out `trust` and `root_certificates_pem`",
            ),
            Self::CryptoProviderMissing => f.write_str(
                "TLS has no cryptography; switch on the feature `tls` or `tls-aws-lc` of this crate, or let the \
                 application install a provider with `CryptoProvider::install_default`, or give `rustls_config`",
            ),
            Self::TlsMissing => f.write_str(
                "HTTPS needs the feature `tls` of this crate; switch it on, or give a transport, or ask for plain \
                 HTTP with `Scheme::Http`",
            ),
            Self::RootCertificate { reason } => write!(f, "the root certificates given cannot be used: {reason}"),
            Self::Trust { source } => write!(
                f,
                "no root certificates to trust ({source}); install those of the system (often the package \
                 `ca-certificates`), give some with `root_certificates_pem`, or take Mozilla's with the feature \
                 `tls-webpki-roots` and `trust`"
            ),
            Self::Thread { source } => write!(f, "the thread of the client could not be started ({source})"),
            Self::Transport { source } => write!(f, "the HTTP client could not be built ({source})"),
        }
    }
}

/// The text names the cause, so `source` is empty: see [`caused_by`](Self::caused_by).
impl StdError for ConfigError {}
