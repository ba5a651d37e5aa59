//! Signs: words of which one stands in every description that states a fact. Most descriptions state none, and
//! one pass over them shows it.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use super::{default, deprecated, format, range, unit};
use crate::words::Words;

/// A kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Default,
    Deprecated,
    Format,
    Length,
    Range,
    Unit,
}

impl Sign {
    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The signs of all facts.
pub(super) static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let single = [
        (Sign::Default, default::SIGNS),
        (Sign::Deprecated, deprecated::SIGNS),
        (Sign::Format, format::SIGNS),
        (Sign::Length, range::LENGTH_UNITS),
    ];
    let lists = single.into_iter();
    let lists = lists.chain(range::SIGNS.map(|words| (Sign::Range, words)));
    let lists = lists.chain(unit::SIGNS.map(|words| (Sign::Unit, words)));
    let words = lists.flat_map(|(sign, words)| words.iter().map(move |word| (sign, *word)));
    let (signs, words): (Vec<Sign>, Vec<&str>) = words.unzip();
    Signs { words: Words::new(words), signs }
});

/// Words, and what each is a sign of.
#[derive(Debug)]
pub(super) struct Signs {
    words: Words,
    signs: Vec<Sign>,
}

impl Signs {
    /// Of which facts a text has signs, as bits.
    pub(super) fn of(&self, text: &str) -> u8 {
        let mut found = 0;
        self.words.find(text, |at, _| {
            found |= self.signs.get(at).map_or(0, |sign| sign.bit());
            ControlFlow::Continue(())
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_signs_of_what_it_states() {
        let bits = |signs: &[Sign]| signs.iter().fold(0, |bits, sign| bits | sign.bit());
        assert_eq!(SIGNS.of("The name of the bell."), 0);
        assert_eq!(SIGNS.of("Valid values: 1 to 9. Default value: 3."), bits(&[Sign::Range, Sign::Default]));
        assert_eq!(SIGNS.of("已废弃。单位：秒。"), bits(&[Sign::Deprecated, Sign::Unit]));
    }
}
