//! Environment variables of the process, or those that a test sets.

use std::collections::BTreeMap;
use std::env::VarError;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::identity::error::CredentialsError;

/// Looks up variables. This crate sets none.
#[derive(Clone, Default)]
pub(crate) struct Variables(Option<Arc<BTreeMap<String, Zeroizing<String>>>>);

impl Variables {
    /// Uses these variables only.
    pub(crate) fn fixed<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name.into(), Zeroizing::new(value.into())));
        Self(Some(Arc::new(pairs.collect())))
    }

    /// Returns the value of a variable; `None` if it is not set or empty.
    pub(crate) fn get(&self, name: &str) -> Result<Option<String>, CredentialsError> {
        let value = match &self.0 {
            Some(fixed) => fixed.get(name).map(|value| value.to_string()).ok_or(VarError::NotPresent),
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

    /// Tells whether a variable is `true`, in any case.
    pub(crate) fn is_true(&self, name: &str) -> Result<bool, CredentialsError> {
        Ok(self.get(name)?.is_some_and(|value| value.trim().eq_ignore_ascii_case("true")))
    }

    /// Returns the user's home directory.
    pub(crate) fn home(&self) -> Option<PathBuf> {
        match &self.0 {
            Some(_) => self.get("HOME").ok().flatten().map(PathBuf::from),
            None => std::env::home_dir().filter(|home| !home.as_os_str().is_empty()),
        }
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Variables(fixed)" } else { "Variables(process)" })
    }
}
