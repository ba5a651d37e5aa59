//! Documented values: the set of values that a description lists, with the meaning of each.
//!
//! A description lists values in two ways: as bullets that each begin with a value, or as a sentence of nothing but
//! values. If one part of a list or sentence is no value, none of it is taken. If the field's sample shows that its
//! values are something else, nothing is taken at all: a wrong value in the spec is worse than a missing one.

use std::sync::LazyLock;

use super::item::{item, run};
use crate::model::EnumValue;
use crate::words::Words;

/// Words that announce values.
pub(super) const ANNOUNCE: &[&str] = &[
    "取值",
    "可选值",
    "可能值",
    "有效值",
    "允许值",
    "枚举",
    "包括",
    "valid value",
    "possible value",
    "enum",
    "allowed value",
    "supported value",
    "one of",
    "values:",
    "values：",
];
static ANNOUNCING: LazyLock<Words> = LazyLock::new(|| Words::new(ANNOUNCE.iter().copied()));

/// Longest value.
const LONGEST: usize = 64;

/// Finds the values that a plain-text description documents, in its order; none unless there are at least two.
/// `sample` is the field's sample value.
///
/// ```
/// use ccc_spec::recover::values;
///
/// let text = "State. Valid values:\n\n- OPEN: can be entered\n- SHUT（关）";
/// let found = values::documented(text, Some("SHUT"));
/// let found: Vec<_> = found.iter().map(|v| (v.value.as_str(), v.meaning.as_str())).collect();
/// assert_eq!(found, [("OPEN", "can be entered"), ("SHUT", "关")]);
/// assert!(values::documented(text, Some("{\"door\": 7}")).is_empty());
/// assert!(values::documented("The name, 1 to 64 characters.", None).is_empty());
/// ```
#[must_use]
pub fn documented(description: &str, sample: Option<&str>) -> Vec<EnumValue> {
    documented_if(announces(description), description, sample)
}

/// Like [`documented()`], if it is known whether a word in the description announces values.
pub(super) fn documented_if(may_announce: bool, description: &str, sample: Option<&str>) -> Vec<EnumValue> {
    // Most descriptions need no reading, because the sample is none of the possible values.
    let may_count = match sample {
        None => may_announce,
        Some(sample) => {
            may_announce && is_like_one(sample) || may_hold_one(sample) && names_one(description, sample)
        }
    };
    if !may_count || !may_announce && !description.contains([':', '：', '(', '（']) {
        return Vec::new();
    }
    let has_lines = memchr::memchr(b'\n', description.as_bytes()).is_some();
    let lists = if has_lines { lists(description) } else { Vec::new() };
    let (announced, others): (Vec<_>, Vec<_>) = lists.into_iter().partition(|list| list.announced);
    let sentences = || {
        sentences(description)
            .map(|text| of_sentence(text, may_announce))
            .filter(|set| !set.values.is_empty())
    };
    // A list that is not announced as one of values counts only if the sample is in it, and no other list does.
    let shown = || {
        others.into_iter().next().filter(|set| sample.is_some_and(|sample| holds_one(sample, &set.values)))
    };
    let sets: Vec<Set> = if announced.is_empty() {
        let runs = if may_announce { runs(description) } else { Vec::new() };
        match shown() {
            Some(set) => vec![set],
            None if runs.is_empty() => sentences().collect(),
            None => runs,
        }
    } else {
        announced
    };
    let is_announced = sets.iter().any(|set| set.announced);
    let mut found: Vec<EnumValue> = Vec::new();
    for value in sets.into_iter().flat_map(|set| set.values) {
        if found.len() < MOST && !found.iter().any(|known| known.value == value.value) {
            found.push(value);
        }
    }
    let plausible = match sample {
        None => is_announced,
        // A sample may well be another value of the set; one that is no value at all is evidence.
        Some(sample) => is_announced && is_like_one(sample) || holds_one(sample, &found),
    };
    if found.len() < 2 || !plausible { Vec::new() } else { found }
}

/// Returns whether a sample reads like a value. Addresses and resource names do, too.
fn is_like_one(sample: &str) -> bool {
    is_value(sample) && !sample.contains('/')
}

/// Returns whether a sample is one of the values, or a list of some.
fn holds_one(sample: &str, values: &[EnumValue]) -> bool {
    may_hold_one(sample)
        && words(sample).any(|word| values.iter().any(|value| value.value.eq_ignore_ascii_case(word)))
}

