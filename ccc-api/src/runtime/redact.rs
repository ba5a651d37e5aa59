//! Keeps secrets and phone numbers out of texts that came from outside. Hands on texts fit for logs.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use zeroize::Zeroizing;

use super::sign::percent;
use super::{Parameter, ParameterList};

/// What stands where a sensitive value was.
pub const REDACTED: Redacted = Redacted;

/// Shows as `[redacted]`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Display for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Replaces known sensitive values in texts.
///
/// A value is found as it stands, percent-encoded once or twice (as in a string to sign), escaped as JSON or XML, and,
/// if it is a phone number, with or without country code and hyphens. A value of less than four characters counts only
/// as a word of its own: it would otherwise be found everywhere.
///
/// Its copies of the values are wiped from memory when it is dropped.
///
/// ```
/// use ccc_api::Redactor;
///
/// let redactor = Redactor::new(["+86 131-8888-8888"]);
/// assert_eq!(redactor.redact("The user 13188888888 was busy."), "The user [redacted] was busy.");
/// ```
#[derive(Clone, Default)]
pub struct Redactor(Arc<Sensitive>);

/// The values, and how each can be spelled; that is worked out only when there is a text to redact.
#[derive(Default)]
struct Sensitive {
    values: Vec<Zeroizing<String>>,
    needles: OnceLock<Vec<Needle>>,
}

/// One spelling of a sensitive value.
enum Needle {
    Text(Zeroizing<String>),
    /// A short one, which must stand alone.
    Word(Zeroizing<String>),
    /// The digits of a phone number.
    Phone(Zeroizing<String>),
}

/// Values shorter than this must stand alone to be found.
const SHORTEST_TEXT: usize = 4;
/// Fewer digits are too common to be taken for the end of a phone number.
const SHORTEST_PHONE: usize = 7;

impl Redactor {
    /// Of sensitive values: secrets, tokens, phone numbers. Empty ones are ignored.
    pub fn new<I>(values: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let values = values.into_iter().map(|value| Zeroizing::new(value.as_ref().to_owned()));
        Self(Arc::new(Sensitive { values: values.collect(), needles: OnceLock::new() }))
    }

    /// Of the sensitive parameters of a request, and further secrets.
    pub fn of_request<'s>(
        parameters: &'s ParameterList<'_>,
        secrets: impl IntoIterator<Item = &'s str>,
    ) -> Self {
        let sensitive = parameters.iter().filter(|parameter| parameter.is_sensitive());
        Self::new(sensitive.map(Parameter::value).chain(secrets))
    }

    fn needles(&self) -> &[Needle] {
        self.0.needles.get_or_init(|| {
            let mut needles: Vec<Needle> =
                self.0.values.iter().flat_map(|value| Needle::all_of(value)).collect();
            // The longest first, so that no part of a spelling is replaced before the whole.
            needles.sort_by_key(|needle| std::cmp::Reverse(needle.length()));
            needles
        })
    }

    /// The text with each sensitive value replaced by `[redacted]`.
    #[must_use]
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let needles = self.needles();
        if needles.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut redacted = String::new();
        let mut copied = 0;
        let mut position = 0;
        while let Some(next) = text.get(position..).and_then(|rest| rest.chars().next()) {
            match needles.iter().find_map(|needle| needle.length_at(text, position)) {
                Some(length) if length > 0 => {
                    redacted.push_str(text.get(copied..position).unwrap_or_default());
                    redacted.push_str("[redacted]");
                    position = position.saturating_add(length);
                    copied = position;
                }
                _ => position = position.saturating_add(next.len_utf8()),
            }
        }
        if copied == 0 {
            return Cow::Borrowed(text);
        }
        redacted.push_str(text.get(copied..).unwrap_or_default());
        Cow::Owned(redacted)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

impl Needle {
    /// Every spelling of a value.
    fn all_of(value: &str) -> Vec<Self> {
        let encoded = Zeroizing::new(percent::encode(value));
        let twice = Zeroizing::new(percent::encode(&encoded));
        let json = Zeroizing::new(serde_json::Value::from(value).to_string());
        let spellings = [
            Zeroizing::new(value.to_owned()),
            Zeroizing::new(encoded.to_ascii_lowercase()),
            Zeroizing::new(encoded.replace("%20", "+")),
            Zeroizing::new(json.trim_matches('"').to_owned()),
            Zeroizing::new(value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")),
            encoded,
            twice,
        ];
        let mut needles: Vec<Self> = Vec::new();
        for spelling in spellings {
            let known = needles.iter().any(|needle| needle.text() == spelling.as_str());
            if spelling.is_empty() || known {
                continue;
            }
            let short = spelling.chars().count() < SHORTEST_TEXT;
            needles.push(if short { Self::Word(spelling) } else { Self::Text(spelling) });
        }
        needles.extend(phone_digits(value).map(Self::Phone));
        needles
    }

    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Word(text) | Self::Phone(text) => text,
        }
    }

    fn length(&self) -> usize {
        self.text().len()
    }

    /// How much of the text at a position is this value, if it stands there.
    fn length_at(&self, text: &str, position: usize) -> Option<usize> {
        let (before, rest) = (text.get(..position)?, text.get(position..)?);
        match self {
            Self::Text(needle) => rest.starts_with(needle.as_str()).then_some(needle.len()),
            Self::Word(needle) => {
                let after = rest.strip_prefix(needle.as_str())?;
                let alone =
                    !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
                alone.then_some(needle.len())
            }
            Self::Phone(digits) => {
                if before.ends_with(|character: char| character.is_ascii_digit()) {
                    return None;
                }
                let run = phone_run(rest);
                let found = Zeroizing::new(run.replace('-', ""));
                let same = found.len() >= SHORTEST_PHONE
                    && (digits.ends_with(found.as_str()) || found.ends_with(digits.as_str()));
                same.then_some(run.len())
            }
        }
    }
}

/// The digits of a phone number; `None` of anything else.
fn phone_digits(value: &str) -> Option<Zeroizing<String>> {
    let is_phone =
        value.chars().all(|character| matches!(character, '0'..='9' | '+' | '-' | '(' | ')' | ' '));
    let digits: Zeroizing<String> = Zeroizing::new(value.chars().filter(char::is_ascii_digit).collect());
    (is_phone && digits.len() >= SHORTEST_PHONE).then_some(digits)
}

/// The digits at the start of a text, hyphens between them included.
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
    }

    #[test]
    fn escaped_values_are_replaced() {
        let redactor = Redactor::new(["a\"b&c"]);
        assert_eq!(redactor.redact(r#"{"x":"a\"b&c"}"#), r#"{"x":"[redacted]"}"#);
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
    fn empty_values_are_ignored() {
        assert_eq!(Redactor::new([""]).redact("text"), "text");
    }

    #[test]
    fn debug_shows_no_value() {
        assert_eq!(format!("{:?}", Redactor::new(["13188888888"])), "Redactor { .. }");
    }
}
