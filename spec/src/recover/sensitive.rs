//! Sensitivity: which fields must stay out of logs. Names, descriptions and samples show them. In doubt a field is
//! redacted: that costs a little comfort, but the opposite would reveal a secret.

use std::sync::LazyLock;

use super::declared::Declared;
use super::row::Row;
use super::signs::{Sign, Signs};
use crate::model::Sensitivity;
use crate::words::Words;

/// Words of descriptions about a phone number.
pub(super) const PHONE_WORDS: &[&str] = &[
    "号码",
    "主叫",
    "被叫",
    "手机",
    "电话号",
    "phone number",
    "mobile number",
    "mobile phone",
    "telephone",
    "calling number",
    "called number",
    "caller number",
];
/// Words of names for a phone number.
static PHONE_NAMES: LazyLock<Words> =
    LazyLock::new(|| Words::new(["phone", "mobile", "callee", "caller", "calledn", "callingn", "msisdn"]));
/// Ends of names for a secret.
const SECRET_NAMES: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "secretdata",
    "secretkey",
    "privatekey",
    "authkey",
    "apikey",
    "psk",
    "credential",
    "token",
];
/// Tokens that open nothing: they page through lists and mark repeated requests.
const PLAIN_TOKENS: &[&str] =
    &["nexttoken", "clienttoken", "pagetoken", "nextpagetoken", "continuationtoken"];
/// Words for a secret at the beginning of a description.
pub(super) const SECRET_WORDS: &[&str] =
    &["密码", "口令", "私钥", "共享密钥", "password", "private key", "pre-shared key", "secret key"];
/// Words of descriptions about a count of bytes, which may have as many digits as a phone number.
static BYTES: LazyLock<Words> = LazyLock::new(|| Words::new(["字节", "byte"]));
/// Ends of names for such counts.
const SIZE_NAMES: &[&str] = &["bytes", "size"];

/// Digits of a phone number, extension numbers of call centers included.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=12;

/// Digits in a row that the sample of a number has at least, even if it is masked or cut off.
const FEWEST_DIGITS: usize = 3;

