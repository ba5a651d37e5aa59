//! Words in text, whatever the case of their ASCII letters. Pages are full of short texts that are asked for
//! many words: all are looked for in one pass, without a copy of the text in lower case.

use std::ops::ControlFlow;

const HASH_BITS: u32 = 12;
/// The bits that tell the case of three letters.
const CASES: u32 = 0x2020_2000;

/// Words to look for, at least three bytes long each.
#[derive(Debug)]
pub(crate) struct Words {
    /// In lower case, with their places in the list, in the order of their first three bytes.
    words: Vec<(u32, &'static str, usize)>,
    /// Whether a word begins with three bytes of that hash, their cases aside: next to no other place of a text is looked
    /// at twice.
    starts: Box<[bool; 1 << HASH_BITS]>,
}

impl Words {
    pub(crate) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let numbered = words.into_iter().enumerate();
        let mut words: Vec<_> =
            numbered.filter_map(|(at, word)| Some((start(word.as_bytes())?, word, at))).collect();
        words.sort_unstable();
        let mut starts = Box::new([false; 1 << HASH_BITS]);
        for (start, ..) in &words {
            if let Some(known) = starts.get_mut(hash(start | CASES)) {
                *known = true;
            }
        }
        Self { words, starts }
    }

    /// Whether one of them stands in a text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let mut is_found = false;
        self.find(text, |_, _| {
            is_found = true;
            ControlFlow::Break(())
        });
        is_found
    }

    /// Which of those that stand in a text comes first in the list.
    pub(crate) fn first_in(&self, text: &str) -> Option<usize> {
        let mut first = None;
        self.find(text, |word, _| {
            first = Some(first.map_or(word, |known: usize| known.min(word)));
            ControlFlow::Continue(())
        });
        first
    }

    /// Says which of them stand in a text, by their places in the list, and where each begins, until it is told to
    /// stop; one that stands there twice is said twice.
    pub(crate) fn find(&self, text: &str, mut say: impl FnMut(usize, usize) -> ControlFlow<()>) {
        let mut rest = text.as_bytes();
        while let [a, after @ ..] = rest
            && let [b, c, ..] = after
        {
            // Words begin where characters do.
            let may_start =
                !is_continuation(*a) && self.starts.get(hash(number(*a, *b, *c) | CASES)) == Some(&true);
            let first = text.len() - rest.len();
            if may_start && self.at(rest).any(|word| say(word, first).is_break()) {
                return;
            }
            rest = after;
        }
    }

    /// The words that a text begins with.
    fn at(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let start = start(text).unwrap_or_default();
        let first = self.words.partition_point(|(known, ..)| *known < start);
        let alike = self.words.iter().skip(first).take_while(move |(known, ..)| *known == start);
        alike.filter(|(_, word, _)| starts_with(text, word)).map(|(.., at)| *at)
    }
}

/// The first three bytes of a text in lower case, as a number.
fn start(text: &[u8]) -> Option<u32> {
    let [a, b, c, ..] = text else { return None };
    Some(number(a.to_ascii_lowercase(), b.to_ascii_lowercase(), c.to_ascii_lowercase()))
}

fn number(a: u8, b: u8, c: u8) -> u32 {
    u32::from_le_bytes([0, a, b, c])
}

/// Whether a byte goes on with a character.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// A hash of three bytes.
fn hash(three: u32) -> usize {
    (three.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH_BITS)) as usize
}

fn starts_with(text: &[u8], word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
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
        let mut found = Vec::new();
        words.find("Valid values, values: aab", |word, at| {
            found.push((word, at));
            ControlFlow::Continue(())
        });
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
