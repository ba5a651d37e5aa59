//! Credentials from environment variables.

use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::identity::variables::Variables;
#[cfg(feature = "client")]
use crate::providers::ProviderConfig;
use crate::text::future::BoxFuture;

const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// Reads `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, if it is set,
/// `ALIBABA_CLOUD_SECURITY_TOKEN`. An empty variable counts as not set.
///
/// Without a cache around it, it reads the variables for every request.
#[derive(Clone, Debug, Default)]
pub struct EnvironmentProvider {
    variables: Variables,
}

impl EnvironmentProvider {
    /// Creates a provider that reads the environment of this process.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[cfg(feature = "client")]
    pub(super) fn with(config: &ProviderConfig) -> Self {
        Self { variables: config.variables.clone() }
    }

    /// Reads the variables.
    ///
    /// # Errors
    /// If one of the first two is not set, or one is not Unicode. The text names the variable, never its value.
    pub fn read(&self) -> Result<Credentials, CredentialsError> {
        let id = self.variables.get(ACCESS_KEY_ID)?;
        let secret = self.variables.get(ACCESS_KEY_SECRET)?;
        let token = self.variables.get(SECURITY_TOKEN)?;
        let missing = |name: &str| {
            CredentialsError::new(format!(
                "the environment variable {name} is not set, although another of {ACCESS_KEY_ID}, \
                 {ACCESS_KEY_SECRET} and {SECURITY_TOKEN} is; set it, or unset them all"
            ))
        };
        match (id, secret, token) {
            (Some(id), Some(secret), None) => Ok(Credentials::new(id, secret)),
            (Some(id), Some(secret), Some(token)) => {
                Ok(Credentials::new(id, secret).with_security_token(token))
            }
            (None, None, None) => Err(CredentialsError::not_configured(format!(
                "the environment variables {ACCESS_KEY_ID} and {ACCESS_KEY_SECRET} are not set"
            ))),
            (None, _, _) => Err(missing(ACCESS_KEY_ID)),
            (Some(_), None, _) => Err(missing(ACCESS_KEY_SECRET)),
        }
    }
}

impl CredentialsProvider for EnvironmentProvider {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(self.read()))
    }
}

#[cfg(test)]
mod tests {
    use super::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, EnvironmentProvider, SECURITY_TOKEN, Variables};

    fn reading(pairs: &[(&str, &str)]) -> EnvironmentProvider {
        EnvironmentProvider { variables: Variables::fixed(pairs.iter().copied()) }
    }

    #[test]
    fn id_and_secret_make_a_permanent_key() {
        let key = reading(&[(ACCESS_KEY_ID, "id"), (ACCESS_KEY_SECRET, "secret")]).read().unwrap();
        assert_eq!(
            (key.access_key_id(), key.access_key_secret(), key.security_token()),
            (Some("id"), Some("secret"), None)
        );
    }

    #[test]
    fn a_token_makes_it_temporary() {
        let key = reading(&[(ACCESS_KEY_ID, "id"), (ACCESS_KEY_SECRET, "secret"), (SECURITY_TOKEN, "token")]);
        assert_eq!(key.read().unwrap().security_token(), Some("token"));
    }

    #[test]
    fn an_empty_token_is_no_token() {
        let key = reading(&[(ACCESS_KEY_ID, "id"), (ACCESS_KEY_SECRET, "secret"), (SECURITY_TOKEN, "")]);
        assert_eq!(key.read().unwrap().security_token(), None);
    }

    #[test]
    fn no_variable_at_all_is_not_configured() {
        assert!(reading(&[(ACCESS_KEY_ID, "")]).read().unwrap_err().is_not_configured());
    }

    #[test]
    fn the_variable_that_is_missing_beside_another_is_named() {
        for (set, missing) in [
            (ACCESS_KEY_ID, ACCESS_KEY_SECRET),
            (ACCESS_KEY_SECRET, ACCESS_KEY_ID),
            (SECURITY_TOKEN, ACCESS_KEY_ID),
        ] {
            let error = reading(&[(set, "hush")]).read().unwrap_err();
            assert!(!error.is_not_configured());
            let text = error.to_string();
            assert!(text.starts_with(&format!("the environment variable {missing} is not set")), "{text}");
        }
    }
}
