//! Keeps secrets and phone numbers out of texts from outside, so that they can be logged.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::wire::parameters::{Parameter, ParameterList};
use spelling::Spelling;

mod spelling;

/// Replaces known sensitive values in texts.
///
/// A value is found as it stands, percent-encoded once or twice (as in a string to sign), escaped as in JSON or XML,
/// and, if it is a phone number, with or without country code and hyphens. A value of less than four characters is
/// replaced only where it is a word of its own: it would otherwise be found everywhere.
///
/// Its copies of the values are wiped from memory when it is dropped.
///
/// ```
/// use acs_runtime::custom::Redactor;
///
/// let redactor = Redactor::new(["+86 131-8888-8888", "to/ken="]);
/// assert_eq!(redactor.redact("The user 13188888888 was busy."), "The user [redacted] was busy.");
/// assert_eq!(redactor.redact(r#"{"Token":"to\/ken\u003d"}"#), r#"{"Token":"[redacted]"}"#);
/// ```
#[derive(Clone, Default)]
pub struct Redactor(Arc<Sensitive>);

#[derive(Default)]
struct Sensitive {
    values: Vec<Zeroizing<String>>,
    /// The digits of those values that are phone numbers.
    phones: Vec<Zeroizing<String>>,
}

/// Shorter values are found only as words of their own.
const SHORTEST_TEXT: usize = 4;
/// Shorter texts may be part of an identifier by chance.
const SHORTEST_SECRET: usize = 8;
/// Fewer digits are too common to be taken for the end of a phone number.
const SHORTEST_PHONE: usize = 7;

impl Redactor {
    /// Creates a redactor of sensitive values: secrets, tokens, phone numbers. Empty ones are ignored.
    pub fn new<I>(values: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let values = values.into_iter().map(|value| Zeroizing::new(value.as_ref().to_owned()));
        let values: Vec<_> = values.filter(|value| !value.is_empty()).collect();
        let phones = values.iter().filter_map(|value| phone_digits(value)).collect();
        Self(Arc::new(Sensitive { values, phones }))
    }

    /// Creates a redactor of the sensitive parameters of a request and of further secrets. If a parameter holds JSON,
    /// each string and number in it counts too.
    pub fn from_request<'s>(
        parameters: &'s ParameterList<'_>,
        secrets: impl IntoIterator<Item = &'s str>,
    ) -> Self {
        let sensitive: Vec<&str> =
            parameters.iter().filter(|parameter| parameter.is_sensitive()).map(Parameter::value).collect();
        let inside = sensitive.iter().copied().flat_map(inside_json);
        let whole = sensitive.iter().copied().chain(secrets).map(Cow::Borrowed);
        Self::new(whole.chain(inside.map(Cow::Owned)))
    }

    /// Redacts an identifier that the service gave, such as a request id. One that holds the digits of a phone number
    /// does so by chance and stays whole. It is redacted if it is a sensitive value, holds a secret, or is no
    /// identifier.
    pub(crate) fn redact_id<'t>(&self, id: &'t str) -> Cow<'t, str> {
        let redacted = self.redact(id);
        let is_secret = |value: &Zeroizing<String>| {
            value.len() >= SHORTEST_SECRET
                && value.bytes().any(|byte| byte.is_ascii_alphabetic())
                && id.contains(value.as_str())
        };
        let is_sensitive = redacted == "[redacted]" || self.0.values.iter().any(is_secret);
        if is_sensitive || !is_identifier(id) { redacted } else { Cow::Borrowed(id) }
    }

    /// Replaces each sensitive value in a text by `[redacted]`.
    #[must_use]
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut redacted = String::new();
        let mut copied = 0;
        let mut position = 0;
        while let Some((before, rest)) = text.split_at_checked(position) {
            let Some(next) = rest.chars().next() else { break };
            match self.0.length(before, rest) {
                Some(length) => {
                    redacted.push_str(text.get(copied..position).unwrap_or_default());
                    redacted.push_str("[redacted]");
                    position = position.saturating_add(length);
                    copied = position;
                }
                None => position = position.saturating_add(next.len_utf8()),
            }
        }
        if copied == 0 {
            return Cow::Borrowed(text);
        }
        redacted.push_str(text.get(copied..).unwrap_or_default());
        Cow::Owned(redacted)
    }
}

/// Tells whether a text can be an identifier: one word of ASCII, 1 to 128 bytes long.
pub(crate) fn is_identifier(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Sensitive {
    /// Returns the length in bytes of the longest value that a text begins with. With a shorter one, the rest of a
    /// value would be shown. The length is never 0.
    fn length(&self, before: &str, text: &str) -> Option<usize> {
        let first = *text.as_bytes().first()?;
        let begins = |value: &Zeroizing<String>| value.as_bytes().first() == Some(&first);
        if !self.values.iter().any(begins) && !first.is_ascii_digit() && !Spelling::MARKS.contains(&first) {
            return None;
        }
        let values = self.values.iter().filter_map(|value| value_length(value, before, text));
        let phones = self.phones.iter().filter_map(|digits| phone_length(digits, before, text));
        values.chain(phones).max()
    }
}

fn value_length(value: &str, before: &str, text: &str) -> Option<usize> {
    let lengths = Spelling::ALL.into_iter().filter_map(|spelling| spelling.length(text, value));
    let short = value.chars().count() < SHORTEST_TEXT;
    let is_whole = |length: &usize| {
        let after = text.get(*length..).unwrap_or_default();
        !short || !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    };
    lengths.filter(is_whole).max()
}

fn phone_length(digits: &str, before: &str, text: &str) -> Option<usize> {
    if before.ends_with(|character: char| character.is_ascii_digit()) {
        return None;
    }
    let run = phone_run(text);
    let found = Zeroizing::new(run.replace('-', ""));
    let same = found.len() >= SHORTEST_PHONE && (digits.ends_with(found.as_str()) || found.ends_with(digits));
    same.then_some(run.len())
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

/// Returns the strings and numbers in a JSON list or object; nothing for anything else.
fn inside_json(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let parsed: Option<Value> =
        text.trim_start().starts_with(['[', '{']).then(|| serde_json::from_str(text).ok()).flatten();
    let mut open: Vec<Value> = parsed.into_iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => found.push(text),
            Value::Number(number) => found.push(number.to_string()),
            Value::Array(elements) => open.extend(elements),
            Value::Object(members) => open.extend(members.into_iter().map(|(_, member)| member)),
            Value::Null | Value::Bool(_) => {}
        }
    }
    found
}

