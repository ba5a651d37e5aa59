//! Finds the secrets in requests and responses by the names of parameters, headers and fields.

use std::collections::BTreeSet;

use serde_json::Value;

/// Values that are never masked: a flag is not a secret, whatever its name is.
const FLAGS: &[&str] = &["", "true", "false", "True", "False", "null"];

/// The different secrets of a request and its response.
#[derive(Default)]
pub(super) struct Secrets(BTreeSet<String>);

impl Secrets {
    /// Adds a value if its name says that it is a secret.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        if is_secret(name, value) {
            self.0.insert(value.to_owned());
        }
    }

    /// Adds the secrets in a response, which the names of their fields give away.
    pub(super) fn add_fields(&mut self, value: &Value) {
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(elements) => open.extend(elements),
                Value::Object(members) => {
                    for (name, member) in members {
                        match member {
                            Value::String(text) => self.add(name, text),
                            member => open.push(member),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
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
    fn flag_called_like_a_secret_is_none() {
        assert_eq!(found(&json!({"ResetPassword": "true"})), [""; 0]);
    }
}
