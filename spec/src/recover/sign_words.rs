//! Finds the signs in a description: one pass over it looks for the words of all of them.

use std::sync::LazyLock;

use super::facts::words;
use super::signs::{Sign, Signs};
use super::{sensitive, values};
use crate::words::Lexicon;

/// Finds the signs in a plain-text description.
pub(super) fn signs_in(description: &str) -> Signs {
    Signs::new(SIGNS.all_in(description))
}

static SIGNS: LazyLock<Lexicon<Sign>> = LazyLock::new(|| {
    let others = [
        (Sign::Phone, sensitive::PHONE_WORDS),
        (Sign::Secret, sensitive::SECRET_WORDS),
        (Sign::Values, values::ANNOUNCE),
    ];
    let lists = words::SIGNS.iter().copied().chain(others);
    Lexicon::new(lists.flat_map(|(sign, words)| words.iter().map(move |word| (*word, sign))))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_signs_of_what_it_states() {
        assert_eq!(signs_in("The name of the bell."), Signs::new([]));
        let stated = [Sign::Range, Sign::Default, Sign::Values];
        assert_eq!(signs_in("Valid values: 1 to 9. Default value: 3."), Signs::new(stated));
        assert_eq!(signs_in("已废弃。单位：秒。"), Signs::new([Sign::Deprecated, Sign::Unit]));
        assert_eq!(signs_in("主叫号码。"), Signs::new([Sign::Phone]));
    }
}
