//! Signs: words of which one stands in every description that states a fact, lists values or has to do with secrets or
//! phone numbers. Most descriptions do none of that, and one pass over them shows it.

use std::sync::LazyLock;

use super::facts::words;
use super::{sensitive, values};
use crate::words::Words;

/// What there may be a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Default,
    Deprecated,
    Format,
    Length,
    Phone,
    Range,
    Secret,
    Unit,
    Values,
}

impl Sign {
    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// What a description has signs of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u16);

impl Signs {
    /// Those of a plain-text description.
    pub(super) fn find_in(description: &str) -> Self {
        let Index { words, signs } = &*INDEX;
        let found = words.all_in(description).filter_map(|(word, _)| signs.get(word));
        Self(found.fold(0, |bits, sign| bits | sign.bit()))
    }

    /// All there are.
    pub(super) fn all() -> Self {
        Self(u16::MAX)
    }

    /// These and those of another text.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 & sign.bit() != 0
    }

    /// Whether there are signs of facts.
    pub(super) fn of_facts(self) -> bool {
        self.0 & !(Sign::Phone.bit() | Sign::Secret.bit() | Sign::Values.bit()) != 0
    }
}

/// Words, and what each is a sign of.
struct Index {
    words: Words,
    signs: Vec<Sign>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let others = [
        (Sign::Phone, sensitive::PHONE_WORDS),
        (Sign::Secret, sensitive::SECRET_WORDS),
        (Sign::Values, values::ANNOUNCE),
    ];
    let lists = words::SIGNS.iter().copied().chain(others);
    let words = lists.flat_map(|(sign, words)| words.iter().map(move |word| (sign, *word)));
    let (signs, words): (Vec<Sign>, Vec<&str>) = words.unzip();
    Index { words: Words::new(words), signs }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_signs_of_what_it_states() {
        let signs = |signs: &[Sign]| Signs(signs.iter().fold(0, |bits, sign| bits | sign.bit()));
        assert_eq!(Signs::find_in("The name of the bell."), signs(&[]));
        let stated = [Sign::Range, Sign::Default, Sign::Values];
        assert_eq!(Signs::find_in("Valid values: 1 to 9. Default value: 3."), signs(&stated));
        assert_eq!(Signs::find_in("已废弃。单位：秒。"), signs(&[Sign::Deprecated, Sign::Unit]));
        assert_eq!(Signs::find_in("主叫号码。"), signs(&[Sign::Phone]));
    }
}
