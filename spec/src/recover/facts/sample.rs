//! Checks facts against the field's own sample value, and drops those that it contradicts.

use super::prose::number;
use super::{Facts, Stated};
use crate::model::{Format, Range};

/// A stated fact that the sample contradicts, in words: `the range 1 to 100`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::recover) struct Contradiction(pub(in crate::recover) String);

/// Drops the facts that the sample value contradicts, and names them.
pub(super) fn check(facts: &mut Facts, stated: Stated<'_>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    if facts.range.is_none() && facts.length.is_none() && facts.format.is_none() {
        return found;
    }
    let Some(sample) = stated.sample.map(str::trim).filter(|sample| !is_masked(sample)) else { return found };
    if let Some(range) = facts.range
        && whole(sample).is_some_and(|sample| !range.contains(sample))
    {
        facts.range = None;
        found.push(Contradiction(format!("the range {range}")));
    }
    if let Some(length) = facts.length
        && !fits(length, facts.unit.is_some(), sample)
    {
        facts.length = None;
        facts.unit = None;
        found.push(Contradiction(format!("the length {length}")));
    }
    if let Some(format) = facts.format
        && contradicts(format, sample)
    {
        facts.format = None;
        found.push(Contradiction(format!("the format {}", format.as_str())));
    }
    found
}

/// Returns whether part of a sample is left out or hidden, so that it shows neither length nor form.
fn is_masked(sample: &str) -> bool {
    sample.is_empty()
        || sample.contains('…')
        || sample.as_bytes().windows(2).any(|two| two == b"**")
        || sample.as_bytes().windows(3).any(|three| matches!(three, b"xxx" | b"XXX" | b"..."))
}

fn whole(sample: &str) -> Option<i64> {
    number(sample).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number)
}

fn fits(length: Range, in_bytes: bool, sample: &str) -> bool {
    let count = if in_bytes { sample.len() } else { sample.chars().count() };
    i64::try_from(count).is_ok_and(|count| length.contains(count))
}

/// Returns whether a sample shows that a value is not in the format. Its other signs were looked at when the format
/// was found.
fn contradicts(format: Format, sample: &str) -> bool {
    let digits = |count: usize| sample.len() == count && sample.bytes().all(|byte| byte.is_ascii_digit());
    match format {
        Format::UnixSeconds => digits(13),
        Format::UnixMilliseconds => digits(10),
        Format::Base64 => !sample.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=-_*\r\n".contains(&b)),
        Format::DateTime | Format::Date | Format::Json => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::model::Shape;
    use crate::model::Side;
    use crate::recover::sign_words::signs_in;

    fn facts_of(shape: &Shape, description: &str, sample: &str) -> (Facts, Vec<String>) {
        let (direction, signs) = (Side::Request, signs_in(description));
        let stated = Stated { direction, name: "X", shape, description, signs, sample: Some(sample) };
        let (facts, found) = read(stated);
        (facts, found.into_iter().map(|contradiction| contradiction.0).collect())
    }

    #[test]
    fn a_range_without_the_sample_is_dropped_and_named() {
        let (facts, found) = facts_of(&Shape::Integer, "取值：1~100。默认值：10。", "300");
        assert_eq!((facts.range, facts.default.as_deref()), (None, Some("10")));
        assert_eq!(found, ["the range 1 to 100"]);
    }

    #[test]
    fn milliseconds_called_seconds_are_dropped_and_named() {
        let (facts, found) = facts_of(&Shape::Long, "使用UNIX时间戳表示，单位：秒。", "1622173517031");
        assert_eq!((facts.format, facts.unit), (None, None));
        assert_eq!(found, ["the format unix-seconds"]);
    }

    #[test]
    fn a_masked_sample_contradicts_nothing() {
        let (facts, found) = facts_of(&Shape::string(), "长度为1~5个字符。", "abc****def");
        assert_eq!(
            (facts.length.map(|length| length.to_string()).as_deref(), found.len()),
            (Some("1 to 5"), 0)
        );
    }

    #[test]
    fn a_text_that_is_no_base64_is_named() {
        assert_eq!(facts_of(&Shape::string(), "使用Base64编码。", "echo hello!").1, ["the format base64"]);
    }
}
