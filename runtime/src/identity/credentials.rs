//! Credentials: an access key, permanent or temporary, or a bearer token.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::identity::error::CredentialsError;
use crate::text::clock::timestamp;
use crate::wire::sign::SigningKeys;

/// Authenticates a request: an access key (an id, its secret and, if it is temporary, a security token), or a bearer
/// token.
///
/// Cloning is cheap. Secrets and tokens are wiped from memory when the last clone is dropped, and appear in no `Debug`
/// output.
///
/// ```
/// use acs_runtime::Credentials;
///
/// let permanent = Credentials::new("testid", "testsecret");
/// let temporary = Credentials::new("STS.testid", "testsecret").with_security_token("STSTOKEN");
/// let bearer = Credentials::from_bearer_token("BEARER");
/// assert_eq!(temporary.access_key_id(), Some("STS.testid"));
/// assert_eq!(bearer.access_key_id(), None);
/// assert!(!format!("{permanent:?} {temporary:?} {bearer:?}").contains("STSTOKEN"));
/// ```
#[derive(Clone)]
pub struct Credentials(Arc<Parts>);

#[derive(Clone)]
struct Parts {
    identity: Identity,
    /// Made from the secret, if there is one.
    keys: SigningKeys,
    expiration: Option<SystemTime>,
    source: Option<Cow<'static, str>>,
}

#[derive(Clone)]
enum Identity {
    AccessKey { id: String, secret: Zeroizing<String>, security_token: Option<Zeroizing<String>> },
    BearerToken(Zeroizing<String>),
}

/// The parts that a signature is made from, borrowed.
#[derive(Clone, Copy)]
pub(crate) enum Signer<'a> {
    AccessKey { id: &'a str, secret: &'a str, security_token: Option<&'a str>, keys: &'a SigningKeys },
    BearerToken(&'a str),
}

