//! A chain of providers: the first that is configured signs.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::text::future::BoxFuture;

/// Asks providers in order.
///
/// It skips a provider that is [not configured](CredentialsError::not_configured). A provider that is configured and
/// fails ends the search: the next one would sign as somebody else. If none is configured, the error has a line from
/// each, and the next request asks all of them again.
///
/// A chain caches nothing. Wrap it in [`CachedProvider`](crate::credentials::CachedProvider) if its providers do not
/// cache either.
///
/// ```
/// use acs_runtime::credentials::{EcsRamRoleProvider, EnvironmentProvider, ProviderChain};
///
/// let chain = ProviderChain::new()
///     .then("environment", EnvironmentProvider::new())
///     .then("instance role", EcsRamRoleProvider::new());
/// # let _ = chain;
/// ```
#[derive(Clone, Default)]
pub struct ProviderChain {
    links: Vec<Link>,
}

#[derive(Clone)]
struct Link {
    name: Cow<'static, str>,
    provider: Arc<dyn CredentialsProvider>,
}

impl ProviderChain {
    /// Creates a chain without providers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a provider at the end. Errors refer to it by `name`.
    #[must_use]
    pub fn then(
        mut self,
        name: impl Into<Cow<'static, str>>,
        provider: impl CredentialsProvider + 'static,
    ) -> Self {
        self.links.push(Link { name: name.into(), provider: Arc::new(provider) });
        self
    }

    async fn first(&self) -> Result<Credentials, CredentialsError> {
        let mut said = String::from(
            "no source of credentials is configured; set one up, or give credentials to the client:",
        );
        let mut links = self.links.iter();
        while let Some(Link { name, provider }) = links.next() {
            match provider.provide().await.and_then(Credentials::validated) {
                Ok(credentials) => return Ok(with_provider(name, credentials)),
                Err(error) if error.is_not_configured() => {
                    said.push_str(&format!("\n- {name}: {}", one_line(&error)));
                }
                Err(error) if links.as_slice().is_empty() => return Err(error.within(name)),
                Err(error) => return Err(error.within(name).followed_by(NOT_ASKED)),
            }
        }
        Err(CredentialsError::not_configured(said))
    }
}

/// Puts the name of the provider before the source of its credentials.
fn with_provider(name: &str, credentials: Credentials) -> Credentials {
    let source = match credentials.source() {
        Some(source) => format!("{name}: {source}"),
        None => name.to_owned(),
    };
    credentials.with_source(source)
}

/// The official clients continue here, so the error says that this chain does not.
const NOT_ASKED: &str = "; the sources after it were not asked, so that nobody else signs";

fn one_line(error: &CredentialsError) -> String {
    error.to_string().replace(['\n', '\r'], " ")
}

impl CredentialsProvider for ProviderChain {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.first())
    }
}

impl fmt::Debug for ProviderChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.links.iter().map(|link| (&link.name, &link.provider))).finish()
    }
}
