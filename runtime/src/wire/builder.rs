//! The two states of a required parameter in a request builder. The derive `Builder` makes the state a type parameter.

/// A required parameter that is not set yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing;

/// A required parameter that is set.
///
/// Debug does not show the value, which may be a phone number.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Set<T>(pub T);

impl<T> std::fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Set")
    }
}

/// A required parameter with a default: the number or the size of the first page.
pub trait SetOr<T> {
    /// Returns the value, or the default.
    fn or(self, default: T) -> T;
}

impl<T> SetOr<T> for Missing {
    fn or(self, default: T) -> T {
        default
    }
}

impl<T> SetOr<T> for Set<T> {
    fn or(self, _default: T) -> T {
        self.0
    }
}
