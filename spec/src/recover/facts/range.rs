//! Ranges of numbers, and lengths of texts.

use super::agreed;
use super::prose::{Mention, Prose, Wording, is_conditional, number};
use crate::model::Range;

/// Words that announce both ends of a range.
pub(super) const RANGE_WORDS: &[&str] = &[
    "取值范围",
    "取值",
    "范围",
    "有效值",
    "可选值",
    "valid values",
    "value range",
    "valid range",
    "range:",
    "range：",
    "allowed values",
    "values range",
    "ranges",
];
/// Words that announce the largest value.
pub(super) const MOST_WORDS: &[&str] = &[
    "最大值",
    "最大是",
    "最大为",
    "maximum value",
    "maximum:",
    "maximum：",
    "maximum is",
    "最大：",
    "最大:",
];
/// Words that announce the smallest value.
pub(super) const LEAST_WORDS: &[&str] = &[
    "最小值",
    "最小是",
    "最小为",
    "起始值",
    "minimum value",
    "minimum:",
    "minimum：",
    "minimum is",
    "最小：",
    "最小:",
    "start from page",
];
/// Words between an announcement and the number.
const FILLERS: &[&str] = &["是", "为", "在", "is ", "are ", "from ", "between "];
/// Marks between the ends of a range.
const SEPARATORS: &[&str] = &["~", "～", "∼", "〜", "-", "–", "—", "至", "到", "to "];

static RANGES: Wording = Wording::new(RANGE_WORDS);
static MOST: Wording = Wording::new(MOST_WORDS);
static LEAST: Wording = Wording::new(LEAST_WORDS);

/// Finds the range of a number, if the description states one for every case.
pub(super) fn range(prose: &Prose<'_>, name: &str) -> Option<Range> {
    // Some announcements contain others (`取值范围`); the text after both is the same.
    let about_field = |mention: &Mention<'_>| is_own(mention.before, name);
    let mut ranges = prose.mentions(&RANGES).filter(about_field).filter_map(both).peekable();
    if ranges.peek().is_some() {
        let depends = |mention: Mention<'_>| both(mention).is_some() && is_conditional(mention.before);
        return agreed(ranges).filter(|_| !prose.mentions(&RANGES).filter(about_field).any(depends));
    }
    let own = |mention: &Mention<'_>| about_field(mention) && !is_conditional(mention.before);
    let end = |words| agreed(prose.mentions(words).filter(own).filter_map(|mention| one(mention.after)));
    let range = Range { min: end(&LEAST), max: end(&MOST) };
    (range != Range::default()).then_some(range)
}

/// Returns whether a statement is about the field: not about `N的取值范围`, `Valid values of N`, or another parameter.
fn is_own(before: &str, name: &str) -> bool {
    let mut before = before.trim_end();
    for filler in ["取值", "该参数", "此参数", "的"] {
        while let Some(rest) = before.strip_suffix(filler) {
            before = rest;
        }
    }
    let other = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))).next();
    let other = other.unwrap_or_default();
    let is_english = other.is_empty() || before.ends_with(char::is_whitespace) || other == "the";
    (is_english && !before.ends_with(['）', ')'])) || other.eq_ignore_ascii_case(name)
}

/// Reads both ends of a range; `None` if a further range or value follows.
fn both(mention: Mention<'_>) -> Option<Range> {
    let (first, rest) = number(skip(mention.after))?;
    let rest = rest.trim_start();
    let rest = SEPARATORS.iter().find_map(|separator| rest.strip_prefix(separator))?;
    let (last, rest) = number(rest.trim_start())?;
    let rest = rest.trim_start();
    let goes_on = rest.starts_with(['、', '|', '~', '～', '-', '.', '万', '亿'])
        && !(rest == "." || rest.starts_with(". ") || rest.starts_with(".\n"))
        || rest.starts_with(['或', '和'])
        || rest.starts_with("or ")
        || rest.starts_with("and ")
        || rest.trim_start_matches(['，', ',', ' ']).starts_with(|c: char| c.is_ascii_digit() || c == '-');
    (first < last && !goes_on).then_some(Range { min: Some(first), max: Some(last) })
}

/// Reads one end of a range.
fn one(after: &str) -> Option<i64> {
    let (number, rest) = number(skip(after))?;
    (!rest.trim_start().starts_with(['、', '或', '~', '～', '*', '×', '/', '万'])).then_some(number)
}

