//! Keeps secrets out of the console. Phone numbers are shown, because they belong to tests.

use acs_runtime::custom::{REDACTED, Redactor};
use serde_json::Value;

/// How many characters of a signature are shown.
const SHOWN: usize = 6;
/// Values that are never masked: a flag is not a secret, whatever its name is.
const FLAGS: &[&str] = &["", "true", "false", "True", "False", "null"];

/// Masks secrets in texts, however they are encoded there.
pub(super) struct Mask(Redactor);

impl Mask {
    /// Makes a mask of these values.
    pub(super) fn new(secrets: &[&str]) -> Self {
        Self(Redactor::new(secrets.iter().filter(|secret| !FLAGS.contains(secret))))
    }

    /// Masks the secrets in a text.
    pub(super) fn text(&self, text: &str) -> String {
        self.0.redact(text).into_owned()
    }

    /// Masks the whole value if its name says that it is a secret, or else the secrets in it.
    pub(super) fn value(&self, name: &str, value: &str) -> String {
        match name {
            _ if !is_secret(name, value) => self.text(value),
            "Signature" => beginning(value),
            _ => REDACTED.to_string(),
        }
    }
}

/// Whether a name says that its value is a secret.
pub(super) fn is_secret(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let of_a_page = ["nexttoken", "pagetoken"].iter().any(|token| name.ends_with(token));
    let is_named = ["password", "passwd", "secret", "cookie"].iter().any(|word| name.contains(word))
        || name == "signature"
        || name.ends_with("token") && !of_a_page;
    is_named && !FLAGS.contains(&value)
}

/// Returns the secrets in a response, which the names of their fields give away.
pub(super) fn secrets_in(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(elements) => open.extend(elements),
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(text) if is_secret(name, text) => found.push(text.as_str()),
                        member => open.push(member),
                    }
                }
            }
            _ => {}
        }
    }
    found
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
    use serde_json::json;

    use super::*;

    #[test]
    fn known_secret_is_masked_in_every_spelling() {
        let mask = Mask::new(&["to/ken+1"]);
        assert_eq!(
            mask.text("a=to/ken+1&b=to%2Fken%2B1&c=to%252Fken%252B1"),
            "a=[redacted]&b=[redacted]&c=[redacted]"
        );
    }

    #[test]
    fn value_under_the_name_of_a_secret_is_masked() {
        let mask = Mask::new(&[]);
        for name in ["SecurityToken", "x-acs-bearer-token", "Password", "Users.1.Password", "AccessKeySecret"]
        {
            assert_eq!(mask.value(name, "unknown"), "[redacted]", "{name}");
        }
    }

    #[test]
    fn other_values_are_shown() {
        let mask = Mask::new(&["testsecret"]);
        for (name, value) in [("Callee", "13188888888"), ("NextToken", "page-2"), ("ResetPassword", "true")] {
            assert_eq!(mask.value(name, value), value);
        }
    }

    #[test]
    fn flag_called_like_a_secret_masks_nothing_else() {
        assert_eq!(Mask::new(&["true"]).text("true or false"), "true or false");
    }

    #[test]
    fn only_the_beginning_of_a_signature_is_shown() {
        assert_eq!(Mask::new(&[]).value("Signature", "abcdefghijkl"), "abcdef…");
    }

    #[test]
    fn secrets_of_a_response_are_found_at_any_depth() {
        let response = json!({"Data": [{"Password": "pass-1", "User": {"Token": "token-1", "Name": "Ann"}}]});
        let mut found = secrets_in(&response);
        found.sort_unstable();
        assert_eq!(found, ["pass-1", "token-1"]);
    }
}
