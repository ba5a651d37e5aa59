//! Formats of texts and numbers, beyond their shape.

use super::prose::{Prose, Wording, has};
use crate::model::{Format, SampleFormat, Shape};
use crate::sample::{self, Value};

/// One of these words is in every description that states a format, or allows a further one.
pub(super) const SIGNS: &[&str] =
    &["base64", "时间戳", "timestamp", "unix time", "epoch", "iso 8601", "iso8601", "yyyy", "日期", "date"];

/// Returns the format that a description or the sample value states.
pub(super) fn format(prose: Option<&Prose<'_>>, shape: &Shape, sample: Option<&str>) -> Option<Format> {
    let sample = sample.map(str::trim).filter(|sample| !sample.is_empty());
    let unix = || unix(prose?, sample);
    match shape {
        Shape::String { values } if values.is_empty() => text_format(prose, sample).or_else(unix),
        Shape::Integer | Shape::Long => unix(),
        _ => None,
    }
}

fn text_format(prose: Option<&Prose<'_>>, sample: Option<&str>) -> Option<Format> {
    let says = |words| prose.is_some_and(|prose| has(&prose.lower, words));
    if sample.is_some_and(is_document) {
        return Some(Format::Json);
    }
    if prose.is_some_and(is_base64) {
        return Some(Format::Base64);
    }
    // A text that may also be written otherwise is in no format.
    if says(&["时间戳", "timestamp"]) {
        return None;
    }
    match sample.and_then(time) {
        // Versions look like dates.
        Some(Format::Date) if !says(&["日期", "date", "yyyy-mm-dd"]) => None,
        Some(time) => Some(time),
        None if sample.is_none() => {
            says(&["iso 8601", "iso8601", "yyyy-mm-ddthh:mm"]).then_some(Format::DateTime)
        }
        None => None,
    }
}

/// Returns whether a text is a JSON object or list that holds something.
fn is_document(text: &str) -> bool {
    let enclosed =
        text.starts_with('{') && text.ends_with('}') || text.starts_with('[') && text.ends_with(']');
    enclosed
        && sample::parse(SampleFormat::Json, text, 0).tree.is_some_and(|tree| match tree.value {
            Value::Object(members) => !members.is_empty(),
            Value::List(elements) => !elements.is_empty(),
            _ => false,
        })
}

/// Returns whether a description says that the value itself is in Base64.
fn is_base64(prose: &Prose<'_>) -> bool {
    static WORDS: Wording = Wording::new(&["base64"]);
    const DENIALS: &[&str] =
        &["不", "无需", "未", "not ", "before", "without", "原始", "raw ", "解码", "decoded"];
    const ASSENTS: &[&str] = &[
        "编码",
        "encoded",
        "encoding",
        "-encoded",
        " encoded",
        "方式",
        "格式",
        "字符串",
        "string",
        "format",
    ];
    prose.mentions(&WORDS).any(|mention| {
        let after = mention.after_lower.trim_start_matches([' ', '-']);
        let is_said = after.is_empty()
            || after.starts_with(['。', '.'])
            || ASSENTS.iter().any(|word| after.starts_with(word.trim_start()));
        let clause = mention.before.rsplit(['，', ',']).next().unwrap_or_default();
        is_said && !has(clause, DENIALS) && !after.starts_with("编码前") && !after.starts_with("解码")
    })
}

/// Returns whether a text is a date or a point in time of ISO 8601.
fn time(text: &str) -> Option<Format> {
    let mut parts = text.splitn(2, 'T');
    if !is_pattern(parts.next()?, "0000-00-00") {
        return None;
    }
    let Some(clock) = parts.next() else { return Some(Format::Date) };
    let local = clock.strip_suffix('Z').or_else(|| {
        clock
            .rsplit_once(['+', '-'])
            .filter(|(_, zone)| is_pattern(zone, "00:00") || is_pattern(zone, "0000"))
            .map(|(local, _)| local)
    });
    let local = local.unwrap_or(clock);
    let whole = local.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|b| b.is_ascii_digit()));
    let local = whole.map_or(local, |(whole, _)| whole);
    (is_pattern(local, "00:00:00") || is_pattern(local, "00:00")).then_some(Format::DateTime)
}