/// Returns the words of a sample that may be values.
fn words(sample: &str) -> impl Iterator<Item = &str> {
    let words = sample.split(|c: char| !is_value_char(c)).filter(|word| !word.is_empty());
    words.take(MOST).map(|word| word.trim_matches(':'))
}

/// Most words of a sample that are searched for in a description.
const GLANCE: usize = 8;

/// Returns whether a word of a sample stands in a description, or the sample has too many to look for.
fn names_one(description: &str, sample: &str) -> bool {
    let text = description.as_bytes();
    let is_there = |word: &str| {
        word.bytes().next().is_some_and(|first| {
            memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text).any(|at| {
                let here = text.get(at..at + word.len());
                here.is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()))
            })
        })
    };
    let mut words = words(sample);
    words.by_ref().take(GLANCE).any(is_there) || words.next().is_some()
}

/// Returns whether a sample may be a value, or a list of some: it is no object, document or assignment.
fn may_hold_one(sample: &str) -> bool {
    // Few samples have a quotation mark, and a byte is sooner looked for than a text.
    let is_member = || sample.contains('"') && sample.contains("\":");
    !sample.trim_start().starts_with(['{', '<']) && !sample.contains('=') && !is_member()
}

/// Most values in a set. A longer list is something else.
const MOST: usize = 256;

/// Values that stand together.
struct Set {
    /// Whether the text before them says that they are values.
    announced: bool,
    values: Vec<EnumValue>,
}

/// Reads the values of every bullet list that is a list of values.
fn lists(description: &str) -> Vec<Set> {
    let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut intro = "";
    let mut is_open = false;
    // Announced values may stand on lines without marks, right after the announcement.
    let mut may_be_bare = false;
    for line in description.lines() {
        let is_bare = || may_be_bare && of_item(line).is_some();
        if let Some(item) = item(line) {
            may_be_bare = false;
            add(&mut lists, intro, item, is_open);
            is_open = true;
        } else if is_bare() {
            add(&mut lists, intro, line, is_open);
            is_open = true;
        } else if line.trim().is_empty() {
            may_be_bare = false;
        } else if !line.starts_with(' ') {
            is_open = false;
            intro = line;
            may_be_bare = is_announcement(line);
        }
    }
    lists.into_iter().filter_map(|(intro, items)| of_list(intro, &items)).collect()
}

/// Adds an item to the last list, if that is open or the item goes on with it; else to a new one.
fn add<'t>(lists: &mut Vec<(&'t str, Vec<&'t str>)>, intro: &'t str, item: &'t str, is_open: bool) {
    match lists.last_mut() {
        Some((_, items)) if is_open || continues(intro, items, item) => items.push(item),
        _ => lists.push((intro, vec![item])),
    }
}

/// Returns whether values come after a line.
fn is_announcement(line: &str) -> bool {
    line.trim_end().ends_with(['：', ':']) && announces(line)
}

/// Reads the values of every list that follows its announcement in one line: `Valid values: ON: on; OFF: off`, `取值：•
/// ON • OFF`.
fn runs(description: &str) -> Vec<Set> {
    let lines = description.lines().filter(|line| !line.starts_with(' ') && item(line).is_none());
    lines.filter_map(of_run).collect()
}

fn of_run(line: &str) -> Option<Set> {
    let (before, rest) = line.split_once(['：', ':'])?;
    // `A state. Default: ON. Valid values: …` announces them after its second colon.
    let rest = if announces(before) {
        rest
    } else {
        rest.split_once(['：', ':']).filter(|(before, _)| announces(before))?.1
    };
    let rest = rest.trim();
    let items = run(rest).unwrap_or_else(|| rest.split([';', '；']).collect());
    let last = items.len().checked_sub(1).filter(|last| *last > 0)?;
    let values =
        items.into_iter().enumerate().filter(|(_, item)| !item.trim().is_empty()).map(|(at, item)| {
            // The text after the last value is about something else.
            let end = if at < last {
                item.len()
            } else {
                item.find(". ").or_else(|| item.find('。')).unwrap_or(item.len())
            };
            of_item(item.get(..end)?.trim().trim_end_matches([';', '；', ',', '，']))
        });
    let values: Vec<_> = values.collect::<Option<_>>()?;
    (values.len() > 1).then_some(Set { announced: true, values })
}

