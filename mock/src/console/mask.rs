//! Keeps secrets out of the console. Phone numbers are shown, because they belong to tests.

use std::cell::Cell;
use std::collections::BTreeSet;

use acs_runtime::custom::{REDACTED, Redactor};
use acs_runtime::sign::percent;
use serde_json::Value;

use super::secrets::{Secrets, is_secret};

/// How many characters of a signature are shown.
const SHOWN: usize = 6;
/// The most secrets of one request and its response that are masked one by one. The time to mask a text grows with their
/// number.
const MOST_SECRETS: usize = 32;
/// Replaces all texts of a request with more secrets.
const HIDDEN: &str = "[hidden, because the request and its response hold more than 32 secrets]";
/// The most work for all texts of one request: the bytes of each text times the bytes of all secrets.
const MOST_WORK: usize = 128 << 20;
/// Replaces a text for which too little of that is left.
const TOO_LARGE: &str = "[hidden, because the request is too large to search it for its secrets]";

/// Masks secrets in texts, however they are encoded there.
pub(super) struct Mask {
    /// `None` if there are too many secrets.
    redactor: Option<Redactor>,
    /// The bytes of all secrets.
    bytes: usize,
    /// The work that may still be done.
    left: Cell<usize>,
}

impl Mask {
    /// Makes a mask of the endpoint's own secrets and those found in a request and its response.
    pub(super) fn new<'s>(own: impl Iterator<Item = &'s str>, found: &'s Secrets) -> Self {
        let values: BTreeSet<String> = own.chain(found.iter()).flat_map(spellings).collect();
        let bytes = values.iter().map(String::len).sum();
        let redactor = (found.len() <= MOST_SECRETS).then(|| Redactor::new(values));
        Self { redactor, bytes, left: Cell::new(MOST_WORK) }
    }

    /// Masks the secrets in a text.
    pub(super) fn text(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let Some(redactor) = &self.redactor else { return HIDDEN.to_owned() };
        match self.left.get().checked_sub(text.len().saturating_mul(self.bytes)) {
            Some(left) => {
                self.left.set(left);
                redactor.redact(text).into_owned()
            }
            None => TOO_LARGE.to_owned(),
        }
    }

    /// Masks the whole value if its name says that it is a secret, or else the secrets in it.
    pub(super) fn value(&self, name: &str, value: &str) -> String {
        match name {
            _ if !is_secret(name, value) => self.text(value),
            "Signature" => beginning(value),
            _ => REDACTED.to_string(),
        }
    }

    /// Masks the secrets in JSON; `name` is the name of the field that holds it. The elements of a list have its name.
    pub(super) fn fields(&self, name: &str, value: Value) -> Value {
        match value {
            Value::String(text) => self.value(name, &text).into(),
            Value::Array(elements) => {
                elements.into_iter().map(|element| self.fields(name, element)).collect()
            }
            Value::Object(members) => {
                let masked = |(name, member): (String, Value)| {
                    let member = self.fields(&name, member);
                    (self.text(&name), member)
                };
                members.into_iter().map(masked).collect()
            }
            Value::Number(number) => {
                let text = number.to_string();
                let masked = self.value(name, &text);
                if masked == text { Value::Number(number) } else { masked.into() }
            }
            other => other,
        }
    }
}

/// Returns a secret, and what clients sign in its place that encode it twice, or a space as `+`. The redactor knows the
/// other spellings.
fn spellings(secret: &str) -> impl Iterator<Item = String> {
    let others = [percent::encode(secret), secret.replace(' ', "+")];
    std::iter::once(secret.to_owned()).chain(others.into_iter().filter(move |other| other != secret))
}

/// Returns the beginning of a signature, which is enough to distinguish two.
pub(super) fn beginning(signature: &str) -> String {
    let mut text: String = signature.chars().take(SHOWN).collect();
    if signature.chars().nth(SHOWN).is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mask of the endpoint's own secrets.
    fn mask(own: &[&str]) -> Mask {
        Mask::new(own.iter().copied(), &Secrets::default())
    }

    #[test]
    fn known_secret_is_masked_in_every_spelling() {
        assert_eq!(
            mask(&["to/ken+1"]).text("a=to/ken+1&b=to%2Fken%2B1&c=to%252Fken%252B1"),
            "a=[redacted]&b=[redacted]&c=[redacted]"
        );
    }

    #[test]
    fn secret_that_a_client_encodes_wrongly_is_masked() {
        let mask = mask(&["to/ken 1"]);
        for encode in
            [|text: &str| percent::encode(&percent::encode(text)), |text: &str| text.replace(' ', "+")]
        {
            let to_sign = percent::encode(&encode("to/ken 1"));
            assert_eq!(mask.text(&to_sign), "[redacted]", "{to_sign}");
        }
    }

    #[test]
    fn value_under_the_name_of_a_secret_is_masked() {
        for name in ["SecurityToken", "x-acs-bearer-token", "Password", "Users.1.Password", "AccessKeySecret"]
        {
            assert_eq!(mask(&[]).value(name, "unknown"), "[redacted]", "{name}");
        }
    }

    #[test]
    fn other_values_are_shown() {
        for (name, value) in [("Callee", "13188888888"), ("NextToken", "page-2"), ("ResetPassword", "true")] {
            assert_eq!(mask(&["testsecret"]).value(name, value), value);
        }
    }

    #[test]
    fn name_of_a_field_counts_for_numbers_and_lists() {
        let response = serde_json::json!({"Token": 12345, "Passwords": ["pass-1"], "Count": 7});
        let masked = serde_json::json!({"Token": "[redacted]", "Passwords": ["[redacted]"], "Count": 7});
        assert_eq!(mask(&[]).fields("", response), masked);
    }

    #[test]
    fn number_that_is_a_secret_is_masked_under_any_name() {
        let response = serde_json::json!({"Pin": 48151623, "Count": 7});
        let masked = serde_json::json!({"Pin": "[redacted]", "Count": 7});
        assert_eq!(mask(&["48151623"]).fields("", response), masked);
    }

    #[test]
    fn only_the_beginning_of_a_signature_is_shown() {
        assert_eq!(mask(&[]).value("Signature", "abcdefghijkl"), "abcdef…");
    }

    #[test]
    fn all_texts_are_hidden_if_there_are_too_many_secrets() {
        let mut found = Secrets::default();
        for number in 0..MOST_SECRETS {
            found.add("Token", &format!("token-{number}"));
        }
        assert_eq!(Mask::new(std::iter::empty(), &found).text("a token-7"), "a [redacted]");
        found.add("Token", "one-more");
        let mask = Mask::new(std::iter::empty(), &found);
        assert_eq!((mask.text("a token-7").as_str(), mask.text("").as_str()), (HIDDEN, ""));
    }

    #[test]
    fn text_is_hidden_if_the_search_for_secrets_takes_too_long() {
        let secret = "x".repeat(1 << 10);
        let mask = mask(&[&secret]);
        assert_eq!(mask.text(&"y".repeat(MOST_WORK / secret.len() + 1)), TOO_LARGE);
        assert_eq!(mask.text("a short text"), "a short text");
    }
}
