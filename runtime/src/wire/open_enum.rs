//! Values that may grow: what an open enum holds for a value its page does not document.

use std::fmt;

/// A value the page does not document, carried unchanged.
///
/// It can be looked at but not made: an open enum makes it where no variant fits. Nobody can therefore match one
/// particular undocumented value by its variant, and documenting that value later breaks no match; use `as_str`
/// on the enum in the arm `_`.
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
    /// For the derive `OpenEnum` alone, which asks its variants first.
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// The value as it came.
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