/// Returns whether an item goes on with a list of values that a paragraph about its last value interrupts.
fn continues(paragraph: &str, items: &[&str], item: &str) -> bool {
    let has_meaning = |item: &str| of_item(item).is_some_and(|value| !value.meaning.is_empty());
    !paragraph.trim_end().ends_with(['：', ':'])
        && has_meaning(item)
        && items.last().is_some_and(|last| has_meaning(last))
}

fn of_list(intro: &str, items: &[&str]) -> Option<Set> {
    if items.len() < 2 {
        return None;
    }
    let announced = announces(intro);
    // An item for the missing value is no value. A header of a table inside the cell is no value either.
    let header = items.first().and_then(|first| first.split_once(':')).filter(|(first, _)| announces(first));
    let (announced, items) = match header {
        Some((_, rest)) if rest.split_whitespace().count() == 1 => (true, items.get(1..).unwrap_or_default()),
        _ => (announced, items),
    };
    let items = items.iter().filter(|item| !item.starts_with(['空', '无']) || !item.contains(['：', ':']));
    let values: Vec<_> = items.map(|item| of_item(item)).collect::<Option<_>>()?;
    // Values whose list is not announced as such must at least each have a meaning.
    let complete = announced || values.iter().all(|value| !value.meaning.is_empty());
    complete.then_some(Set { announced, values })
}

/// Reads the values of a sentence: those after a word that announces them, or all parts if each has a meaning.
fn of_sentence(sentence: &str, may_announce: bool) -> Set {
    let behind = if may_announce { announced(sentence) } else { None };
    let announced = behind.is_some();
    // Without a word that announces them, each value has its meaning after a colon or in parentheses.
    if !announced && !sentence.contains([':', '：', '(', '（']) {
        return Set { announced, values: Vec::new() };
    }
    let stated = behind.unwrap_or(sentence);
    // `取值：A、B，默认值为A`.
    let stated = stated.split_once("，默认").map_or(stated, |(values, _)| values);
    // Most sentences show by their first character that they are no values.
    if stated.trim_start().starts_with(|c: char| !c.is_ascii_alphabetic() && c != '.' && !is_separator(c)) {
        return Set { announced, values: Vec::new() };
    }
    let values: Option<Vec<_>> = parts(stated).map(value).collect();
    let values = values.filter(|values| {
        values.len() > 1 && (announced || values.iter().all(|value| !value.meaning.is_empty()))
    });
    Set { announced, values: values.unwrap_or_default() }
}

/// Returns the text after `取值：` or `Valid values:`, or in the clause `取值A或B`.
fn announced(sentence: &str) -> Option<&str> {
    let behind = sentence.split_once(['：', ':']).filter(|(before, _)| announces(before));
    behind.map(|(_, rest)| rest).or_else(|| {
        // All of these words have this character, so one look saves five.
        if !sentence.contains('值') {
            return None;
        }
        let (before, rest) = DIRECT.iter().find_map(|word| sentence.split_once(word))?;
        // `当Type取值为A或B时` is about another field.
        let is_own = before.trim_end().is_empty() || before.trim_end().ends_with(['，', ',']);
        is_own.then(|| rest.split(['，', '(', '（']).next()).flatten()
    })
}

/// Words that announce values without a colon.
const DIRECT: &[&str] = &["取值为", "可选值为", "取值包括", "可选值包括", "取值"];

fn announces(text: &str) -> bool {
    ANNOUNCING.are_in(text)
}

/// Splits a description into sentences: those of lines in no list, and of items such as `取值：A、B` in a list of facts.
fn sentences(description: &str) -> impl Iterator<Item = &str> {
    let is_fact = |item: &str| item.split_once(['：', ':']).is_some_and(|(before, _)| announces(before));
    let lines = description.lines().filter(|line| !line.starts_with(' '));
    let lines = lines.filter_map(move |line| match item(line) {
        Some(item) => Some(item).filter(|item| is_fact(item)),
        None => Some(line),
    });
    lines.flat_map(|line| line.split(['。', ';', '；'])).flat_map(|text| split(text, ". ")).map(str::trim)
}

/// Splits as [`str::split`] does, which takes longer to set up than these short texts to search.
fn split<'t>(text: &'t str, by: &'static str) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let at = memchr::memmem::find(text.as_bytes(), by.as_bytes());
        rest = at.and_then(|at| text.get(at + by.len()..));
        text.get(..at.unwrap_or(text.len()))
    })
}

