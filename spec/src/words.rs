//! Words in text, whatever the case of their ASCII letters. Pages are full of short texts that are asked for
//! many words: all are looked for in one pass, without a copy of the text in lower case.

use std::ops::ControlFlow;

const HASH_BITS: u32 = 12;
/// The bits that tell the case of three letters.
const CASES: u32 = 0x2020_2000;

/// Words to look for, at least three bytes long each.
#[derive(Debug)]
pub(crate) struct Words {
    /// A bit for every two bytes, whether a word begins with them; at most places of a text, none does.
    begins: Box<[u64; 1 << (u16::BITS - u64::BITS.ilog2())]>,
    /// Each with the hash of its first three bytes, in the order of these, and its place in the list.
    words: Vec<(usize, &'static str, usize)>,
    /// Of every hash, the first word that has it, counted from 1; 0 for none. Next to no other place of a text is
    /// looked at twice.
    starts: Box<[u16; 1 << HASH_BITS]>,
}

impl Words {
    pub(crate) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let numbered = words.into_iter().enumerate();
        let hashed = numbered.filter_map(|(at, word)| match *word.as_bytes() {
            [a, b, c, ..] => Some((hash(a, b, c), word, at)),
            _ => None,
        });
        let mut words: Vec<_> = hashed.collect();
        words.sort_unstable();
        let mut begins = Box::new([0; _]);
        for (_, word, _) in &words {
            let [first, second, ..] = *word.as_bytes() else { continue };
            for first in cases(first) {
                for second in cases(second) {
                    let (at, bit) = bit_of(first, second);
                    if let Some(bits) = begins.get_mut(at) {
                        *bits |= bit;
                    }
                }
            }
        }
        let mut starts = Box::new([0; 1 << HASH_BITS]);
        for ((hash, ..), count) in words.iter().zip(1..) {
            if let Some(start @ 0) = starts.get_mut(*hash) {
                *start = count;
            }
        }
        Self { begins, words, starts }
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
        let bytes = text.as_bytes();
        for (at, pair) in bytes.windows(2).enumerate() {
            let &[first, second] = pair else { return };
            let (word, bit) = bit_of(first, second);
            if self.begins.get(word).is_none_or(|bits| bits & bit == 0) {
                continue;
            }
            let Some(rest @ [a, b, c, ..]) = bytes.get(at..) else { return };
            if self.at(hash(*a, *b, *c), rest).any(|word| say(word, at).is_break()) {
                return;
            }
        }
    }

    /// The words that a text begins with, whose first three bytes have that hash.
    fn at(&self, hash: usize, text: &[u8]) -> impl Iterator<Item = usize> {
        let first = self.starts.get(hash).and_then(|start| usize::from(*start).checked_sub(1));
        let words = first.and_then(|first| self.words.get(first..)).unwrap_or_default().iter();
        let alike = words.take_while(move |(known, ..)| *known == hash);
        alike.filter(|(_, word, _)| starts_with(text, word)).map(|(.., at)| *at)
    }
}

/// A byte in both cases.
fn cases(byte: u8) -> [u8; 2] {
    [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()]
}

/// Where the bit for two bytes stands, and the bit.
fn bit_of(first: u8, second: u8) -> (usize, u64) {
    let pair = u16::from_be_bytes([first, second]);
    (usize::from(pair >> u64::BITS.ilog2()), 1 << (u32::from(pair) % u64::BITS))
}

/// A hash of three bytes, their cases aside.
fn hash(a: u8, b: u8, c: u8) -> usize {
    let three = u32::from_le_bytes([0, a, b, c]) | CASES;
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
