//! Which proxy a client's own transport goes through.

use std::fmt;

use reqwest::Url;

use super::ConfigError;

/// The choice.
#[derive(Clone, Debug, Default)]
pub(crate) enum ProxyChoice {
    /// As the environment says.
    #[default]
    Environment,
    /// None, whatever the environment says.
    Never,
    /// This one, whatever the environment says.
    Through(ProxyUrl),
}

/// The URL of a proxy, with a user name and a password perhaps.
#[derive(Clone)]
pub(crate) struct ProxyUrl(Url);

impl ProxyUrl {
    pub(super) fn parse(text: &str) -> Result<Self, ConfigError> {
        let refuse = |reason| ConfigError::Proxy { reason };
        let url = Url::parse(text).map_err(|_| refuse("it is no URL"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refuse("its scheme is neither `http` nor `https`"));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("it holds more than a host, a port, a user name and a password"));
        }
        Ok(Self(url))
    }

    pub(crate) fn to_url(&self) -> Url {
        self.0.clone()
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let port = self.0.port_or_known_default().unwrap_or_default();
        write!(f, "{}://{}:{port}", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}