/// Splits `A（a，b）、B or C` at the separators outside parentheses.
fn parts(sentence: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let is_outside = move |c: char| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => return depth == 0 && is_separator(c),
        }
        false
    };
    sentence
        .split(is_outside)
        .flat_map(|part| split(part, " and "))
        .flat_map(|part| split(part, " or "))
        .map(|part| {
            let part = part.trim().trim_end_matches('.');
            let part = part.strip_prefix("and ").or_else(|| part.strip_prefix("or ")).unwrap_or(part);
            part.trim()
        })
        .filter(|part| !part.is_empty())
}

fn is_separator(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '/' | '|' | '或' | '和')
}

/// Reads an item of a list: as [`value`], or `VALUE 含义`, `VALUE. This is the default value`, `0：含义`.
fn of_item(text: &str) -> Option<EnumValue> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    let with = |meaning: &str| {
        let value = first.trim_end_matches('.');
        let (value, meaning) = (value.to_owned(), meaning.to_owned());
        is_value(&value).then(|| EnumValue { value, meaning, ..EnumValue::default() })
    };
    let remarked = || {
        let remark = rest.trim_end_matches('.').strip_prefix("This is ").filter(|_| first.ends_with('.'))?;
        is_default(remark).then(|| with("")).flatten()
    };
    let spaced = || {
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        rest.starts_with(is_chinese).then(|| with(rest.trim_end_matches(['。', '；', ';']))).flatten()
    };
    value(text).or_else(remarked).or_else(spaced).or_else(|| numbered(text))
}

/// Reads `0：meaning` and `0（默认值）：meaning`.
fn numbered(text: &str) -> Option<EnumValue> {
    let (number, meaning) = text.split_once(['：', ':'])?;
    let (number, remark) = match number.trim().split_once(['（', '(']) {
        Some((number, remark)) => (number, Some(remark.trim_end_matches(['）', ')']))),
        None => (number.trim(), None),
    };
    let is_number = (1..=DIGITS).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (is_number && remark.is_none_or(is_default)).then(|| EnumValue {
        value: number.to_owned(),
        meaning: meaning.trim().trim_end_matches(['。', '.', '；', ';']).to_owned(),
        ..EnumValue::default()
    })
}

/// Digits of a number that has a meaning.
const DIGITS: usize = 3;

/// Reads `VALUE`, `VALUE（meaning）`, `VALUE: meaning`, `VALUE（default）：meaning`.
fn value(text: &str) -> Option<EnumValue> {
    let text = text.trim().trim_end_matches(['。', '.', ';', '；', ',', '，', '、']);
    let end = text.find(|c: char| !is_value_char(c)).unwrap_or(text.len());
    let (mut value, mut rest) = text.split_at_checked(end)?;
    // The colon of `VALUE: meaning` is also a character of values such as `scope:read`.
    if let Some(before) = value.strip_suffix(':') {
        value = before;
        rest = text.get(before.len()..)?;
    } else if let Some((before, _)) = value.split_once(':').filter(|_| !rest.is_empty()) {
        value = before;
        rest = text.get(before.len()..)?;
    }
    if !is_value(value) {
        return None;
    }
    let mut rest = rest.trim();
    let mut meaning = String::new();
    if let Some(inner) = rest.strip_prefix(['（', '(']) {
        let (inside, after) = inner.split_once(['）', ')'])?;
        if !is_default(inside) {
            inside.trim().clone_into(&mut meaning);
        }
        rest = after.trim();
    }
    if let Some(after) = rest.strip_prefix([':', '：']) {
        let after = after.trim();
        if meaning.is_empty() {
            after.clone_into(&mut meaning);
        } else {
            meaning = format!("{meaning}: {after}");
        }
    } else if !rest.is_empty() {
        return None;
    }
    Some(EnumValue { value: value.to_owned(), meaning, ..EnumValue::default() })
}

/// Returns whether a text has the form of a value.
fn is_value(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(is_value_char)
}

/// Returns whether values have a character.
pub(super) fn is_value_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/')
}

/// Returns whether a remark in parentheses says that the value is the default, which is no meaning.
fn is_default(remark: &str) -> bool {
    const DEFAULT: [&str; 6] = ["默认", "默认值", "缺省值", "default", "default value", "the default value"];
    DEFAULT.iter().any(|default| remark.trim().eq_ignore_ascii_case(default))
}

#[cfg(test)]
mod tests;
