//! Units of numbers, by their usual English names.

use super::agreed;
use super::prose::{Prose, Wording};

/// Words that announce a unit.
pub(super) const WORDS: &[&str] = &["单位", "unit:", "unit：", "units:", "unit is "];
static ANNOUNCED: Wording = Wording::new(WORDS);

/// Units as pages write them. The case of letters tells bits from bytes.
const UNITS: &[(&str, &str)] = &[
    ("毫秒", "milliseconds"),
    ("秒", "seconds"),
    ("分钟", "minutes"),
    ("小时", "hours"),
    ("天", "days"),
    ("日", "days"),
    ("周", "weeks"),
    ("个月", "months"),
    ("月", "months"),
    ("年", "years"),
    ("milliseconds", "milliseconds"),
    ("millisecond", "milliseconds"),
    ("ms", "milliseconds"),
    ("seconds", "seconds"),
    ("second", "seconds"),
    ("s", "seconds"),
    ("minutes", "minutes"),
    ("minute", "minutes"),
    ("min", "minutes"),
    ("hours", "hours"),
    ("hour", "hours"),
    ("h", "hours"),
    ("days", "days"),
    ("day", "days"),
    ("weeks", "weeks"),
    ("week", "weeks"),
    ("months", "months"),
    ("month", "months"),
    ("years", "years"),
    ("year", "years"),
    ("字节", "bytes"),
    ("bytes", "bytes"),
    ("Bytes", "bytes"),
    ("byte", "bytes"),
    ("Byte", "bytes"),
    ("B", "bytes"),
    ("KB", "KB"),
    ("MB", "MB"),
    ("GB", "GB"),
    ("TB", "TB"),
    ("KiB", "KiB"),
    ("MiB", "MiB"),
    ("GiB", "GiB"),
    ("TiB", "TiB"),
    ("KB/min", "KB/min"),
    ("KB/s", "KB/s"),
    ("MB/s", "MB/s"),
    ("bps", "bit/s"),
    ("bit/s", "bit/s"),
    ("Kbps", "Kbit/s"),
    ("kbps", "Kbit/s"),
    ("Kbit/s", "Kbit/s"),
    ("Mbps", "Mbit/s"),
    ("Mbit/s", "Mbit/s"),
    ("Gbps", "Gbit/s"),
    ("Gbit/s", "Gbit/s"),
    ("%", "percent"),
    ("百分比", "percent"),
    ("percent", "percent"),
];

/// Units that are stated in passing, after `in` or in parentheses.
pub(super) const TIMES: &[&str] =
    &["in seconds", "in milliseconds", "in minutes", "in bytes", "（秒）", "(秒)", "（毫秒）", "（分钟）"];
static ASIDE: Wording = Wording::new(TIMES);

/// Finds the unit that a description states, if any.
pub(super) fn unit(prose: &Prose<'_>) -> Option<String> {
    let announced = prose.mentions(&ANNOUNCED).filter_map(|mention| {
        let rest = mention.after.trim_start_matches([':', '：', ' ', '\u{a0}', '为', '是']);
        let before = mention.before.trim_end();
        (!before.ends_with(|c: char| c.is_ascii_alphanumeric())).then(|| named(rest)).flatten()
    });
    // A unit after a number, as in `1-300（秒）` and `60秒`, or `in seconds`.
    let aside = || {
        let times = ASIDE.all_in(prose.text).into_iter();
        times.filter_map(|(words, _)| named(words.trim_start_matches("in ").trim_start_matches(['（', '('])))
    };
    agreed(announced).or_else(|| agreed(aside())).map(str::to_owned)
}

/// Returns the unit whose name a text begins with.
fn named(text: &str) -> Option<&'static str> {
    let fits = |(name, _): &&(&str, &str)| {
        text.strip_prefix(name).is_some_and(|rest| {
            let is_word = name.is_ascii() && *name != "%";
            !is_word || !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'))
        })
    };
    UNITS.iter().filter(fits).max_by_key(|(name, _)| name.len()).map(|(_, unit)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(text: &str) -> Option<String> {
        unit(&Prose::new(text))
    }

    #[test]
    fn a_unit_is_announced_in_either_language() {
        assert_eq!(stated("时长，单位：秒。").as_deref(), Some("seconds"));
        assert_eq!(stated("放弃率，单位是%，等于甲/乙。").as_deref(), Some("percent"));
        assert_eq!(stated("带宽，单位为Mbps（Mega bit per second）。").as_deref(), Some("Mbit/s"));
        assert_eq!(
            stated("Valid values: 1 to 9. Unit: seconds. Default value: 3.").as_deref(),
            Some("seconds")
        );
        assert_eq!(stated("- Default value: 60.\n- Unit: minutes.").as_deref(), Some("minutes"));
        assert_eq!(stated("The pause. Unit：seconds.").as_deref(), Some("seconds"));
        assert_eq!(stated("大小，单位 GiB").as_deref(), Some("GiB"));
        assert_eq!(stated("The timeout, in seconds.").as_deref(), Some("seconds"));
        assert_eq!(stated("取值：1-300（秒）。").as_deref(), Some("seconds"));
    }

    #[test]
    fn several_units_are_none() {
        assert_eq!(stated("单位：月。\n\n更多单位：年。"), None);
    }

    #[test]
    fn other_talk_of_units_is_none() {
        assert_eq!(stated("The unit price of a unit."), None);
        assert_eq!(stated("计费单位。"), None);
        assert_eq!(stated("- net: inbound. Unit: KB/min."), None);
    }
}