/// Marks the sensitive rows of a page, in all its tables together: a phone number in the samples of one table makes
/// fields of other tables sensitive if their samples contain it.
pub(super) fn mark(tables: &mut [&mut [Row<'_>]]) {
    let mut numbers: Vec<String> = Vec::new();
    for row in tables.iter_mut().flat_map(|rows| rows.iter_mut()) {
        row.sensitive = judge_row(row);
        if row.sensitive == Some(Sensitivity::PhoneNumber)
            && let Some(sample) = &row.sample
        {
            numbers.extend(phone_runs(sample).map(str::to_owned));
        }
    }
    if numbers.is_empty() {
        return;
    }
    numbers.sort_unstable();
    numbers.dedup();
    for row in tables.iter_mut().flat_map(|rows| rows.iter_mut()) {
        let holds_one = |sample: &str| {
            digit_runs(sample).any(|(run, _)| numbers.binary_search_by(|n| n.as_str().cmp(run)).is_ok())
        };
        if row.sensitive.is_none()
            && holds_text(&row.declared)
            && row.sample.as_deref().is_some_and(holds_one)
        {
            row.sensitive = Some(Sensitivity::PhoneNumber);
        }
    }
}

fn judge_row(row: &Row<'_>) -> Option<Sensitivity> {
    // A set of documented values holds neither.
    if !holds_text(&row.declared) || !row.values.is_empty() {
        return None;
    }
    let shown = row.sample.as_deref();
    if row.signs.has(Sign::Secret) && is_secret(&row.description) && !is_id(&row.name) {
        return Some(Sensitivity::Secret);
    }
    let is_size = || {
        let name = row.name.to_ascii_lowercase();
        BYTES.are_in(&row.description) || SIZE_NAMES.iter().any(|end| name.ends_with(end))
    };
    let found = judge(&row.name, row.signs, |is_one| shown.is_some_and(is_one));
    found.filter(|sensitivity| *sensitivity == Sensitivity::Secret || !(is_count(shown) && is_size()))
}

/// Returns whether a sample value is a number of something, and no list or text with numbers in it.
fn is_count(sample: Option<&str>) -> bool {
    sample.is_none_or(|sample| sample.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The phone numbers that the samples of rows show, in the order of their digits.
pub(super) struct KnownNumbers<'p>(Vec<&'p str>);

impl<'p> KnownNumbers<'p> {
    /// Collects the numbers of marked rows.
    pub(super) fn from_rows(rows: &'p [Row<'p>]) -> Self {
        let known = rows.iter().filter(|row| row.sensitive == Some(Sensitivity::PhoneNumber));
        let mut numbers: Vec<_> =
            known.filter_map(|row| row.sample.as_deref()).flat_map(phone_runs).collect();
        numbers.sort_unstable();
        Self(numbers)
    }

    fn are_in(&self, text: &str) -> bool {
        !self.0.is_empty() && digit_runs(text).any(|(run, _)| self.0.binary_search(&run).is_ok())
    }
}

/// Judges a field that only samples show: by its name, by its sample texts, and by the numbers known from the table.
pub(super) fn judge_shown(name: &str, texts: &[&str], numbers: &KnownNumbers<'_>) -> Option<Sensitivity> {
    let found = judge(name, Signs::default(), |is_one| texts.iter().any(|text| is_one(text)));
    found.or_else(|| texts.iter().any(|text| numbers.are_in(text)).then_some(Sensitivity::PhoneNumber))
}

/// Judges by the name, by the signs in the description, and by samples: `any` says whether a sample passes a test.
fn judge(name: &str, signs: Signs, any: impl Fn(fn(&str) -> bool) -> bool) -> Option<Sensitivity> {
    let name = name.rsplit('.').next().unwrap_or_default();
    let ends_with = |end: &str| {
        let start = name.len().checked_sub(end.len());
        start.and_then(|start| name.get(start..)).is_some_and(|found| found.eq_ignore_ascii_case(end))
    };
    let is_plain = || PLAIN_TOKENS.iter().any(|plain| plain.eq_ignore_ascii_case(name));
    if SECRET_NAMES.iter().any(|end| ends_with(end)) && !is_plain() {
        return Some(Sensitivity::Secret);
    }
    // A description may speak of something that belongs to a number: its city, its provider.
    let is_described = || signs.has(Sign::Phone) && !any(|sample| !may_show_number(sample));
    let stated = !is_id(name) && (PHONE_NAMES.are_in(name) || is_described());
    let is_shown = || any(|sample| phone_runs(sample).next().is_some());
    (stated || is_shown()).then_some(Sensitivity::PhoneNumber)
}

/// Returns whether a sample value may be a phone number, a part of one, or a masked one: it has digits in a row, or is
/// a mask.
fn may_show_number(sample: &str) -> bool {
    let of_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'*' | b'x' | b'X');
    let mut runs = sample.as_bytes().chunk_by(|one, other| of_number(one) == of_number(other));
    sample.as_bytes().iter().all(of_number)
        || runs.any(|run| run.len() >= FEWEST_DIGITS && run.first().is_some_and(of_number))
}

/// Returns whether a name is that of an id. The id of a number or secret is neither.
fn is_id(name: &str) -> bool {
    name.ends_with("Id") || name.ends_with("ID")
}

/// Returns whether a description begins with the secret itself, as in `数据库的密码。` and `The new password of the account`,
/// and not with something about it, such as its length.
fn is_secret(description: &str) -> bool {
    let clause =
        description.split(['。', '，', '；', '.', ',', ';', '（', '(', '\n']).next().unwrap_or_default();
    let clause = clause.trim().to_ascii_lowercase();
    SECRET_WORDS.iter().any(|secret| {
        let Some((before, after)) = clause.split_once(secret) else { return false };
        if !secret.is_ascii() {
            return after.is_empty() && !before.starts_with("是否");
        }
        let before = before.strip_prefix("the ").unwrap_or(before);
        let next = after.strip_prefix(' ').and_then(|rest| rest.split(' ').next());
        let goes_on = next.is_some_and(|word| ["of", "for", "that", "which", "used", "to"].contains(&word));
        before.split_whitespace().count() <= 1 && (after.is_empty() || goes_on)
    })
}

/// Returns whether a value of the type may be text.
fn holds_text(declared: &Declared) -> bool {
    match declared {
        Declared::String | Declared::Unknown | Declared::Json | Declared::List(None) => true,
        Declared::List(Some(element)) => holds_text(element),
        _ => false,
    }
}

/// Finds runs of digits that could be phone numbers: of that length, alone, no date, no account in the name of a
/// resource (`acs:…:123456789012:…`), and not the start of a longer number whose end is masked.
fn phone_runs(sample: &str) -> impl Iterator<Item = &str> {
    digit_runs(sample)
        .filter(move |&(run, at)| {
            !is_date(run)
                && !sample.contains("acs:")
                && !ends_identifier(sample, at, run)
                && !sample.get(at + run.len()..).is_some_and(|rest| rest.starts_with('*'))
                && !is_in_uuid(sample, at, run.len())
        })
        .map(|(run, _)| run)
}

/// Finds maximal runs of digits that touch no letter and are as long as a phone number, with their offsets.
fn digit_runs(sample: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut end = 0;
    let runs = sample.as_bytes().chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit());
    runs.filter_map(move |run| {
        let start = end;
        end += run.len();
        run.first().filter(|first| first.is_ascii_digit() && PHONE_DIGITS.contains(&run.len()))?;
        let touches = |neighbour: Option<char>| neighbour.is_some_and(char::is_alphanumeric);
        let (before, after) = (sample.get(..start)?, sample.get(end..)?);
        let is_alone = !touches(before.chars().next_back()) && !touches(after.chars().next());
        Some((sample.get(start..end)?, start)).filter(|_| is_alone)
    })
}

