//! The values of open enums that no page documents.

use std::fmt;

/// A value that no page documents, kept unchanged.
///
/// Only an open enum makes it, for a value that fits no variant. No code can therefore match a particular undocumented
/// value by this variant, and no match breaks when the value becomes documented. Use `as_str` on the enum in the arm
/// `_`.
///
/// ```
/// use acs_runtime::custom::OpenEnum;
/// use acs_runtime::response::UnknownValue;
///
/// #[derive(OpenEnum)]
/// enum State {
///     #[value("Running")]
///     Running,
///     #[unknown]
///     Unknown(UnknownValue),
/// }
///
/// let what = match State::from("Paused") {
///     State::Running => "running".to_owned(),
///     other if other.as_str() == "Paused" => "at rest".to_owned(),
///     other => other.to_string(),
/// };
/// assert_eq!(what, "at rest");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Creates a value. Only the derive `OpenEnum` calls it, after it tried its variants.
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// Returns the value as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
