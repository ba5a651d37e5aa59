//! Finds the secrets in requests and responses: the documented ones, and others by the names of parameters, headers and
//! fields.

use std::collections::BTreeSet;

use acs_runtime::description::{FieldDescription, Kind, OperationDescription};
use serde_json::Value;

/// Values that are never masked: a flag is not a secret, whatever its name is.
const FLAGS: &[&str] = &["", "true", "false", "True", "False", "null"];

/// The different secrets of a request and its response.
#[derive(Default)]
pub(super) struct Secrets {
    values: BTreeSet<String>,
    /// Names of the operation's documented secrets.
    documented: BTreeSet<&'static str>,
}

impl Secrets {
    /// Begins with the documented secrets of an operation.
    pub(super) fn new(operation: Option<&OperationDescription>) -> Self {
        let mut documented = BTreeSet::new();
        if let Some(operation) = operation {
            collect_secrets(operation.parameters, &mut documented);
            collect_secrets(operation.answer, &mut documented);
        }
        Self { values: BTreeSet::new(), documented }
    }

    fn is_secret(&self, name: &str, value: &str) -> bool {
        let is_documented = name.split('.').any(|part| self.documented.contains(part));
        (is_documented && !FLAGS.contains(&value)) || is_secret(name, value)
    }

    /// Adds a value if its name says that it is a secret, or else the secrets in it if it is JSON.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        if self.is_secret(name, value) {
            self.values.insert(value.to_owned());
        } else if value.trim_start().starts_with(['[', '{'])
            && let Ok(fields) = serde_json::from_str(value)
        {
            let inner = self.inside(&fields);
            // An escaped secret has too many spellings once it is percent-encoded too, so all of the JSON is masked.
            if inner.iter().any(|secret| !value.contains(secret.as_str())) {
                self.values.insert(value.to_owned());
            }
            self.values.extend(inner);
        }
    }

    /// Adds the secrets in JSON.
    pub(super) fn add_fields(&mut self, value: &Value) {
        let inner = self.inside(value);
        self.values.extend(inner);
    }

    /// Finds the secrets in JSON by the names of their fields. The elements of a list have its name.
    fn inside(&self, value: &Value) -> BTreeSet<String> {
        let (mut found, mut open) = (BTreeSet::new(), vec![("", value)]);
        while let Some((name, value)) = open.pop() {
            let text = match value {
                Value::Array(elements) => {
                    open.extend(elements.iter().map(|element| (name, element)));
                    continue;
                }
                Value::Object(members) => {
                    open.extend(members.iter().map(|(name, member)| (name.as_str(), member)));
                    continue;
                }
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => continue,
            };
            if self.is_secret(name, &text) {
                found.insert(text);
            }
        }
        found
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(String::as_str)
    }
}

/// Collects the names of fields that are documented as secrets, at any depth.
fn collect_secrets(fields: &[FieldDescription], names: &mut BTreeSet<&'static str>) {
    for field in fields {
        if field.secret {
            names.insert(field.name);
        }
        let mut kind = &field.kind;
        loop {
            match kind {
                Kind::List { element, .. } => kind = element,
                Kind::Map { value } => kind = value,
                Kind::Structure { fields } => break collect_secrets(fields, names),
                _ => break,
            }
        }
    }
}

/// Words of which one anywhere in a name says that the value is a secret.
const ANYWHERE: &[&str] = &["password", "passwd", "secret", "cookie", "authorization"];
/// Words that say so at the end of a name: `AccessToken` is a secret, and `TokenType` is none.
const LAST: &[&str] =
    &["certificate", "credential", "credentials", "key", "policy", "signature", "ticket", "token"];
/// Words after which these do not count: `UserKey2` and `TokenInfo` hold a secret too.
const VAGUE: &[&str] = &["data", "info", "json", "string", "text", "value"];
/// Words before `key` that say that it is a name, or is known to all. `Key` alone is the name of a tag.
const OPEN_KEYS: &[&str] =
    &["", "file", "object", "partition", "primary", "public", "sharding", "sort", "tag"];

/// Whether a name says that its value is a secret.
pub(super) fn is_secret(name: &str, value: &str) -> bool {
    !FLAGS.contains(&value) && is_name_of_secret(name)
}