fn skip(text: &str) -> &str {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ':' | '：');
    let mut rest = text.trim_start_matches(is_gap);
    while let Some(after) = FILLERS.iter().find_map(|filler| rest.strip_prefix(filler)) {
        rest = after.trim_start_matches(is_gap);
    }
    rest
}

/// Units of length, and whether they are bytes.
pub(super) const LENGTH_UNITS: &[&str] = &["字符", "字节", "character", "byte"];
static UNITS: Wording = Wording::new(LENGTH_UNITS);
/// Words between a number and the unit of length.
const LENGTH_FILLERS: &[&str] = &[
    "个", "位", "英文", "中文", "汉字", "或", "ascii", "utf-8", "unicode", "chinese", "english", "letters",
    " or", "-",
];
/// Words that make one number the maximum.
const LENGTH_MOST: &[&str] = &[
    "不超过",
    "不能超过",
    "不得超过",
    "不可超过",
    "最大长度为",
    "最大长度",
    "最大为",
    "最大",
    "最长为",
    "最长",
    "最多为",
    "最多支持",
    "最多包含",
    "最多可包含",
    "最多",
    "up to",
    "at most",
    "a maximum of",
    "no more than",
    "cannot exceed",
    "not exceed",
];
/// Words before the numbers of a length.
const LENGTH_WORDS: &[&str] = &[
    "长度限制在",
    "长度限制为",
    "长度必须为",
    "长度范围",
    "长度为",
    "长度是",
    "长度在",
    "长度",
    "限制在",
    "取值范围",
    "取值",
    "范围",
    "为",
    "must be",
    "can be",
    "can contain",
    "must contain",
    "contains",
    "contain",
    "is",
    "are",
    "from",
    "valid values",
    "length",
    "支持",
];
/// Subjects that are the field itself, whatever its name.
const LENGTH_SUBJECTS: &[&str] = &[
    "",
    "名称",
    "描述",
    "参数",
    "参数值",
    "该参数",
    "备注",
    "标签键",
    "标签值",
    "取值",
    "值",
    "其",
    "总",
    "it",
    "value",
    "name",
    "string",
    "description",
    "key",
    "token",
    "tag key",
    "tag value",
    "parameter",
    "parameter value",
    "名称的",
    "字符串",
];

/// Finds the length of a text that a description states, and whether it is in bytes.
pub(super) fn length(prose: &Prose<'_>, name: &str) -> Option<(Range, bool)> {
    let lines = prose.lines().filter(|line| !line.is_item || !is_about_member(line.lower));
    let lengths = lines.flat_map(|line| {
        let units = UNITS.all_in(line.text).into_iter();
        units.filter_map(move |(unit, at)| {
            Some((length_before(line.lower.get(..at)?, name)?, matches!(unit, "字节" | "byte")))
        })
    });
    agreed(lengths)
}

/// Returns whether an item begins with the name of a member or value.
fn is_about_member(item: &str) -> bool {
    item.split_once([':', '：'])
        .is_some_and(|(label, _)| !label.contains("长度") && !label.contains("length"))
}

/// Reads the length at the end of a text, if it is that of the field itself.
fn length_before(text: &str, name: &str) -> Option<Range> {
    let sentence = super::prose::sentence(text);
    let sentence = strip(sentence, LENGTH_FILLERS);
    let (before, last) = last_number(sentence)?;
    // `up to 64` ends like a range without its first number.
    let separated = SEPARATORS
        .iter()
        .find_map(|separator| last_number(before.trim_end().strip_suffix(separator.trim_end())?.trim_end()));
    let (before, first) = separated.map_or((before, None), |(before, first)| (before, Some(first)));
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '为'));
    let limited = LENGTH_MOST.iter().find_map(|word| before.strip_suffix(word));
    let subject = match (first, limited) {
        (Some(first), _) if first >= last => return None,
        (Some(_), Some(_)) | (None, None) => return None,
        (Some(_), None) => before,
        (None, Some(subject)) => subject,
    };
    let subject = strip(subject, LENGTH_WORDS);
    (is_subject(subject, name) && !is_conditional(sentence)).then_some(Range { min: first, max: Some(last) })
}

/// Returns whether the subject of a sentence is the field itself.
fn is_subject(before: &str, name: &str) -> bool {
    let clause = before.rsplit(['，', '：', ':', '\n']).next().unwrap_or_default();
    let clause = clause.rsplit(", ").next().unwrap_or_default().trim();
    let subject = clause.strip_prefix("the ").or_else(|| clause.strip_prefix("and ")).unwrap_or(clause);
    let letters: String = subject.chars().filter(|c| !c.is_whitespace()).collect();
    let end = name.len().checked_sub(letters.len()).and_then(|start| name.get(start..));
    LENGTH_SUBJECTS.contains(&subject)
        || (letters.len() > 2 && end.is_some_and(|end| end.eq_ignore_ascii_case(&letters)))
}

