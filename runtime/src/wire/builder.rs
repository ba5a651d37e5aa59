//! The two states of a required parameter in a request builder; the derive `Builder` gives each one a type parameter.

/// A required parameter that was not given yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing;

/// A required parameter's value.
///
/// Its Debug does not show the value, which may be a phone number.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Set<T>(pub T);

impl<T> std::fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Set")
    }
}
