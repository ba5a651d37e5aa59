//! Compares two texts line by line.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Lines that changed, counted from 1 in the text as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    /// Lines that are new or changed.
    pub(super) new: BTreeSet<usize>,
    /// Removed lines, by the line that now follows them.
    pub(super) gone: BTreeMap<usize, Vec<String>>,
}

impl Lines {
    /// Compares two texts.
    pub(super) fn between(before: &str, now: &str) -> Self {
        let (before, now): (Vec<&str>, Vec<&str>) = (before.lines().collect(), now.lines().collect());
        let mut lines = Self::default();
        for change in capture_diff_slices(Algorithm::Patience, &before, &now) {
            let (tag, old, new) = change.as_tag_tuple();
            if tag == DiffTag::Equal {
                continue;
            }
            lines.new.extend(new.clone().map(|line| line + 1));
            let gone = before.get(old).unwrap_or_default().iter();
            let gone: Vec<String> =
                gone.filter(|line| !line.trim().is_empty()).map(|line| (*line).to_owned()).collect();
            if !gone.is_empty() {
                lines.gone.entry(new.start + 1).or_default().extend(gone);
            }
        }
        lines
    }

    /// Whether any line from `first` to `last` is new.
    pub(super) fn is_new(&self, first: usize, last: usize) -> bool {
        self.new.range(first..=last.max(first)).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_reads_otherwise_is_new_and_gone() {
        let lines = Lines::between("a\nb\nc\n", "a\nB\nc\nd\n");
        assert_eq!(lines.new, [2, 4].into());
        assert_eq!(lines.gone, [(2, vec!["b".to_owned()])].into());
        assert!(lines.is_new(1, 2) && !lines.is_new(3, 3));
    }

    #[test]
    fn lines_at_the_end_that_are_gone_stand_behind_it() {
        assert_eq!(Lines::between("a\nb\n", "a\n").gone, [(2, vec!["b".to_owned()])].into());
    }

    #[test]
    fn empty_lines_that_are_gone_are_not_shown() {
        assert_eq!(Lines::between("a\n\nb\n", "a\nb\n"), Lines::default());
    }

    #[test]
    fn equal_texts_have_no_changes() {
        assert_eq!(Lines::between("a\n", "a\n"), Lines::default());
    }
}
