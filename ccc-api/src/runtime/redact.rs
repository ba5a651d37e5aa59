//! Keeps secrets and phone numbers out of texts that came from outside. Hands on texts fit for logs.

use std::borrow::Cow;
use std::sync::Arc;

use super::ParameterList;

/// What stands where a sensitive value was.
pub const REDACTED: Redacted = Redacted;

/// Shows as `[redacted]`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Redacted;

impl std::fmt::Debug for Redacted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Replaces known sensitive values in texts.
#[derive(Clone, Default)]
pub struct Redactor {
    values: Arc<[String]>,
}

impl Redactor {
    /// Of sensitive values: secrets, tokens, phone numbers. Empty ones are ignored.
    pub fn new<I>(values: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        Self {
            values: values
                .into_iter()
                .map(|value| value.as_ref().to_owned())
                .filter(|v| !v.is_empty())
                .collect(),
        }
    }

    /// Of the sensitive parameters of a request, and further secrets.
    pub fn of_request<I>(parameters: &ParameterList<'_>, secrets: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let mut values: Vec<String> = parameters
            .iter()
            .filter(|parameter| parameter.is_sensitive())
            .map(|parameter| parameter.value().to_owned())
            .collect();
        values.extend(secrets.into_iter().map(|secret| secret.as_ref().to_owned()));
        Self::new(values)
    }

    /// The text with each sensitive value replaced by `[redacted]`.
    #[must_use]
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for value in self.values.iter() {
            if text.contains(value.as_str()) {
                text = Cow::Owned(text.replace(value.as_str(), "[redacted]"));
            }
        }
        text
    }
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redactor").field("values", &self.values.len()).finish()
    }
}
