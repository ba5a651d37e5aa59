//! Credentials from environment variables.

use std::env::VarError;
use std::fmt;
use std::sync::Arc;

use super::{Credentials, CredentialsError, ProvideCredentials};
use crate::runtime::future::BoxFuture;

const ACCESS_KEY_ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const ACCESS_KEY_SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
const SECURITY_TOKEN: &str = "ALIBABA_CLOUD_SECURITY_TOKEN";

/// Reads `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, if it is set,
/// `ALIBABA_CLOUD_SECURITY_TOKEN`. An empty variable counts as not set.
///
/// The variables are read for every request, as the process sees them then.
#[derive(Clone, Debug, Default)]
pub struct EnvironmentCredentials {
    variables: Variables,
}

impl EnvironmentCredentials {
    /// The provider that reads this process's environment.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn of(variables: Variables) -> Self {
        Self { variables }
    }

    /// What the variables hold now.
    ///
    /// # Errors
    /// When one of the first two is not set, or one is not Unicode. The text names the variable, never its value.
    pub fn read(&self) -> Result<Credentials, CredentialsError> {
        let id = self.required(ACCESS_KEY_ID)?;
        let secret = self.required(ACCESS_KEY_SECRET)?;
        let credentials = Credentials::new(id, secret);
        Ok(match self.variables.get(SECURITY_TOKEN)? {
            Some(token) => credentials.with_security_token(token),
            None => credentials,
        })
    }

    fn required(&self, name: &str) -> Result<String, CredentialsError> {
        self.variables.get(name)?.ok_or_else(|| {
            CredentialsError::new(format!(
                "the environment variable {name} is not set; set {ACCESS_KEY_ID} and {ACCESS_KEY_SECRET} \
                 (with temporary credentials {SECURITY_TOKEN} too), or configure credentials explicitly"
            ))
        })
    }
}

impl ProvideCredentials for EnvironmentCredentials {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(self.read()))
    }
}

type Lookup = dyn Fn(&str) -> Result<String, VarError> + Send + Sync;

/// Where variables are looked up: the process's environment, or a test's own.
#[derive(Clone, Default)]
pub(crate) struct Variables(Option<Arc<Lookup>>);

impl Variables {
    #[cfg(test)]
    pub(crate) fn fixed(pairs: &[(&'static str, &'static str)]) -> Self {
        let pairs = pairs.to_vec();
        Self(Some(Arc::new(move |name| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        })))
    }

    /// The value of a variable; `None` when it is not set or empty.
    pub(crate) fn get(&self, name: &str) -> Result<Option<String>, CredentialsError> {
        let value = match &self.0 {
            Some(lookup) => lookup(name),
            None => std::env::var(name),
        };
        match value {
            Ok(value) if value.is_empty() => Ok(None),
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            // The error of the standard library would show the value.
            Err(VarError::NotUnicode(_)) => {
                Err(CredentialsError::new(format!("the environment variable {name} is not valid Unicode")))
            }
        }
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Variables(fixed)" } else { "Variables(process)" })
    }
}

#[cfg(test)]
mod tests {
    use super::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, EnvironmentCredentials, SECURITY_TOKEN, Variables};

    fn reading(pairs: &[(&'static str, &'static str)]) -> EnvironmentCredentials {
        EnvironmentCredentials::of(Variables::fixed(pairs))
    }

    #[test]
    fn id_and_secret_make_a_permanent_key() {
        let key = reading(&[(ACCESS_KEY_ID, "id"), (ACCESS_KEY_SECRET, "secret")]).read().unwrap();
        assert_eq!(
            (key.access_key_id(), key.access_key_secret(), key.security_token()),
            ("id", "secret", None)
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
    fn the_variable_that_is_missing_is_named() {
        let error = reading(&[(ACCESS_KEY_ID, "id")]).read().unwrap_err().to_string();
        assert!(
            error.starts_with("the environment variable ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set"),
            "{error}"
        );
        let error = reading(&[(ACCESS_KEY_ID, ""), (ACCESS_KEY_SECRET, "s")]).read().unwrap_err().to_string();
        assert!(
            error.starts_with("the environment variable ALIBABA_CLOUD_ACCESS_KEY_ID is not set"),
            "{error}"
        );
    }
}
