//! Documented values: the set of values a description lists, with what each means.
//!
//! A description says so in two ways: a bullet list whose every item begins with a value, or a sentence
//! that is nothing but values. Nothing is taken from a list or sentence of which one part is no value:
//! a wrong value in the spec is worse than a missing one.

use crate::model::EnumValue;

/// Words that announce values.
const ANNOUNCE: &[&str] =
    &["取值", "可选值", "枚举", "包括", "valid value", "possible value", "one of", "values:"];

/// Longest value.
const LONGEST: usize = 64;

/// The values a plain-text description documents, in its order; empty unless there are two at least.
///
/// ```
/// use ccc_spec::recover::values;
///
/// let found = values::documented("State. Valid values:\n\n- OPEN: can be entered\n- SHUT（关）");
/// let found: Vec<_> = found.iter().map(|v| (v.value.as_str(), v.meaning.as_str())).collect();
/// assert_eq!(found, [("OPEN", "can be entered"), ("SHUT", "关")]);
/// assert!(values::documented("The name, 1 to 64 characters.").is_empty());
/// ```
#[must_use]
pub fn documented(description: &str) -> Vec<EnumValue> {
    let mut found: Vec<EnumValue> = Vec::new();
    let mut add = |values: Vec<EnumValue>| {
        for value in values {
            if !found.iter().any(|known| known.value == value.value) && found.len() < MOST {
                found.push(value);
            }
        }
    };
    let lists = lists(description);
    if lists.is_empty() {
        for sentence in sentences(description) {
            add(of_sentence(sentence));
        }
    }
    lists.into_iter().for_each(&mut add);
    if found.len() < 2 { Vec::new() } else { found }
}

/// More values than a person would write are something else.
const MOST: usize = 256;

/// The values of every bullet list that is a list of values.
fn lists(description: &str) -> Vec<Vec<EnumValue>> {
    let mut found = Vec::new();
    let mut intro = "";
    let mut items: Vec<&str> = Vec::new();
    for line in description.lines().chain(std::iter::once("")) {
        if let Some(item) = line.strip_prefix("- ") {
            items.push(item);
        } else if line.starts_with(' ') && !items.is_empty() {
            // More about the item above.
        } else {
            found.extend(of_list(intro, &items));
            items.clear();
            if !line.trim().is_empty() {
                intro = line;
            }
        }
    }
    found
}

fn of_list(intro: &str, items: &[&str]) -> Option<Vec<EnumValue>> {
    let announced = announces(intro);
    if items.len() < 2 || !(announced || intro.trim_end().ends_with(['：', ':'])) {
        return None;
    }
    // Values whose list is not announced as such must at least each have a meaning.
    let values: Option<Vec<_>> = items.iter().map(|item| value(item)).collect();
    values.filter(|values| announced || values.iter().all(|value| !value.meaning.is_empty()))
}

/// The values of a sentence: behind a word that announces them, or if every part has a meaning of its own.
fn of_sentence(sentence: &str) -> Vec<EnumValue> {
    let announced = announced(sentence);
    let values: Option<Vec<_>> = parts(announced.unwrap_or(sentence)).into_iter().map(value).collect();
    let values = values.filter(|values| {
        values.len() > 1 && (announced.is_some() || values.iter().all(|value| !value.meaning.is_empty()))
    });
    values.unwrap_or_default()
}

/// What stands behind `取值：` or `Valid values:`.
fn announced(sentence: &str) -> Option<&str> {
    let (before, rest) = sentence.split_once(['：', ':'])?;
    announces(before).then_some(rest)
}

fn announces(text: &str) -> bool {
    let text = text.to_lowercase();
    ANNOUNCE.iter().any(|word| text.contains(word))
}

/// The sentences of all lines that are in no list.
fn sentences(description: &str) -> impl Iterator<Item = &str> {
    let lines = description.lines().filter(|line| !line.starts_with("- ") && !line.starts_with(' '));
    lines.flat_map(|line| line.split(['。', ';', '；'])).flat_map(|text| text.split(". ")).map(str::trim)
}

