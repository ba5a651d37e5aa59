//! The nonce that makes every attempt unique: the service refuses a request that repeats one.

use std::fmt;
use std::sync::Arc;

/// Makes the nonces that requests are signed with.
///
/// The default takes 128 random bits from the operating system. Tests that compare whole requests use fixed ones.
///
/// ```
/// use acs_runtime::Config;
/// use acs_runtime::sign::NonceSource;
///
/// /// Always the same nonce. Only for snapshots: the service refuses it the second time.
/// #[derive(Debug)]
/// struct Always(&'static str);
///
/// impl NonceSource for Always {
///     fn nonce(&self) -> Result<String, acs_runtime::sign::NonceError> {
///         Ok(self.0.to_owned())
///     }
/// }
///
/// let config = Config::builder().nonces(Always("3156853299f313e23d1673dc12e1703d")).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
pub trait NonceSource: fmt::Debug + Send + Sync {
    /// Returns a string that was never used before, of the characters `0-9 A-Z a-z -`. Called once for every attempt.
    ///
    /// # Errors
    /// If no nonce can be made; the request is then not sent.
    fn nonce(&self) -> Result<String, NonceError>;
}

impl<N: NonceSource + ?Sized> NonceSource for Arc<N> {
    fn nonce(&self) -> Result<String, NonceError> {
        N::nonce(self)
    }
}

/// No nonce could be made, so nothing was signed or sent.
#[derive(Debug)]
pub struct NonceError(Box<dyn std::error::Error + Send + Sync>);

impl NonceError {
    /// Wraps the reason.
    pub fn new(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for NonceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no signature nonce could be made")
    }
}

impl std::error::Error for NonceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}

/// 128 random bits from the operating system, in lower-case hexadecimal.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomNonces;

impl NonceSource for RandomNonces {
    fn nonce(&self) -> Result<String, NonceError> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|error| NonceError::new(error.to_string()))?;
        Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{NonceSource, RandomNonces};

    #[test]
    fn nonces_differ_and_are_hexadecimal() {
        let nonces: HashSet<_> = (0..1000).map(|_| RandomNonces.nonce().unwrap()).collect();
        assert_eq!(nonces.len(), 1000);
        assert!(nonces.iter().all(|nonce| nonce.len() == 32 && nonce.bytes().all(|b| b.is_ascii_hexdigit())));
    }
}
