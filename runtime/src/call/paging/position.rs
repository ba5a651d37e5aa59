//! The field of a request that says which page it requests.

use std::fmt;

/// The field of a request that says which page it requests: see [`Paged::position`](super::Paged::position).
pub enum Position<'r> {
    /// The number of the page, mostly from 1.
    Number(&'r mut dyn PageNumber),
    /// The token that came with the page before. The first page has none.
    Token(&'r mut dyn PageToken),
}

impl fmt::Debug for Position<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number(_) => "Number",
            Self::Token(_) => "Token",
        })
    }
}

/// A field that holds the number of a page: `i32`, `i64`, or an `Option` of one.
///
/// ```
/// use acs_runtime::paging::PageNumber;
///
/// let mut number: Option<i32> = None;
/// assert!(number.set(7));
/// assert_eq!(number.get(), Some(7));
/// // No `i32` holds this.
/// assert!(!number.set(i64::MAX));
/// assert_eq!(number, Some(7));
/// ```
pub trait PageNumber {
    /// Returns the number, if it is set.
    fn get(&self) -> Option<i64>;

    /// Sets the number. Returns `false` and changes nothing if the field cannot hold it.
    fn set(&mut self, number: i64) -> bool;
}

impl PageNumber for i32 {
    fn get(&self) -> Option<i64> {
        Some((*self).into())
    }

    fn set(&mut self, number: i64) -> bool {
        Self::try_from(number).map(|number| *self = number).is_ok()
    }
}

impl PageNumber for i64 {
    fn get(&self) -> Option<i64> {
        Some(*self)
    }

    fn set(&mut self, number: i64) -> bool {
        *self = number;
        true
    }
}

impl<N: PageNumber + Default> PageNumber for Option<N> {
    fn get(&self) -> Option<i64> {
        self.as_ref()?.get()
    }

    fn set(&mut self, number: i64) -> bool {
        let mut value = N::default();
        let fits = value.set(number);
        if fits {
            *self = Some(value);
        }
        fits
    }
}

/// A field that holds the token of a page: `String` or `Option<String>`. An empty token is none.
///
/// ```
/// use acs_runtime::paging::PageToken;
///
/// let mut token: Option<String> = None;
/// token.set("after-100".to_owned());
/// assert_eq!(token.get(), "after-100");
/// ```
pub trait PageToken {
    /// Returns the token; empty if there is none.
    fn get(&self) -> &str;

    /// Sets the token.
    fn set(&mut self, token: String);
}

impl PageToken for String {
    fn get(&self) -> &str {
        self
    }

    fn set(&mut self, token: String) {
        *self = token;
    }
}

impl PageToken for Option<String> {
    fn get(&self) -> &str {
        self.as_deref().unwrap_or_default()
    }

    fn set(&mut self, token: String) {
        *self = Some(token);
    }
}