fn strip<'t>(text: &'t str, words: &[&str]) -> &'t str {
    let mut rest = text.trim_end();
    while let Some(before) = words.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
    }
    rest
}

/// Splits off the number at the end of a text.
fn last_number(text: &str) -> Option<(&str, i64)> {
    let is_part = |c: char| c.is_ascii_digit() || c == ',';
    let before = text.trim_end_matches(is_part);
    let (number, rest) = number(text.get(before.len()..)?)?;
    (rest.is_empty() && !before.ends_with('.')).then_some((before, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(text: &str) -> Option<String> {
        range(&Prose::new(text), "Weight").map(|range| range.to_string())
    }

    fn length_of(text: &str) -> Option<String> {
        length(&Prose::new(text), "GroupName")
            .map(|(range, bytes)| format!("{range}{}", if bytes { " bytes" } else { "" }))
    }

    #[test]
    fn a_range_is_announced_in_either_language() {
        for text in [
            "取值：1~100。",
            "分页大小，范围1-100。",
            "取值范围：1 ~ 100，默认值：10。",
            "取值范围为1-100秒。",
            "取值：1-100（秒）。",
            "Valid values: 1 to 100. Default value: 10.",
            "Value range:1 to 100",
            "Weight的取值范围：1~100。",
            "N的取值范围：1~20。Weight的取值范围：1~100。",
            "The value is an integer. Valid values: 1 to 100.",
            "The weight. Valid range: 1 to 100.",
            "重量。最小值：1，最大值：100。",
            "Minimum: 1. Maximum: 100.",
            "• 取值范围：1~100。",
        ] {
            assert_eq!(stated(text).as_deref(), Some("1 to 100"), "{text}");
        }
    }

    #[test]
    fn one_end_is_a_range_too() {
        assert_eq!(stated("每页行数，最大值：50。").as_deref(), Some("at most 50"));
        assert_eq!(stated("页码，起始值：1。").as_deref(), Some("at least 1"));
        assert_eq!(stated("Minimum value: 1. Maximum value: 100.").as_deref(), Some("1 to 100"));
    }

    #[test]
    fn ranges_of_something_else_are_none() {
        for text in [
            "标签。N的取值范围：1~20。",
            "Tag N. Valid values of N: 1 to 20.",
            "R（红）、G（绿）的取值：0~255。",
            "取Daily时，取值范围：1~31。",
            "- Port：端口，取值范围：1~65535",
            "N最大值为200。",
        ] {
            assert_eq!(stated(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_with_values_beside_it_is_none() {
        for text in [
            "取值：-1或1~5120。",
            "Valid values: 1 to 9 or 12.",
            "取值：1~9、12。",
            "取值范围：0.5~1",
            "取值：60、300",
        ] {
            assert_eq!(stated(text), None, "{text}");
        }
    }

    #[test]
    fn a_length_is_stated_in_either_language() {
        assert_eq!(length_of("长度为1~80个英文或中文字符。").as_deref(), Some("1 to 80"));
        assert_eq!(length_of("取值范围：1~256个字符。").as_deref(), Some("1 to 256"));
        assert_eq!(length_of("长度不超过64个字符。").as_deref(), Some("at most 64"));
        assert_eq!(length_of("- 限制在3~64字符，长于64字符将被截取。").as_deref(), Some("3 to 64"));
        assert_eq!(length_of("The name must be 1 to 64 characters in length.").as_deref(), Some("1 to 64"));
        assert_eq!(length_of("It can be up to 255 characters in length.").as_deref(), Some("at most 255"));
        assert_eq!(length_of("长度为1~524,288个字节。").as_deref(), Some("1 to 524288 bytes"));
    }

    #[test]
    fn the_length_of_something_else_is_none() {
        assert_eq!(length_of("URL指向模板，模板最大为524,288个字节。"), None);
        assert_eq!(length_of("The template must be 1 to 524,288 bytes in length."), None);
        assert_eq!(length_of("指向存储桶中的模板（1~524,288个字节）。"), None);
        assert_eq!(length_of("- domain：域名长度为1-80字符"), None);
        assert_eq!(length_of("8个字符。"), None);
    }
}
