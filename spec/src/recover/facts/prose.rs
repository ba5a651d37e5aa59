//! A description as text to search for statements about the field itself.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use crate::recover::item::item;
use crate::source::{lines, trim_end, trim_start};
use crate::words::Words;

/// Bytes before a mention that are searched for the beginning of its sentence.
const LOOK_BACK: usize = 240;

/// A description, with the same in lower case (of equal length: only ASCII has cases here).
pub(super) struct Prose<'a> {
    pub(super) text: &'a str,
    pub(super) lower: String,
    /// The range of each line, and whether it is an item of a list.
    lines: Vec<(Range<usize>, bool)>,
}

/// A list of words to look for.
#[derive(Debug)]
pub(super) struct Wording {
    words: &'static [&'static str],
    index: OnceLock<Words>,
}

impl Wording {
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        Self { words, index: OnceLock::new() }
    }

    /// Finds the words in a text, each with its place, in the order of their places.
    pub(super) fn all_in(&self, text: &str) -> Vec<(&'static str, usize)> {
        let index = self.index.get_or_init(|| Words::new(self.words.iter().copied()));
        let mut found: Vec<_> =
            index.all_in(text).filter_map(|(word, at)| Some((*self.words.get(word)?, at))).collect();
        found.sort_by_key(|(_, at)| *at);
        found
    }

    /// Finds the first of the words, in their own order, and its first place.
    pub(super) fn first_in(&self, text: &str) -> Option<(&'static str, usize)> {
        let rank = |word: &str| self.words.iter().position(|known| *known == word);
        self.all_in(text).into_iter().min_by_key(|(word, at)| (rank(word), *at))
    }
}

/// A place where a word stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention<'p> {
    /// The text before it in its sentence, in lower case.
    pub(super) before: &'p str,
    /// The text after it in its line.
    pub(super) after: &'p str,
    /// The text after it, in lower case.
    pub(super) after_lower: &'p str,
}

/// A line of a description.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'p> {
    pub(super) text: &'p str,
    pub(super) lower: &'p str,
    /// Whether it is an item of a list, without the dash.
    pub(super) is_item: bool,
}

impl<'a> Prose<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut places = Vec::new();
        let mut start = 0;
        for line in lines(text) {
            let end = start + line.len();
            if !line.starts_with(' ') && !line.is_empty() {
                let item = item(line);
                let said = trim_start(item.unwrap_or(line));
                let start = end - said.len();
                places.push((start..start + trim_end(said).len(), item.is_some()));
            }
            start = end + 1;
        }
        Self { text, lower: text.to_ascii_lowercase(), lines: places }
    }

    /// Returns all lines except those that say more about an item of a list.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.lines.iter().filter_map(|(place, is_item)| {
            let (text, lower) = (self.text.get(place.clone())?, self.lower.get(place.clone())?);
            Some(Line { text, lower, is_item: *is_item })
        })
    }

    /// Finds the words in lines about the field itself. An item such as `cloud: …` or `Port：…` is about one of its
    /// values or members.
    pub(super) fn mentions<'p>(&'p self, wording: &'static Wording) -> impl Iterator<Item = Mention<'p>> {
        self.lines().flat_map(move |line| {
            let mut found = wording.all_in(line.text);
            if !found.is_empty() && line.is_item && is_labelled(line.lower, wording.words) {
                found.clear();
            }
            found.into_iter().filter_map(move |(word, at)| {
                let end = at + word.len();
                Some(Mention {
                    before: sentence(line.lower.get(..at)?),
                    after: line.text.get(end..)?,
                    after_lower: line.lower.get(end..)?,
                })
            })
        })
    }
}

/// Returns whether an item begins with a label other than these words.
fn is_labelled(item: &str, words: &[&str]) -> bool {
    item.split_once([':', '：'])
        .is_some_and(|(label, _)| !words.iter().any(|word| label.contains(word.trim_end_matches(':'))))
}

/// Returns the part of a text that belongs to the sentence at its end.
pub(super) fn sentence(before: &str) -> &str {
    let start = before.len().saturating_sub(LOOK_BACK);
    let start = (start..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or_default();
    let near = before.get(start..).unwrap_or_default();
    let full_stop = near.rfind(['。', '；', ';']).and_then(|at| {
        let mark = near.get(at..)?.chars().next()?;
        Some(at + mark.len_utf8())
    });
    let english = near.rfind(". ").map(|at| at + 2);
    near.get(full_stop.max(english).unwrap_or_default()..).unwrap_or_default()
}

/// Words that begin a condition.
static CONDITIONS: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "时，",
        "时,",
        "时：",
        "则",
        "否则",
        "若",
        "如果",
        "当",
        "when ",
        "if ",
        "for ",
        "otherwise",
        "in other cases",
    ])
});

/// Returns whether a sentence has a condition other than that the parameter is omitted.
pub(super) fn is_conditional(sentence: &str) -> bool {
    const LEFT_OUT: &[&str] =
        &["未", "不填", "不传", "不设", "不指定", "没有", "为空", "not ", "empty", "unspecified", "left"];
    CONDITIONS.are_in(sentence) && !has(sentence, LEFT_OUT)
}

pub(super) fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Reads an integer at the start of a text; returns the rest, too. `524,288` is one number; `1.5` and `1E9` are none.
pub(super) fn number(text: &str) -> Option<(i64, &str)> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let is_part = |(at, c): (usize, char)| {
        let comma = |rest: &str| {
            let mut digits = rest.chars().skip(1);
            digits.by_ref().take(3).filter(char::is_ascii_digit).count() == 3
                && !digits.next().is_some_and(|c| c.is_ascii_digit())
        };
        c.is_ascii_digit() || (c == ',' && at > 0 && unsigned.get(at..).is_some_and(comma))
    };
    let end = unsigned.char_indices().find(|&part| !is_part(part)).map_or(unsigned.len(), |(at, _)| at);
    let (digits, rest) = unsigned.split_at_checked(end)?;
    let mut following = rest.chars();
    let is_longer = match following.next() {
        Some('.') => following.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => matches!(c, 'e' | 'E' | '/' | ':') && following.next().is_some_and(|c| c.is_ascii_digit()),
        None => false,
    };
    let number: i64 = digits.replace(',', "").parse().ok().filter(|_| !is_longer)?;
    Some((if unsigned.len() < text.len() { number.checked_neg()? } else { number }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_grouped_and_negative() {
        assert_eq!(number("524,288 bytes"), Some((524_288, " bytes")));
        assert_eq!(number("-1~5"), Some((-1, "~5")));
        assert_eq!(number("60, 300"), Some((60, ", 300")));
        assert_eq!(number("1.5"), None);
        assert_eq!(number("9.999999E18"), None);
        assert_eq!(number("abc"), None);
    }

    #[test]
    fn what_is_said_of_a_value_or_member_is_not_said_of_the_field() {
        static WORDS: Wording = Wording::new(&["valid values", "unit:"]);
        let prose = Prose::new("Kind.\n\n- Port: valid values: 1 to 9\n- Unit: hours\n  unit: days");
        let found: Vec<_> = prose.mentions(&WORDS).map(|mention| mention.after).collect();
        assert_eq!(found, [" hours"]);
    }

    #[test]
    fn a_mention_knows_its_sentence() {
        static WORDS: Wording = Wording::new(&["is it", "为五"]);
        let prose = Prose::new("One. If X, two is it. 三。四为五");
        let before: Vec<_> = prose.mentions(&WORDS).map(|mention| mention.before).collect();
        assert_eq!(before, ["if x, two ", "四"]);
    }
}
