//! Patterns of names of operations.

use std::fmt;

/// The name of an operation, or a pattern of names with one `*` for any text.
///
/// ```
/// use ccc_spec::manifest::Pattern;
///
/// let lists: Pattern = "List*OfUser".parse()?;
/// assert!(lists.matches("ListNumbersOfUser") && !lists.matches("ListUser"));
/// assert!("List*Of*".parse::<Pattern>().is_err());
/// # Ok::<(), ccc_spec::manifest::BadPattern>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern(String);

/// The reason why a text is not a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadPattern {
    /// It is empty.
    Empty,
    /// It has a character that no name of an operation has.
    Character(char),
    /// It has more than one `*`.
    TwoStars,
    /// It is nothing but `*`.
    Everything,
}

impl Pattern {
    /// Returns whether it is the name of one operation.
    #[must_use]
    pub fn is_name(&self) -> bool {
        !self.0.contains('*')
    }

    /// Returns whether it matches an operation's name.
    #[must_use]
    pub fn matches(&self, action: &str) -> bool {
        match self.0.split_once('*') {
            None => self.0 == action,
            Some((start, end)) => action.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
        }
    }

    /// Returns the pattern as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Pattern {
    type Err = BadPattern;

    fn from_str(text: &str) -> Result<Self, BadPattern> {
        if let Some(odd) = text.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '*')) {
            return Err(BadPattern::Character(odd));
        }
        match text {
            "" => Err(BadPattern::Empty),
            "*" => Err(BadPattern::Everything),
            _ if text.matches('*').count() > 1 => Err(BadPattern::TwoStars),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::Character(c) => write!(f, "no operation has {c:?} in its name"),
            Self::TwoStars => f.write_str("it has more than one `*`"),
            Self::Everything => f.write_str("it would match every operation"),
        }
    }
}

impl std::error::Error for BadPattern {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text_or_none() {
        let matches = |pattern: &str, action: &str| pattern.parse::<Pattern>().unwrap().matches(action);
        assert!(matches("Get*", "GetUser") && matches("Get*", "Get") && !matches("Get*", "ForgetUser"));
        assert!(matches("*User", "GetUser") && !matches("*User", "GetUsers"));
        assert!(matches("Get*Of", "GetNameOf"));
        assert!(matches("GetUser", "GetUser") && !matches("GetUser", "getuser"));
    }

    #[test]
    fn the_text_before_the_star_and_that_after_it_do_not_overlap() {
        let pattern: Pattern = "Aba*aba".parse().unwrap();
        assert!(!pattern.matches("Ababa") && pattern.matches("Abaaba"));
    }

    #[test]
    fn other_texts_are_no_patterns() {
        let bad = |text: &str| text.parse::<Pattern>().unwrap_err();
        assert_eq!(bad(""), BadPattern::Empty);
        assert_eq!(bad("*"), BadPattern::Everything);
        assert_eq!(bad("A*B*"), BadPattern::TwoStars);
        assert_eq!(bad("Get User"), BadPattern::Character(' '));
    }
}
