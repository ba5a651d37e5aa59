//! Who signs: access keys, permanent or temporary, and the trait through which they are fetched.

mod environment;
mod error;

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

pub use environment::EnvironmentCredentials;
pub(crate) use environment::Variables;
pub use error::CredentialsError;

use super::future::BoxFuture;

/// An access key: an id, its secret and, if it is temporary, a security token.
///
/// Cloning is cheap. Secret and token are wiped from memory when the last clone is dropped, and appear in no `Debug`
/// output.
///
/// ```
/// use ccc_api::Credentials;
///
/// let permanent = Credentials::new("testid", "testsecret");
/// let temporary = Credentials::new("STS.testid", "testsecret").with_security_token("STSTOKEN");
/// assert_eq!(temporary.access_key_id(), "STS.testid");
/// assert!(!format!("{temporary:?}").contains("STSTOKEN"));
/// # let _ = permanent;
/// ```
#[derive(Clone)]
pub struct Credentials(Arc<AccessKey>);

#[derive(Clone)]
struct AccessKey {
    id: String,
    secret: Zeroizing<String>,
    security_token: Option<Zeroizing<String>>,
}

impl Credentials {
    /// A permanent access key.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        Self(Arc::new(AccessKey {
            id: access_key_id.into(),
            secret: Zeroizing::new(access_key_secret.into()),
            security_token: None,
        }))
    }

    /// Makes the key a temporary one, as the Security Token Service hands them out.
    #[must_use]
    pub fn with_security_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).security_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// The id of the key, which is not a secret: it is sent with every request.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.0.id
    }

    /// The secret of the key, which signs and is never sent. Not for logs.
    #[must_use]
    pub fn access_key_secret(&self) -> &str {
        &self.0.secret
    }

    /// The security token of a temporary key. Not for logs.
    #[must_use]
    pub fn security_token(&self) -> Option<&str> {
        self.0.security_token.as_ref().map(|token| token.as_str())
    }

    /// Refuses what cannot be a key and would only come back as an unexplained refusal, or split a header.
    pub(crate) fn validated(self) -> Result<Self, CredentialsError> {
        let parts = [
            ("access key id", Some(self.access_key_id())),
            ("access key secret", Some(self.access_key_secret())),
            ("security token", self.security_token()),
        ];
        for (name, value) in parts {
            let Some(value) = value else { continue };
            if value.is_empty() {
                return Err(CredentialsError::new(format!("the {name} is empty")));
            }
            if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(CredentialsError::new(format!(
                    "the {name} holds a space, a line break or another character that no key has; \
                     look for what was copied along with it"
                )));
            }
        }
        Ok(self)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.0.id)
            .field("access_key_secret", &"[redacted]")
            .field("security_token", &self.0.security_token.as_ref().map(|_| "[redacted]"))
            .finish()
    }
}

/// Fetches the credentials that a request is signed with.
///
/// Asked before every attempt, so that keys can change while a client lives; a provider that goes over the network
/// keeps what it fetched. [`Credentials`] provide themselves, [`EnvironmentCredentials`] read the environment.
///
/// ```
/// use ccc_api::{BoxFuture, Config, Credentials, CredentialsError, ProvideCredentials};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
///         Box::pin(async {
///             // Here the vault is asked. A failure is `CredentialsError::new("…")`, its text free of secrets.
///             Ok(Credentials::new("testid", "testsecret"))
///         })
///     }
/// }
///
/// let config = Config::builder().credentials(Vault).build()?;
/// # Ok::<(), ccc_api::ConfigError>(())
/// ```
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// The credentials to sign with now.
    ///
    /// # Errors
    /// When there are none. The request is then not sent, and the error reaches the caller as
    /// [`Error::Credentials`](crate::Error::Credentials): its text and sources must hold no secret.
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>>;
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        P::provide(self)
    }
}

impl ProvideCredentials for Credentials {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let credentials = self.clone();
        Box::pin(std::future::ready(Ok(credentials)))
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;

    #[test]
    fn debug_shows_the_id_and_nothing_secret() {
        let credentials = Credentials::new("testid", "testsecret").with_security_token("STSTOKEN");
        assert_eq!(
            format!("{credentials:?}"),
            "Credentials { access_key_id: \"testid\", access_key_secret: \"[redacted]\", \
             security_token: Some(\"[redacted]\") }"
        );
    }

    #[test]
    fn a_key_with_a_line_break_is_refused_by_name_without_being_shown() {
        let error = Credentials::new("testid", "testsecret\n").validated().unwrap_err().to_string();
        assert!(error.contains("access key secret") && !error.contains("testsecret"), "{error}");
    }

    #[test]
    fn an_empty_part_is_refused() {
        for credentials in [
            Credentials::new("", "secret"),
            Credentials::new("id", ""),
            Credentials::new("id", "secret").with_security_token(""),
        ] {
            assert!(credentials.validated().unwrap_err().to_string().ends_with("is empty"));
        }
    }
}