/// Splits `A（a，b）、B or C` at the separators outside parentheses.
fn parts(sentence: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in sentence.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '/' | '|' | '或' | '和' if depth == 0 => {
                parts.push(sentence.get(start..at).unwrap_or_default());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(sentence.get(start..).unwrap_or_default());
    parts
        .into_iter()
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "))
        .map(|part| {
            let part = part.trim().trim_end_matches('.');
            let part = part.strip_prefix("and ").or_else(|| part.strip_prefix("or ")).unwrap_or(part);
            part.trim()
        })
        .filter(|part| !part.is_empty())
        .collect()
}

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
    if value.len() > LONGEST
        || !value.starts_with(|c: char| c.is_ascii_alphabetic())
        || !value.ends_with(|c: char| c.is_ascii_alphanumeric())
    {
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
    Some(EnumValue { value: value.to_owned(), meaning })
}

fn is_value_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
}

/// Whether a remark in parentheses says that the value is the default, which is no meaning.
fn is_default(remark: &str) -> bool {
    let remark = remark.trim().to_lowercase();
    matches!(
        remark.as_str(),
        "默认" | "默认值" | "缺省值" | "default" | "default value" | "the default value"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(description: &str) -> Vec<String> {
        let values = documented(description).into_iter();
        values
            .map(|v| if v.meaning.is_empty() { v.value } else { format!("{}={}", v.value, v.meaning) })
            .collect()
    }

    #[test]
    fn a_list_of_values_with_meanings() {
        assert_eq!(
            found("门的状态。包括：\n\n- OPEN（开，可进）\n- SHUT（关）"),
            ["OPEN=开，可进", "SHUT=关"]
        );
    }

    #[test]
    fn a_list_may_be_announced_by_its_colon_if_every_value_has_a_meaning() {
        assert_eq!(found("Who:\n\n- guest: a visitor\n- host: at home"), ["guest=a visitor", "host=at home"]);
        assert!(found("Needs:\n\n- paper\n- ink").is_empty());
    }

    #[test]
    fn a_list_with_one_item_that_is_no_value_is_none() {
        assert!(found("取值：\n\n- OPEN：开\n- 关闭时无值").is_empty());
        assert!(found("Valid values:\n\n- Default value: 60\n- Unit: minutes").is_empty());
    }

    #[test]
    fn values_in_a_sentence() {
        assert_eq!(found("顺序。取值：ASC/DESC。"), ["ASC", "DESC"]);
        assert_eq!(found("取值：on | off（默认值）。"), ["on", "off"]);
        assert_eq!(found("Valid values: System | Custom"), ["System", "Custom"]);
        assert_eq!(found("Valid values: on and off. Default value: off."), ["on", "off"]);
        assert_eq!(found("取值：true或false"), ["true", "false"]);
        assert_eq!(found("Valid values: a, b, and c"), ["a", "b", "c"]);
    }

    #[test]
    fn a_sentence_of_values_with_meanings_needs_no_word() {
        assert_eq!(found("结果。 Good(好)，Bad(坏)。"), ["Good=好", "Bad=坏"]);
    }

    #[test]
    fn ranges_and_numbers_are_no_values() {
        assert!(found("取值：1~100。").is_empty());
        assert!(found("取值：1-65535、-1。").is_empty());
        assert!(found("Valid values of N: 1 to 20.").is_empty());
    }

    #[test]
    fn one_value_is_no_set() {
        assert!(found("系统规定参数。取值：RingBell。").is_empty());
    }

    #[test]
    fn a_remark_before_the_colon_is_not_lost() {
        assert_eq!(
            found("取值：\n\n- RAW（默认值）：原始数据\n- ZIP（小）：压缩"),
            ["RAW=原始数据", "ZIP=小: 压缩"]
        );
    }

    #[test]
    fn more_about_an_item_does_not_end_the_list() {
        assert_eq!(found("取值：\n\n- A：甲\n  更多\n- B：乙"), ["A=甲", "B=乙"]);
    }
}
