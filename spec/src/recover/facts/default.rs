//! Defaults: the value that the service uses if a request omits a parameter.

use super::agreed;
use super::prose::{Line, Mention, Prose, Wording, is_conditional, number};
use crate::model::Shape;
use crate::recover::values::is_value_char;

/// One of these words is in every statement of a default.
pub(super) const SIGNS: &[&str] = &["默认", "缺省", "default"];
/// Words that announce a default.
static WORDS: Wording = Wording::new(&[
    "默认值",
    "默认为",
    "默认是",
    "默认：",
    "默认:",
    "缺省值",
    "缺省为",
    "default value",
    "default:",
    "default：",
    "default is",
    "defaults to",
    "缺省：",
]);
/// Marks of the value before them, or of the item they are in, as the default.
static MARKS: Wording = Wording::new(&[
    "（默认值）",
    "(默认值)",
    "（默认）",
    "(默认)",
    "（缺省值）",
    "(default)",
    "(default value)",
    "（default）",
    "(the default value)",
    "this is the default value",
]);
/// Words between an announcement and the value.
const FILLERS: &[&str] = &["is ", "are ", "of ", "为", "是"];
/// Units that may follow a number.
const UNITS: &[&str] = &["秒", "毫秒", "分钟", "小时", "天", "行", "条", "页", "个", "%"];
/// Words that mean no value.
const NOTHING: &[&str] = &["none", "null", "nil", "n/a", "na", "empty", "the", "a", "-"];

/// Finds the default that a description states, if it is a value of the shape; `None` if the description states
/// several, each under a condition.
pub(super) fn default(prose: &Prose<'_>, shape: &Shape) -> Option<String> {
    let announced = prose.mentions(&WORDS).filter_map(|mention| announced(mention, shape));
    let marked = prose.lines().filter_map(|line| marked(line, shape));
    agreed(announced.chain(marked))?
}

/// Reads the value after an announcement: `None` if there is no value, `Some(None)` if it depends on a condition.
fn announced(mention: Mention<'_>, shape: &Shape) -> Option<Option<String>> {
    let mut rest = mention.after.trim_start_matches(is_gap);
    while let Some(after) = FILLERS.iter().find_map(|filler| rest.strip_prefix(filler)) {
        rest = after.trim_start_matches(is_gap);
    }
    let (value, after) = token(rest)?;
    let value = fitting(value, shape)?;
    let is_number = value.parse::<f64>().is_ok();
    ends(after, is_number).then_some((!is_conditional(mention.before)).then_some(value))
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '：' | '=' | '"' | '“' | '\'')
}

/// Returns whether the value ends here and no further word belongs to it.
fn ends(after: &str, is_number: bool) -> bool {
    let after = after.trim_start_matches(['"', '”', '\'']);
    let counted = is_number && UNITS.iter().any(|unit| after.trim_start().starts_with(unit));
    let spaced = after.trim_start();
    let is_said = spaced.starts_with("is used") || is_number && spaced.len() < after.len();
    counted
        || is_said
        || spaced.is_empty()
        || spaced.starts_with(['。', '，', '；', '、', '（', '(', ')', '）', ';'])
        || after.starts_with(", ")
        || after == ","
        || after.starts_with(". ")
        || after == "."
}

/// Splits off a word of the wire at the start of a text, without the full stop or comma after it.
fn token(text: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '(' | ')' | ';' | '|' | '`');
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let word = text.get(..end)?.trim_end_matches(['.', ',']);
    (!word.is_empty()).then(|| text.split_at_checked(word.len())).flatten()
}

/// Returns the default that a line marks: the value of the item, or the value before the mark.
fn marked(line: Line<'_>, shape: &Shape) -> Option<Option<String>> {
    let (_, at) = MARKS.first_in(line.text)?;
    let before = line.text.get(..at)?.trim_end();
    let value = if line.is_item {
        before.split(|c: char| !is_value_char(c)).next()?
    } else {
        before.rsplit(|c: char| !is_value_char(c)).next()?
    };
    let value = value.trim_end_matches(['.', ':']);
    Some(Some(fitting(value, shape)?))
}

/// Returns the value as on the wire, if the shape has it.
fn fitting(value: &str, shape: &Shape) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    match shape {
        Shape::Integer | Shape::Long => {
            number(value).filter(|(_, rest)| rest.is_empty()).map(|(n, _)| n.to_string())
        }
        Shape::Float => value.parse::<f64>().is_ok().then(|| value.to_owned()),
        Shape::Boolean => matches!(lower.as_str(), "true" | "false").then_some(lower),
        Shape::String { values } if values.is_empty() => {
            // `默认值为ScalingRuleId` means the value of another field.
            let is_field = value.ends_with("Id") || value.ends_with("ID");
            (!is_field && !NOTHING.contains(&lower.as_str())).then(|| value.to_owned())
        }
        Shape::String { values } => {
            let known = values.iter().find(|known| known.value.eq_ignore_ascii_case(value));
            known.map(|known| known.value.clone())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EnumValue;

    fn stated_default(text: &str, shape: &Shape) -> Option<String> {
        default(&Prose::new(text), shape)
    }

    fn number_of(text: &str) -> Option<String> {
        stated_default(text, &Shape::Integer)
    }

    #[test]
    fn a_default_is_announced_in_either_language() {
        for text in [
            "页码。默认值：10。",
            "超时。取值范围为1-60秒，默认值为10秒。",
            "每页行数，默认为 10。",
            "Default value: 10. Maximum: 50.",
            "The default value is 10, which is little.",
            "默认是10（黑色）。",
            "Default：10",
            "The page. The default is 10.",
            "* Default: 10",
        ] {
            assert_eq!(number_of(text).as_deref(), Some("10"), "{text}");
        }
    }

    #[test]
    fn a_value_marked_as_default_is_one() {
        let flag = |text| stated_default(text, &Shape::Boolean);
        assert_eq!(flag("取值：\n\n- true：是\n- false（默认值）：否").as_deref(), Some("false"));
        assert_eq!(
            flag("One of:\n\n- true: yes. This is the default value.\n- false: no").as_deref(),
            Some("true")
        );
        assert_eq!(stated_default("取值：on或off（默认值）。", &Shape::string()).as_deref(), Some("off"));
        assert_eq!(
            stated_default("- traffic: by the traffic (default value)", &Shape::string()).as_deref(),
            Some("traffic")
        );
    }

    #[test]
    fn words_are_no_default() {
        for text in [
            "默认值：空",
            "默认值：无",
            "默认为经典网络。",
            "The default value is the value of Id.",
            "默认是当前时间。",
            "默认值为RuleId。",
        ] {
            assert_eq!(stated_default(text, &Shape::string()), None, "{text}");
        }
    }

    #[test]
    fn a_default_that_depends_on_something_is_none() {
        assert_eq!(
            stated_default(
                "For X, the default value is cloud. Otherwise, the default value is ssd.",
                &Shape::string()
            ),
            None
        );
        assert_eq!(stated_default("当类型为X时，默认值：cloud。", &Shape::string()), None);
        assert_eq!(number_of("如果不指定，则默认为7。").as_deref(), Some("7"));
    }

    #[test]
    fn a_default_is_a_value_of_the_type() {
        assert_eq!(number_of("默认值：off"), None);
        let values = vec![EnumValue { value: "PL1".to_owned(), ..EnumValue::default() }];
        assert_eq!(
            stated_default("默认值：PL1", &Shape::String { values: values.clone() }).as_deref(),
            Some("PL1")
        );
        assert_eq!(stated_default("默认值：PL7", &Shape::String { values }), None);
    }
}
