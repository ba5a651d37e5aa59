//! Widths: finds integers that may not fit into 32 bits. Today's pages call most of them `integer`, and a lost value
//! is worse than a type that is too wide.

use std::sync::LazyLock;

use super::super::facts::Facts;
use super::super::nest::outline::{Node, is_wide_number};
use super::super::row::Row;
use super::embedded::embedded_list;
use crate::model::{Format, Range, Shape};
use crate::sample::Value;
use crate::words::Words;

/// Words of a description about a time in milliseconds, a point in time or a count of bytes.
static WIDE: LazyLock<Words> = LazyLock::new(|| {
    Words::new(["毫秒", "millisecond", "时间戳", "timestamp", "unix time", "epoch", "字节", "bytes"])
});
/// Ends of names for such values.
const WIDE_NAMES: &[&str] = &["Timestamp", "TimeStamp", "Millis", "Milliseconds", "Bytes"];

/// Makes an integer as wide as the page requires; in a list, its elements.
pub(super) fn widened(shape: Shape, row: &Row<'_>, facts: &Facts, node: Option<&Node<'_>>) -> Shape {
    match shape {
        Shape::Integer if is_wide(row, facts, node) => Shape::Long,
        Shape::List { element, wrapper } => {
            Shape::List { element: Box::new(widened(*element, row, facts, node)), wrapper }
        }
        Shape::Map { value } => Shape::Map { value: Box::new(widened(*value, row, facts, node)) },
        shape => shape,
    }
}

/// Returns whether an integer is wide. Numbers that are shown or stated count before words.
fn is_wide(row: &Row<'_>, facts: &Facts, node: Option<&Node<'_>>) -> bool {
    let ends = facts.range.iter().flat_map(|range| [range.min, range.max]).flatten();
    let is_stated = ends.clone().any(|end| i32::try_from(end).is_err());
    if is_stated
        || node.is_some_and(|node| node.is_wide)
        || facts.default.as_deref().is_some_and(is_wide_number)
        || row.sample.as_deref().is_some_and(shows_wide)
    {
        return true;
    }
    let is_bounded = matches!(facts.range, Some(Range { max: Some(_), .. }));
    let is_narrow = row.type_text.contains("32") || is_bounded;
    !is_narrow && (is_point(facts) || is_id(&row.name) || is_called_wide(row))
}

/// Returns whether a cell's sample value is, or lists, a number of more than 32 bits.
fn shows_wide(sample: &str) -> bool {
    let is_wide = |value: &Value<'_>| matches!(value, Value::Number(number) if is_wide_number(number));
    is_wide_number(sample.trim())
        || embedded_list(sample).is_some_and(|list| list.iter().any(|element| is_wide(&element.value)))
}

fn is_point(facts: &Facts) -> bool {
    matches!(facts.format, Some(Format::UnixMilliseconds | Format::UnixSeconds))
        || matches!(facts.unit.as_deref(), Some("milliseconds" | "bytes"))
}

/// Returns whether a name is that of an identifier: `Id`, `OwnerID`, `job_id`, `AliUid`, `GroupIds`.
fn is_id(name: &str) -> bool {
    let name = name.rsplit('.').next().unwrap_or_default();
    let name = name.strip_suffix('s').unwrap_or(name);
    name.ends_with("Id")
        || name.ends_with("ID")
        || name.ends_with("_id")
        || name.ends_with("Uid")
        || name.eq_ignore_ascii_case("id")
        || name.eq_ignore_ascii_case("uid")
}

fn is_called_wide(row: &Row<'_>) -> bool {
    WIDE_NAMES.iter().any(|end| row.name.ends_with(end))
        || WIDE.are_in(&row.description)
        || is_id_text(&row.description)
}