impl Credentials {
    /// Creates a permanent access key.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        let secret = Zeroizing::new(access_key_secret.into());
        Self::from_identity(Identity::AccessKey { id: access_key_id.into(), secret, security_token: None })
    }

    /// Creates credentials from a bearer token, which some products accept in place of a signature.
    ///
    /// Anyone who reads such a request can send others with the token, so use it over HTTPS only.
    pub fn from_bearer_token(token: impl Into<String>) -> Self {
        Self::from_identity(Identity::BearerToken(Zeroizing::new(token.into())))
    }

    fn from_identity(identity: Identity) -> Self {
        Self(Arc::new(Parts { identity, keys: SigningKeys::default(), expiration: None, source: None }))
    }

    /// Makes the key a temporary one, as the Security Token Service issues them. A bearer token stays as it is.
    #[must_use]
    pub fn with_security_token(mut self, token: impl Into<String>) -> Self {
        let token = Zeroizing::new(token.into());
        if let Identity::AccessKey { security_token, .. } = &mut Arc::make_mut(&mut self.0).identity {
            *security_token = Some(token);
        }
        self
    }

    /// Sets when they expire; [`CachedProvider`](crate::credentials::CachedProvider) fetches new ones before that.
    #[must_use]
    pub fn with_expiration(mut self, expiration: SystemTime) -> Self {
        Arc::make_mut(&mut self.0).expiration = Some(expiration);
        self
    }

    /// Returns the id of the access key. It is not a secret: every request carries it.
    #[must_use]
    pub fn access_key_id(&self) -> Option<&str> {
        match self.signer() {
            Signer::AccessKey { id, .. } => Some(id),
            Signer::BearerToken(_) => None,
        }
    }

    /// Returns the secret of the access key, which signs and is never sent. Keep it out of logs.
    #[must_use]
    pub fn access_key_secret(&self) -> Option<&str> {
        match self.signer() {
            Signer::AccessKey { secret, .. } => Some(secret),
            Signer::BearerToken(_) => None,
        }
    }

    /// Returns the security token of a temporary access key. Keep it out of logs.
    #[must_use]
    pub fn security_token(&self) -> Option<&str> {
        match self.signer() {
            Signer::AccessKey { security_token, .. } => security_token,
            Signer::BearerToken(_) => None,
        }
    }

    /// Returns the bearer token. Keep it out of logs.
    #[must_use]
    pub fn bearer_token(&self) -> Option<&str> {
        match self.signer() {
            Signer::AccessKey { .. } => None,
            Signer::BearerToken(token) => Some(token),
        }
    }

    /// Returns when they expire, if that is known.
    #[must_use]
    pub fn expiration(&self) -> Option<SystemTime> {
        self.0.expiration
    }

    /// Sets where the credentials come from, such as a provider's name or a file, to show which of several sources
    /// signs. It must not hold a secret.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Cow<'static, str>>) -> Self {
        Arc::make_mut(&mut self.0).source = Some(source.into());
        self
    }

    /// Returns where the credentials come from, if their provider set it. A
    /// [`ProviderChain`](crate::credentials::ProviderChain) adds the name of the provider before it:
    ///
    /// ```
    /// use acs_runtime::Credentials;
    /// use acs_runtime::credentials::{CredentialsProvider, ProviderChain};
    ///
    /// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
    /// let chain = ProviderChain::new().then("vault", Credentials::new("testid", "testsecret"));
    /// assert_eq!(chain.provide().await?.source(), Some("vault"));
    /// # Ok::<(), acs_runtime::credentials::CredentialsError>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    pub(crate) fn signer(&self) -> Signer<'_> {
        match &self.0.identity {
            Identity::AccessKey { id, secret, security_token } => Signer::AccessKey {
                id,
                secret,
                security_token: security_token.as_ref().map(|token| token.as_str()),
                keys: &self.0.keys,
            },
            Identity::BearerToken(token) => Signer::BearerToken(token),
        }
    }

    /// Returns all values that must not be shown.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        [self.access_key_secret(), self.security_token(), self.bearer_token()].into_iter().flatten()
    }

    /// Refuses values that cannot be keys. The service would refuse them without an explanation, or they would split a
    /// header.
    pub(crate) fn validated(self) -> Result<Self, CredentialsError> {
        let parts = [
            ("access key id", self.access_key_id()),
            ("access key secret", self.access_key_secret()),
            ("security token", self.security_token()),
            ("bearer token", self.bearer_token()),
        ];
        for (name, value) in parts {
            let Some(value) = value else { continue };
            if value.is_empty() {
                return Err(CredentialsError::new(format!("the {name} is empty")));
            }
            if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(CredentialsError::new(format!(
                    "the {name} holds a space, a line break or another character that no key has; \
                     check what was copied along with it"
                )));
            }
        }
        Ok(self)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Credentials");
        match self.signer() {
            Signer::AccessKey { id, security_token, .. } => shown
                .field("access_key_id", &id)
                .field("access_key_secret", &"[redacted]")
                .field("security_token", &security_token.map(|_| "[redacted]")),
            Signer::BearerToken(_) => shown.field("bearer_token", &"[redacted]"),
        };
        if let Some(expiration) = self.0.expiration {
            shown.field("expiration", &timestamp(expiration));
        }
        shown.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::Credentials;

    #[test]
    fn debug_shows_the_id_and_nothing_secret() {
        let credentials = Credentials::new("testid", "testsecret").with_security_token("STSTOKEN");
        assert_eq!(
            format!("{credentials:?}"),
            "Credentials { access_key_id: \"testid\", access_key_secret: \"[redacted]\", \
             security_token: Some(\"[redacted]\") }"
        );
        let bearer = Credentials::from_bearer_token("BEARER").with_expiration(UNIX_EPOCH);
        assert_eq!(
            format!("{bearer:?}"),
            "Credentials { bearer_token: \"[redacted]\", expiration: \"1970-01-01T00:00:00Z\" }"
        );
    }

    #[test]
    fn changing_a_clone_leaves_the_original_as_it_was() {
        let permanent = Credentials::new("testid", "testsecret");
        let later = UNIX_EPOCH + Duration::from_secs(1);
        let temporary = permanent.clone().with_security_token("STSTOKEN").with_expiration(later);
        assert_eq!((permanent.security_token(), permanent.expiration()), (None, None));
        assert_eq!((temporary.security_token(), temporary.expiration()), (Some("STSTOKEN"), Some(later)));
    }

    #[test]
    fn a_bearer_token_is_no_access_key() {
        let bearer = Credentials::from_bearer_token("BEARER").with_security_token("STSTOKEN");
        assert_eq!((bearer.access_key_id(), bearer.access_key_secret()), (None, None));
        assert_eq!((bearer.security_token(), bearer.bearer_token()), (None, Some("BEARER")));
    }

    #[test]
    fn what_was_copied_along_with_a_key_is_refused_without_showing_it() {
        for credentials in [
            Credentials::new("id ", "s"),
            Credentials::new("id", "hush\n"),
            Credentials::new("id", "hush\u{a0}"),
            Credentials::new("id", ""),
            Credentials::new("id", "s").with_security_token("hu\tsh"),
            Credentials::from_bearer_token("hush hush"),
        ] {
            let error = credentials.validated().unwrap_err().to_string();
            assert!(!error.contains("hush") && !error.contains("hu\tsh"), "{error}");
        }
    }
}
