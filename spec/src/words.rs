//! Words in text, whatever the case of their ASCII letters. Pages are full of short texts that are asked for
//! many words: all are looked for in one pass, without a copy of the text in lower case.

/// Words to look for, at least two bytes long each.
#[derive(Debug)]
pub(crate) struct Words {
    /// In lower case.
    words: Vec<&'static str>,
    /// A bit for each pair of bytes that a word begins with, in either case: next to no other place of a text is
    /// looked at twice.
    starts: Vec<u64>,
}

impl Words {
    pub(crate) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        let mut starts = vec![0; 1 << 10];
        for word in &words {
            let [first, second, ..] = word.as_bytes() else { continue };
            for first in [*first, first.to_ascii_uppercase()] {
                for second in [*second, second.to_ascii_uppercase()] {
                    let (at, bit) = place(first, second);
                    if let Some(bits) = starts.get_mut(at) {
                        *bits |= bit;
                    }
                }
            }
        }
        Self { words, starts }
    }

    /// Whether one of them stands in a text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let text = text.as_bytes();
        self.places(text).any(|rest| self.words.iter().any(|word| starts_with(rest, word)))
    }

    /// Which of those that stand in a text comes first in the list.
    pub(crate) fn first_in(&self, text: &str) -> Option<usize> {
        let text = text.as_bytes();
        let at_place = |rest| self.words.iter().position(|word| starts_with(rest, word));
        self.places(text).filter_map(at_place).min()
    }

    /// What follows from every place where a word may begin.
    fn places<'t>(&self, text: &'t [u8]) -> impl Iterator<Item = &'t [u8]> {
        let is_start = |pair: &[u8]| {
            let &[first, second] = pair else { return false };
            let (at, bit) = place(first, second);
            self.starts.get(at).is_some_and(|bits| bits & bit != 0)
        };
        let starts = text.windows(2).enumerate().filter(move |(_, pair)| is_start(pair));
        starts.filter_map(|(at, _)| text.get(at..))
    }
}

fn place(first: u8, second: u8) -> (usize, u64) {
    let pair = u16::from_be_bytes([first, second]);
    (usize::from(pair >> 6), 1 << (pair & 63))
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
    fn the_order_of_the_words_counts() {
        let words = Words::new(["error", "code"]);
        assert_eq!(words.first_in("Code of the error"), Some(0));
        assert_eq!(words.first_in("Code of it"), Some(1));
        assert_eq!(words.first_in(""), None);
    }
}