/// Returns whether a description begins with an identifier: `The ID of the job.`, `任务的ID。`
fn is_id_text(description: &str) -> bool {
    let clause = description
        .split(['。', '，', '；', '.', ',', ';', '（', '(', '\n'])
        .next()
        .unwrap_or_default()
        .trim();
    let is_count =
        || ["number of", "whether", "是否", "数量"].iter().any(|word| clause.to_lowercase().contains(word));
    let before = clause.strip_suffix("ID").or_else(|| clause.strip_suffix("Id"));
    let stands_alone =
        |before: &str| before.is_empty() || before.ends_with(|c: char| !c.is_ascii_alphanumeric());
    (before.is_some_and(stands_alone)
        || clause.starts_with("The ID of ")
        || clause.starts_with("ID of ")
        || clause.ends_with("标识")
        || clause.ends_with("identifier"))
        && !is_count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::model::{Field, Shape};

    /// Returns the field of a page with one row, whose type is `integer`.
    fn field(name: &str, kind: &str, sample: &str, description: &str, json: &str) -> Field {
        let page = format!(
            "# Ring\n\n## Debugging\n\n[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
             ## Response parameters\n\n|Parameter|Type|Example|Description|\n|--|--|--|--|\n\
             |{name}|{kind}|{sample}|{description}|\n\n\
             ## Examples\n\nSample success response\n\n`JSON` format\n\n```\n{json}\n```\n"
        );
        let operation = crate::recover("Ring.md", page.as_bytes()).operation.unwrap();
        operation.response.into_iter().next().unwrap()
    }

    #[test]
    fn a_value_that_is_shown_or_stated_makes_an_integer_wide() {
        for (sample, description, json) in [
            ("1700000000000", "When.", "{}"),
            ("1", "When.", r#"{"Peal": 1700000000000}"#),
            ("1", "Strokes. Valid values: 1 to 9000000000.", "{}"),
            ("1", "次数。取值范围：0~9000000000。", "{}"),
        ] {
            assert_eq!(
                field("Peal", "integer", sample, description, json).shape,
                Shape::Long,
                "{description} {json}"
            );
        }
    }

    #[test]
    fn times_identifiers_and_counts_of_bytes_are_wide() {
        for (name, description) in [
            ("When", "When, in milliseconds."),
            ("When", "敲钟时间，单位：毫秒。"),
            ("When", "开始的时间戳。"),
            ("TowerId", "The tower."),
            ("OwnerUid", "Whose it is."),
            ("Owner", "The ID of the owner."),
            ("Owner", "钟楼的ID。"),
            ("Weight", "The number of bytes."),
            ("Weight", "录音大小，单位：字节。"),
        ] {
            assert_eq!(
                field(name, "integer", "1", description, "{}").shape,
                Shape::Long,
                "{name}: {description}"
            );
        }
    }

    #[test]
    fn counts_are_not_wide() {
        for (name, kind, description) in [
            ("Total", "integer", "How many there are."),
            ("Valid", "integer", "Whether it is."),
            ("Number", "integer", "The number of IDs."),
            ("Pause", "integer", "The pause, in milliseconds. Valid values: 1 to 5000."),
            ("TowerId", "integer<int32>", "The tower."),
        ] {
            assert_eq!(
                field(name, kind, "1", description, "{}").shape,
                Shape::Integer,
                "{name}: {description}"
            );
        }
    }

    #[test]
    fn the_elements_of_a_list_are_as_wide_as_a_sample_shows() {
        let shown = field("Peals", "array<integer>", "", "All.", r#"{"Peals": [1, 5000000000]}"#);
        assert_eq!(shown.shape, Shape::list_of(Shape::Long));
        assert_eq!(
            field("Peals", "array<integer>", "", "All.", r#"{"Peals": [1]}"#).shape,
            Shape::list_of(Shape::Integer)
        );
    }

    proptest! {
        #[test]
        fn no_value_that_a_page_shows_is_lost(value: i64) {
            let shape = field("Peal", "integer", &value.to_string(), "It.", &format!(r#"{{"Peal": {value}}}"#)).shape;
            prop_assert_eq!(shape == Shape::Long, i32::try_from(value).is_err());
        }
    }
}