/// Returns whether a text has a digit wherever the pattern has one, and is the pattern elsewhere.
pub(in crate::recover) fn is_pattern(text: &str, pattern: &str) -> bool {
    let fits = |(a, b): (u8, u8)| if b == b'0' { a.is_ascii_digit() } else { a == b };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

/// Finds a point in time as a number since 1970: the description says so, and it or the sample shows the unit.
fn unix(prose: &Prose<'_>, sample: Option<&str>) -> Option<Format> {
    let is_point = has(&prose.lower, &["unix时间戳", "unix 时间戳", "unix timestamp", "unix time", "epoch"])
        || has(&prose.lower, &["时间戳", "timestamp"])
            && has(&prose.lower, &["毫秒", "millisecond", "单位", "unit:"]);
    // Another form is allowed as well: then it is in no format.
    if !is_point || has(&prose.lower, &["yyyy", "格式：", "formats:"]) {
        return None;
    }
    let is_milliseconds = has(&prose.lower, &["毫秒", "millisecond"]);
    let digits = sample.filter(|sample| sample.bytes().all(|b| b.is_ascii_digit())).map(str::len);
    match digits {
        _ if is_milliseconds => Some(Format::UnixMilliseconds),
        _ if has(&prose.lower, &["秒", "second"]) => Some(Format::UnixSeconds),
        Some(10) => Some(Format::UnixSeconds),
        Some(13) => Some(Format::UnixMilliseconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated_format(text: &str, shape: &Shape, sample: &str) -> Option<Format> {
        format(Some(&Prose::new(text)), shape, Some(sample))
    }

    fn format_of_text(text: &str, sample: &str) -> Option<Format> {
        stated_format(text, &Shape::string(), sample)
    }

    #[test]
    fn points_in_time_are_shown_by_the_sample() {
        for sample in [
            "2020-02-04T06:00:00Z",
            "2014-08-17T16:55Z",
            "2019-08-01T04:07:39",
            "2020-01-01T00:00:00.5+08:00",
        ] {
            assert_eq!(format_of_text("时间。", sample), Some(Format::DateTime), "{sample}");
        }
        assert_eq!(format_of_text("日期。", "2020-02-04"), Some(Format::Date));
        assert_eq!(format_of_text("版本。", "2020-02-04"), None);
        assert_eq!(format_of_text("时间。", "2020-02-04 06:00:00"), None);
    }

    #[test]
    fn points_in_time_are_stated_where_no_sample_is() {
        let prose = Prose::new("The time follows the ISO 8601 standard.");
        assert_eq!(format(Some(&prose), &Shape::string(), None), Some(Format::DateTime));
        assert_eq!(format(Some(&prose), &Shape::string(), Some("17")), None);
    }

    #[test]
    fn seconds_and_milliseconds_since_1970_are_told_apart() {
        assert_eq!(
            stated_format("使用UNIX时间戳表示，单位：秒。", &Shape::Long, "1615885823"),
            Some(Format::UnixSeconds)
        );
        assert_eq!(
            stated_format("Unix时间戳。", &Shape::Long, "1604639129000"),
            Some(Format::UnixMilliseconds)
        );
        assert_eq!(
            stated_format("The timestamp in milliseconds.", &Shape::Long, "1604639129000"),
            Some(Format::UnixMilliseconds)
        );
        assert_eq!(stated_format("上次变更时间戳。", &Shape::Long, "1604639129000"), None);
    }

    #[test]
    fn either_of_two_forms_is_no_format() {
        assert_eq!(
            format_of_text("- Unix时间戳：毫秒数。\n- YYYY-MM-DDThh:mm:ssZ。", "2020-02-04T06:00:00Z"),
            None
        );
    }

    #[test]
    fn bytes_are_said_to_be_in_base64() {
        assert_eq!(format_of_text("密文。\n\n使用Base64编码。", "ZOyI****"), Some(Format::Base64));
        assert_eq!(format_of_text("The value must be encoded in Base64.", "ZOyI"), Some(Format::Base64));
        assert_eq!(format_of_text("The file, which is Base64-encoded.", "PD94"), Some(Format::Base64));
        assert_eq!(format_of_text("Not encoded in Base64.", "PD94"), None);
        assert_eq!(format_of_text("Base64解码后的明文。", "abc"), None);
    }

    #[test]
    fn json_is_shown_by_the_sample() {
        assert_eq!(format_of_text("维度。", r#"[{"instanceId": "i-1"}]"#), Some(Format::Json));
        assert_eq!(format_of_text("维度。", "{}"), None);
        assert_eq!(format_of_text("维度。", "[a"), None);
    }
}
