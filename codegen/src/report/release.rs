//! The version that a set of changes needs, by the rules of semantic versioning as Cargo reads them.

use std::fmt;
use std::str::FromStr;

use super::Impact;

/// A version of the generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrateVersion {
    /// Raised by breaking changes from 1.0 on.
    pub major: u64,
    /// Raised by breaking changes below 1.0, and by additions from 1.0 on.
    pub minor: u64,
    /// Raised by all other changes.
    pub patch: u64,
}

/// The error of a text that is not a version of the form `MAJOR.MINOR.PATCH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionError {
    text: String,
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a version of the form MAJOR.MINOR.PATCH", self.text)
    }
}

impl std::error::Error for VersionError {}

impl FromStr for CrateVersion {
    type Err = VersionError;

    /// Parses `MAJOR.MINOR.PATCH`. Pre-releases are refused, because they promise nothing.
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

/// The release that changes need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The current version.
    pub current: CrateVersion,
    /// The greatest impact since; `None` without changes.
    pub impact: Option<Impact>,
}

impl Release {
    /// Returns the next version. Below 1.0, the minor version takes the place of the major one; below 0.1, the patch version
    /// does.
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

/// Writes `asks for 0.2.0 (now 0.1.0): a breaking change raises the minor version below 1.0, and the major one from 1.0 on`.
impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(impact) = self.impact else {
            return write!(f, "asks for no release: nothing changed since {}", self.current);
        };
        let rule = match impact {
            Impact::Breaking => {
                "a breaking change raises the minor version below 1.0, and the major one from 1.0 on"
            }
            Impact::Addition => {
                "an addition raises the patch version below 1.0, and the minor one from 1.0 on"
            }
            Impact::Behaviour | Impact::Documentation => {
                "a change that adds and breaks nothing raises the patch version"
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
