//! Parses a selector of the command line: a level and all worse ones, or one code.

use std::str::FromStr;

use ccc_spec::diagnostic::{Code, Level};

/// A set of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selector {
    /// All of a level or worse.
    Level(Level),
    /// All of a code.
    Code(Code),
}

impl Selector {
    /// Whether diagnostics of `code` are in the set.
    pub(crate) fn selects(self, code: Code) -> bool {
        match self {
            // The worst level is the first.
            Self::Level(level) => code.level() <= level,
            Self::Code(selected) => code == selected,
        }
    }
}

/// Parses `error`, `warning`, `note`, or the id of a code.
impl FromStr for Selector {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let levels = [Level::Error, Level::Warning, Level::Note];
        if let Some(level) = levels.into_iter().find(|level| level.as_str() == word) {
            return Ok(Self::Level(level));
        }
        code(word).map(Self::Code).map_err(|error| format!("no level (error, warning, note), and {error}"))
    }
}

/// Finds a code by its id. The error names similar ids.
pub(crate) fn code(id: &str) -> Result<Code, String> {
    Code::from_id(id).ok_or_else(|| {
        let parts: Vec<&str> = id.split('-').filter(|part| part.len() > 2).collect();
        let alike = Code::ALL.iter().map(|code| code.as_str());
        let alike: Vec<&str> = alike.filter(|known| parts.iter().any(|part| known.contains(part))).collect();
        if alike.is_empty() {
            "no such code; `--codes` lists them".to_owned()
        } else {
            format!("no such code; do you mean one of {}?", alike.join(", "))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_selects_what_is_worse_too() {
        let warning: Selector = "warning".parse().unwrap();
        assert!(warning.selects(Code::TornRow) && warning.selects(Code::NoTitle));
        assert!(!warning.selects(Code::UnreadTable));
    }

    #[test]
    fn a_code_selects_itself() {
        let torn: Selector = "torn-row".parse().unwrap();
        assert!(torn.selects(Code::TornRow) && !torn.selects(Code::EmptyPage));
    }

    #[test]
    fn a_misspelt_code_is_told_its_neighbours() {
        assert!("torn-rows".parse::<Selector>().unwrap_err().contains("torn-row"));
    }
}