/// Returns whether digits are a date such as `20210102`.
fn is_date(run: &str) -> bool {
    let number = |range: std::ops::Range<usize>| run.get(range).and_then(|part| part.parse::<u32>().ok());
    run.len() == 8
        && number(0..4).is_some_and(|year| (1970..2100).contains(&year))
        && number(4..6).is_some_and(|month| (1..=12).contains(&month))
        && number(6..8).is_some_and(|day| (1..=31).contains(&day))
}

/// Returns whether the run is the end of an identifier such as `app-1000000`, and shorter than numbers of mobile
/// phones are.
fn ends_identifier(sample: &str, at: usize, run: &str) -> bool {
    let before = sample.get(..at).and_then(|before| before.strip_suffix('-')).unwrap_or_default();
    run.len() < 10 && before.ends_with(|c: char| c.is_ascii_alphabetic())
}

/// Returns whether the run is the first or last group of `8-4-4-4-12` hexadecimal digits, masked ones included.
fn is_in_uuid(sample: &str, at: usize, len: usize) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '*');
    let before = sample.get(..at).unwrap_or_default();
    let after = sample.get(at + len..).unwrap_or_default();
    // A UUID has 36 characters; characters farther away do not matter.
    let start = before.chars().rev().take(36).take_while(|&c| is_part(c)).count();
    let end = after.chars().take(36).take_while(|&c| is_part(c)).count();
    let token = sample.get(at.saturating_sub(start)..at + len + end).unwrap_or_default();
    let groups: Vec<_> = token.split('-').collect();
    // A mask may hide a hyphen, too.
    let is_masked = matches!(groups.as_slice(), [first, second, .., last]
        if groups.len() >= 3 && token.contains('*') && first.len() == 8 && second.len() == 4 && last.len() == 12);
    is_masked
        || groups.windows(5).any(|group| {
            let middle = group.iter().skip(1).take(3);
            group.first().is_some_and(|first| first.len() >= 8)
                && middle.clone().all(|part| part.len() == 4)
                && group.last().is_some_and(|last| last.len() >= 8)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Position;
    use crate::source::Span;

    fn row<'p>(name: &'p str, declared: Declared, sample: &'p str, description: &'p str) -> Row<'p> {
        let span = Span::default();
        Row {
            span,
            name: name.into(),
            name_span: span,
            depth: None,
            begins_table: false,
            table: None,
            members: None,
            elements: Vec::new(),
            type_text: "".into(),
            type_span: span,
            declared,
            required: false,
            position: Position::Query,
            sample: (!sample.is_empty()).then(|| sample.into()),
            sample_span: span,
            description: description.into(),
            description_span: span,
            signs: crate::recover::sign_words::signs_in(description),
            values: Vec::new(),
            sensitive: None,
        }
    }

    fn marked(mut rows: Vec<Row<'_>>) -> Vec<Option<Sensitivity>> {
        mark(&mut [&mut rows]);
        rows.into_iter().map(|row| row.sensitive).collect()
    }

    const PHONE: Option<Sensitivity> = Some(Sensitivity::PhoneNumber);

    #[test]
    fn a_description_or_name_states_a_phone_number() {
        assert_eq!(marked(vec![row("To", Declared::String, "x", "收件人的手机。")]), [PHONE]);
        assert_eq!(marked(vec![row("MobilePhone", Declared::String, "x", "")]), [PHONE]);
        assert_eq!(marked(vec![row("Count", Declared::Integer, "3", "号码的数量。")]), [None]);
    }

    #[test]
    fn what_belongs_to_a_number_is_none() {
        for (name, sample, description) in [
            ("City", "北京", "号码归属地市。"),
            ("SkillGroupIdList", "[\"skg-default2@test\"]", "查询技能组的外呼号码。"),
        ] {
            assert_eq!(marked(vec![row(name, Declared::String, sample, description)]), [None], "{name}");
        }
        assert_eq!(marked(vec![row("To", Declared::String, "132xxxx0523", "被叫号码。")]), [PHONE]);
    }

    #[test]
    fn a_count_of_bytes_is_no_phone_number() {
        for (name, description) in [
            ("Written", "The number of bytes."),
            ("Read", "读取的字节数。"),
            ("FileSize", "How large it is."),
        ] {
            assert_eq!(marked(vec![row(name, Declared::String, "104857600", description)]), [None], "{name}");
        }
        let text = "The called number, 64 bytes at most.";
        assert_eq!(marked(vec![row("To", Declared::String, "tel:5550123456", text)]), [PHONE]);
    }

    #[test]
    fn the_id_of_a_number_is_none() {
        assert_eq!(marked(vec![row("NumberGroupId", Declared::String, "g-1", "号码分组ID。")]), [None]);
    }

    #[test]
    fn a_sample_shows_a_phone_number() {
        for (sample, expected) in [
            ("ch:user:1318888888->80011474:1609225718294", PHONE),
            ("job-65700074013925376", None),
            ("bell-7f000176ad354b1c", None),
            ("12345678-1234-1234-1234-12345678****", None),
            ("26A34338-5CD9-4C95-A7A6-123456789012", None),
            ("20210102", None),
            ("1609225718295", None),
            ("acs:ram::123456789012:role/x", None),
            ("140692647****", None),
            ("25818875-5F78-4A*****F6-D7393642CA58", None),
            ("25818875-5F78-4A", PHONE),
            ("app-1000000", None),
            ("tel-5550123456", PHONE),
        ] {
            assert_eq!(marked(vec![row("X", Declared::String, sample, "")]), [expected], "{sample}");
        }
    }

    #[test]
    fn a_number_known_from_one_field_marks_the_others() {
        let rows = vec![
            row("Phone", Declared::String, "20211231", ""),
            row("Payload", Declared::Json, r#"{"n": "5550123456"}"#, ""),
            row("Code", Declared::Integer, "5550123456", ""),
        ];
        assert_eq!(marked(rows), [PHONE, PHONE, None]);
    }

    #[test]
    fn secrets_are_named_so() {
        let secret = Some(Sensitivity::Secret);
        assert_eq!(marked(vec![row("NewPassword", Declared::String, "x", "")]), [secret]);
        assert_eq!(marked(vec![row("SecurityToken", Declared::String, "x", "")]), [secret]);
        assert_eq!(marked(vec![row("NextToken", Declared::String, "x", "")]), [None]);
        assert_eq!(marked(vec![row("NextPageToken", Declared::String, "x", "")]), [None]);
        assert_eq!(marked(vec![row("BellPsk", Declared::String, "x", "")]), [secret]);
        assert_eq!(marked(vec![row("PasswordPolicy", Declared::Structure(None), "", "")]), [None]);
    }

    #[test]
    fn a_description_that_begins_with_a_secret_states_it() {
        let secret = Some(Sensitivity::Secret);
        for (description, expected) in [
            ("钟楼的密码。8到32位。", secret),
            ("预共享密钥。\n\n用于认证。", secret),
            ("密码的长度。", None),
            ("是否重置密码。", None),
            ("The password of the bell.", secret),
            ("The new password, 8 characters.", secret),
            ("The private key that opens it.", secret),
            ("The password policy.", None),
            ("The length of the password.", None),
            ("The bell. Keep its password.", None),
        ] {
            assert_eq!(
                marked(vec![row("Odd", Declared::String, "x", description)]),
                [expected],
                "{description}"
            );
        }
        assert_eq!(marked(vec![row("OddId", Declared::String, "x", "密码。")]), [None]);
    }
}
