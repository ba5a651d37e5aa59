//! Finds the signs in a description: one pass over it looks for the words of all of them.

use std::sync::LazyLock;

use super::facts::words;
use super::signs::{Sign, Signs};
use super::{sensitive, values};
use crate::words::Words;

/// Finds the signs in a plain-text description.
pub(super) fn signs_in(description: &str) -> Signs {
    let Index { words, signs } = &*INDEX;
    Signs::new(words.all_in(description).filter_map(|(word, _)| signs.get(word)))
}

/// The words, and the sign that each is.
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
        assert_eq!(signs_in("The name of the bell."), Signs::new(&[]));
        let stated = [Sign::Range, Sign::Default, Sign::Values];
        assert_eq!(signs_in("Valid values: 1 to 9. Default value: 3."), Signs::new(&stated));
        assert_eq!(signs_in("已废弃。单位：秒。"), Signs::new(&[Sign::Deprecated, Sign::Unit]));
        assert_eq!(signs_in("主叫号码。"), Signs::new(&[Sign::Phone]));
    }
}
