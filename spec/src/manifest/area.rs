//! Areas: groups of operations that belong together.

use super::{At, Pattern};

/// Name of the area of all operations that are in no other area.
pub const DEFAULT_AREA: &str = "other";

/// A group of operations that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its name, in the form of a cargo feature: `call-control`.
    pub name: String,
    /// Its heading for people, e.g. `Calls`.
    pub title: String,
    /// Its operations. An operation that is named here belongs to this area even if patterns of other areas match it.
    pub operations: Vec<At<Pattern>>,
}

/// Returns whether a text is the name of an area: words in lower case joined by hyphens, and not `default`, which
/// cargo uses.
pub(super) fn is_name(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    text.split('-').all(is_word) && text.starts_with(|c: char| c.is_ascii_lowercase()) && text != "default"
}