/// Returns the digits of a phone number; `None` for anything else.
fn phone_digits(value: &str) -> Option<Zeroizing<String>> {
    let is_phone =
        value.chars().all(|character| matches!(character, '0'..='9' | '+' | '-' | '(' | ')' | ' '));
    let digits: Zeroizing<String> = Zeroizing::new(value.chars().filter(char::is_ascii_digit).collect());
    (is_phone && digits.len() >= SHORTEST_PHONE).then_some(digits)
}

/// Returns the digits at the start of a text, including hyphens between them.
fn phone_run(text: &str) -> &str {
    let end =
        text.find(|character: char| !character.is_ascii_digit() && character != '-').unwrap_or(text.len());
    let run = text.get(..end).unwrap_or_default();
    if run.starts_with('-') { "" } else { run.trim_end_matches('-') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_is_replaced_wherever_it_stands() {
        let redactor = Redactor::new(["user@x"]);
        assert_eq!(redactor.redact("user@x, puser@xs"), "[redacted], p[redacted]s");
    }

    #[test]
    fn encoded_values_are_replaced() {
        let redactor = Redactor::new(["a+b/c=d"]);
        assert_eq!(redactor.redact("x=a%2Bb%2Fc%3Dd&y=a%2bb%2fc%3dd"), "x=[redacted]&y=[redacted]");
        assert_eq!(redactor.redact("GET&%2F&x%3Da%252Bb%252Fc%253Dd"), "GET&%2F&x%3D[redacted]");
        assert_eq!(redactor.redact("%61+b%2Fc=d"), "[redacted]");
    }

    #[test]
    fn escaped_values_are_replaced() {
        let redactor = Redactor::new(["a\"b&c"]);
        assert_eq!(redactor.redact(r#"{"x":"a\"b&c"}"#), r#"{"x":"[redacted]"}"#);
        assert_eq!(redactor.redact(r#"{"x":"a\u0022b\u0026c"}"#), r#"{"x":"[redacted]"}"#);
        assert_eq!(redactor.redact("<x>a\"b&amp;c</x>"), "<x>[redacted]</x>");
    }

    #[test]
    fn phone_number_is_found_in_other_spellings() {
        let redactor = Redactor::new(["+8613188888888"]);
        assert_eq!(
            redactor.redact("13188888888 131-8888-8888 008613188888888"),
            "[redacted] [redacted] [redacted]"
        );
    }

    #[test]
    fn other_numbers_stay() {
        let redactor = Redactor::new(["13188888888"]);
        let text = "job-65700074013925376 at 1609225718295, HTTP 400, 8888888a, 131888888889";
        assert_eq!(redactor.redact("1318888888"), "1318888888");
        assert_eq!(
            redactor.redact(text),
            text.replace("8888888a", "[redacted]a").replace("131888888889", "[redacted]9")
        );
    }

    #[test]
    fn short_value_counts_only_as_a_word() {
        let redactor = Redactor::new(["80"]);
        assert_eq!(redactor.redact("80 calls of 1801, (80)"), "[redacted] calls of 1801, ([redacted])");
    }

    #[test]
    fn longest_value_wins() {
        let redactor = Redactor::new(["secret", "secret-token"]);
        assert_eq!(redactor.redact("secret-token secret"), "[redacted] [redacted]");
    }

    #[test]
    fn an_identifier_stays_whole_unless_it_is_a_secret() {
        let redactor = Redactor::new(["13188888888", "8001", "testsecret"]);
        for id in ["26A38001-13188888888-9C", "R-13188888888", "1318888888800"] {
            assert_eq!(redactor.redact_id(id), id);
        }
        assert_eq!(redactor.redact_id("13188888888"), "[redacted]");
        assert_eq!(redactor.redact_id("R-testsecret"), "R-[redacted]");
        assert_eq!(redactor.redact_id("call of 13188888888"), "call of [redacted]");
    }

    #[test]
    fn values_inside_json_are_replaced() {
        let mut parameters = ParameterList::new();
        parameters.push(Parameter::sensitive("List", r#"[{"Number":"13188888888"},{"Number":13188888889}]"#));
        let redactor = Redactor::from_request(&parameters, []);
        assert_eq!(redactor.redact("13188888888 and 13188888889"), "[redacted] and [redacted]");
    }

    #[test]
    fn empty_values_are_ignored() {
        assert_eq!(Redactor::new([""]).redact("text"), "text");
    }

    #[test]
    fn debug_shows_no_value() {
        assert_eq!(format!("{:?}", Redactor::new(["13188888888"])), "Redactor { .. }");
    }
}
