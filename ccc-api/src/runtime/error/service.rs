//! What the service said when it refused.

use std::fmt;

use bytes::Bytes;

use super::arguments::arguments;
use crate::runtime::decode::Envelope;
use crate::runtime::redact::Redactor;

/// A refusal of the service: code, message, HTTP status and request id, whole.
///
/// Display and Debug show no secret and no sensitive parameter of the request, even where the service repeats it.
#[derive(Clone)]
pub struct ServiceError(Box<Content>);

#[derive(Clone)]
struct Content {
    status: u16,
    envelope: Envelope,
    /// The message with sensitive values replaced.
    message: String,
    body: Bytes,
    redactor: Redactor,
}

impl ServiceError {
    /// From what an answer carried; `redactor` knows the sensitive values of the request.
    #[must_use]
    pub fn new(status: u16, envelope: Envelope, body: Bytes, redactor: &Redactor) -> Self {
        let message = redactor.redact(envelope.message.as_deref().unwrap_or_default()).into_owned();
        Self(Box::new(Content { status, envelope, message, body, redactor: redactor.clone() }))
    }

    /// The `Code`, e.g. `UserBusy`; empty if the answer had none.
    #[must_use]
    pub fn code(&self) -> &str {
        self.0.envelope.code.as_deref().unwrap_or_default()
    }

    /// The message, sensitive values replaced; empty if the answer had none. [`raw_body`](Self::raw_body) has it
    /// as it came.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The HTTP status; 200 is possible.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The service's name for this exchange; its support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.envelope.request_id.as_deref()
    }

    /// The host that answered.
    #[must_use]
    pub fn host_id(&self) -> Option<&str> {
        self.0.envelope.host_id.as_deref()
    }

    /// Where the service's help on this error is.
    #[must_use]
    pub fn recommend(&self) -> Option<&str> {
        self.0.envelope.recommend.as_deref()
    }

    /// The arguments of the message, as the service lists them. They may be phone numbers.
    #[must_use]
    pub fn params(&self) -> &[String] {
        &self.0.envelope.params
    }

    /// The body as it came. It may hold phone numbers.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.0.body
    }

    /// What stands in the message where one of its templates has `%s`: as many as asked for, `None` where there is none.
    pub(crate) fn arguments(&self, templates: &[&str], count: usize) -> Vec<Option<String>> {
        let message = self.0.envelope.message.as_deref().unwrap_or_default();
        arguments(templates, message, &self.0.envelope.params, count)
            .into_iter()
            .map(|argument| argument.map(str::to_owned))
            .collect()
    }

    /// A text about this error, made fit for logs.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        self.0.redactor.redact(text)
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.redact(self.code());
        f.write_str(if code.is_empty() { "no error code" } else { &code })?;
        if !self.message().is_empty() {
            write!(f, ": {}", self.message())?;
        }
        write!(f, " (HTTP {}", self.status())?;
        if let Some(id) = self.request_id() {
            write!(f, ", request id {}", self.redact(id))?;
        }
        f.write_str(")")
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("code", &self.redact(self.code()))
            .field("message", &self.message())
            .field("status", &self.status())
            .field("request_id", &self.request_id().map(|id| self.redact(id)))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ServiceError {}