fn is_name_of_secret(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    if ["nexttoken", "pagetoken"].iter().any(|token| lower.ends_with(token)) {
        return false;
    }
    if ANYWHERE.iter().any(|word| lower.contains(word)) || lower.ends_with("token") {
        return true;
    }
    let words = words(name);
    let mut last = words.iter().map(String::as_str).rev().skip_while(|word| VAGUE.contains(word));
    match (last.next(), last.next()) {
        (Some("key"), before) => !OPEN_KEYS.contains(&before.unwrap_or_default()),
        (Some(word), _) => LAST.contains(&word),
        (None, _) => false,
    }
}

/// Splits the last part of a name into its words, in lower case and without digits: `Users.1.UserKey2` into `user` and
/// `key`.
fn words(name: &str) -> Vec<String> {
    let name = name.trim_end_matches(|character: char| character.is_ascii_digit() || character == '.');
    let (_, name) = name.rsplit_once('.').unwrap_or(("", name));
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for character in name.chars() {
        let starts =
            !before.is_ascii_alphabetic() || before.is_ascii_lowercase() && character.is_ascii_uppercase();
        if character.is_ascii_alphabetic() {
            match words.last_mut() {
                Some(word) if !starts => word.push(character.to_ascii_lowercase()),
                _ => words.push(character.to_ascii_lowercase().to_string()),
            }
        }
        before = character;
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(response: &Value) -> Vec<String> {
        let mut secrets = Secrets::default();
        secrets.add_fields(response);
        secrets.iter().map(str::to_owned).collect()
    }

    #[test]
    fn secrets_of_a_response_are_found_at_any_depth() {
        let response = json!({"Data": [{"Password": "pass-1", "User": {"Token": "token-1", "Name": "Ann"}}]});
        assert_eq!(found(&response), ["pass-1", "token-1"]);
    }

    #[test]
    fn name_counts_for_numbers_and_lists() {
        let response =
            json!({"Token": 12345, "Passwords": ["pass-1", ["pass-2"]], "Count": 7, "Names": ["Ann"]});
        assert_eq!(found(&response), ["12345", "pass-1", "pass-2"]);
    }

    #[test]
    fn secrets_in_the_json_of_a_parameter_are_found() {
        let mut secrets = Secrets::default();
        secrets.add("UserList", r#" [{"Password":"pass-1","Name":"Ann"}]"#);
        secrets.add("Tags", r#"{"Name":"Bob"}"#);
        secrets.add("Broken", r#"{"Password":"pass-2""#);
        assert_eq!(secrets.iter().collect::<Vec<_>>(), ["pass-1"]);
    }

    #[test]
    fn all_json_around_an_escaped_secret_is_one() {
        let mut secrets = Secrets::default();
        let list = r#"[{"Password":"pass\"1"}]"#;
        secrets.add("UserList", list);
        assert_eq!(secrets.iter().collect::<Vec<_>>(), [list, "pass\"1"]);
    }

    #[test]
    fn names_of_secrets_are_known_by_their_words() {
        for name in [
            "AccessToken",
            "APP_KEY",
            "ChatAppKey",
            "Policy",
            "Signature",
            "Signature2",
            "TokenInfo",
            "UserKey",
            "UserKey2",
            "Users.1.UserKey",
            "UserKey.1",
            "accesstoken",
            "client-certificate",
            "proxy-authorization",
            "securityToken",
            "x-api-key",
        ] {
            assert!(is_secret(name, "value"), "{name}");
        }
    }

    #[test]
    fn other_names_are_no_secrets() {
        for name in [
            "AccessKeyId",
            "Callee",
            "Key",
            "Monkey",
            "NextPageToken",
            "OssFileKey",
            "SignatureMethod",
            "SignatureNonce",
            "Tag.1.Key",
            "TicketId",
            "TokenType",
            "x-acs-accesskey-id",
            "",
        ] {
            assert!(!is_secret(name, "value"), "{name}");
        }
    }

    #[test]
    fn flag_called_like_a_secret_is_none() {
        assert_eq!(found(&json!({"ResetPassword": "true"})), [""; 0]);
    }
}
