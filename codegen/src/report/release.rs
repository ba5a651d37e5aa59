//! Which version a set of changes asks for, by the rules of semantic versioning as Cargo reads them.

use std::fmt;
use std::str::FromStr;

use super::Impact;

/// A version of the generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrateVersion {
    /// What breaking changes raise from 1.0 on.
    pub major: u64,
    /// What breaking changes raise below 1.0, and additions from then on.
    pub minor: u64,
    /// What everything else raises.
    pub patch: u64,
}

/// A text is no `MAJOR.MINOR.PATCH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionError {
    text: String,
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no version of the form MAJOR.MINOR.PATCH", self.text)
    }
}

impl std::error::Error for VersionError {}

impl FromStr for CrateVersion {
    type Err = VersionError;

    /// Reads `MAJOR.MINOR.PATCH`; refuses pre-releases, which promise nothing.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let numbers: Option<Vec<u64>> = text.split('.').map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some(&[major, minor, patch]) => Ok(Self { major, minor, patch }),
            _ => Err(VersionError { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for CrateVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The release that changes ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The version that is out.
    pub current: CrateVersion,
    /// The gravest change since; none if there is none.
    pub impact: Option<Impact>,
}

impl Release {
    /// The next version. Below 1.0 the minor version says what the major one says later, and below 0.1 the patch.
    #[must_use]
    pub fn next(self) -> CrateVersion {
        let CrateVersion { major, minor, patch } = self.current;
        let next_major = CrateVersion { major: major.saturating_add(1), minor: 0, patch: 0 };
        let next_minor = CrateVersion { major, minor: minor.saturating_add(1), patch: 0 };
        let next_patch = CrateVersion { major, minor, patch: patch.saturating_add(1) };
        match (self.impact, major, minor) {
            (None, ..) => self.current,
            (Some(_), 0, 0) => next_patch,
            (Some(Impact::Breaking), 0, _) | (Some(Impact::Addition), 1.., _) => next_minor,
            (Some(Impact::Breaking), ..) => next_major,
            (Some(_), ..) => next_patch,
        }
    }
}

/// `asks for 0.2.0 (now 0.1.0): a breaking change raises the minor version below 1.0, the major one from then on`.
impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(impact) = self.impact else {
            return write!(f, "asks for no release: nothing changed since {}", self.current);
        };
        let rule = match impact {
            Impact::Breaking => {
                "a breaking change raises the minor version below 1.0, the major one from then on"
            }
            Impact::Addition => "an addition raises the patch version below 1.0, the minor one from then on",
            Impact::Behaviour | Impact::Documentation => {
                "nothing is added or broken, which raises the patch version"
            }
        };
        write!(f, "asks for {} (now {}): {rule}", self.next(), self.current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn next(current: &str, impact: Impact, expected: &str) {
        let current = current.parse().unwrap();
        assert_eq!(Release { current, impact: Some(impact) }.next().to_string(), expected);
    }

    #[test]
    fn below_one_breaking_changes_raise_the_minor_version() {
        next("0.1.3", Impact::Breaking, "0.2.0");
        next("0.1.3", Impact::Addition, "0.1.4");
        next("0.1.3", Impact::Documentation, "0.1.4");
    }

    #[test]
    fn from_one_on_breaking_changes_raise_the_major_version() {
        next("1.2.3", Impact::Breaking, "2.0.0");
        next("1.2.3", Impact::Addition, "1.3.0");
        next("1.2.3", Impact::Behaviour, "1.2.4");
    }

    #[test]
    fn below_a_tenth_every_release_may_break() {
        next("0.0.3", Impact::Breaking, "0.0.4");
    }

    #[test]
    fn no_change_asks_for_no_release() {
        let release = Release { current: "1.0.0".parse().unwrap(), impact: None };
        assert_eq!(release.next(), release.current);
        assert_eq!(release.to_string(), "asks for no release: nothing changed since 1.0.0");
    }

    #[test]
    fn other_texts_are_no_versions() {
        for text in ["", "1.0", "1.0.0-rc.1", "1.0.0.0", "v1.0.0"] {
            assert!(text.parse::<CrateVersion>().is_err(), "{text}");
        }
    }
}
