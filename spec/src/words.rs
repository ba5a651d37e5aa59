//! Searches texts for words, ignoring the case of ASCII letters. Pages are full of short texts that are searched for
//! many words: one pass finds all, without a copy of the text in lower case.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Words to search for.
#[derive(Debug)]
pub(crate) struct Words(AhoCorasick);

impl Words {
    /// Prepares the search for a list of words.
    #[expect(
        clippy::expect_used,
        reason = "the lists are constants of a few dozen words, far below the limits"
    )]
    pub(crate) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA));
        Self(builder.build(words).expect("a list of words fits"))
    }

    /// Returns whether a text contains one of them.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Returns the lowest list index among the words that a text contains.
    fn first_in(&self, text: &str) -> Option<usize> {
        self.all_in(text).map(|(word, _)| word).min()
    }

    /// Returns every word that a text contains: its index in the list, and its offset in the text. Words may overlap;
    /// they come in the order of their ends.
    pub(crate) fn all_in(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        self.0.find_overlapping_iter(text).map(|found| (found.pattern().as_usize(), found.start()))
    }
}

/// Words to search for, each with a meaning.
#[derive(Debug)]
pub(crate) struct Lexicon<T> {
    words: Words,
    meanings: Vec<T>,
}

impl<T: Copy> Lexicon<T> {
    /// Prepares the search for a list of words.
    pub(crate) fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let (words, meanings): (Vec<_>, Vec<T>) = words.into_iter().unzip();
        Self { words: Words::new(words), meanings }
    }

    /// Returns the meaning of the first word in the list that a text contains.
    pub(crate) fn first_in(&self, text: &str) -> Option<T> {
        self.words.first_in(text).and_then(|word| self.meanings.get(word).copied())
    }

    /// Returns the meanings of all words that a text contains.
    pub(crate) fn all_in(&self, text: &str) -> impl Iterator<Item = T> {
        self.words.all_in(text).filter_map(|(word, _)| self.meanings.get(word).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_count() {
        let words = Words::new(["nothing", "response param", "返回"]);
        assert!(words.are_in("The RESPONSE Parameters"));
        assert!(words.are_in("（返回JSON）"));
        assert!(!words.are_in("Response"));
    }

    #[test]
    fn all_words_are_found_wherever_they_stand() {
        let words = Words::new(["valid values", "values", "aab"]);
        let found: Vec<_> = words.all_in("Valid values, values: aab").collect();
        assert_eq!(found, [(0, 0), (1, 6), (1, 14), (2, 22)]);
    }

    #[test]
    fn the_order_of_the_words_counts() {
        let words = Words::new(["error", "code"]);
        assert_eq!(words.first_in("Code of the error"), Some(0));
        assert_eq!(words.first_in("Code of it"), Some(1));
        assert_eq!(words.first_in(""), None);
    }
}
