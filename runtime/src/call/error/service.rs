//! The error of a refusal by the service.

use std::fmt;

use bytes::Bytes;

use super::OperationError;
use super::arguments::arguments;
use super::operation::DocumentedError;
use crate::wire::codes::outcome_is_unknown;
use crate::wire::decode::Envelope;
use crate::wire::excerpt::{cut, excerpt, start_of};
use crate::wire::record::Attempts;
use crate::wire::redact::Redactor;
use crate::wire::sign::SignatureMismatch;

/// The longest message that is kept, in bytes. A message may quote a string to sign, and with it a whole request.
const LONGEST_MESSAGE: usize = 64 * 1024;
/// The longest message that is shown, in bytes.
const SHOWN_MESSAGE: usize = 2 * 1024;
/// The longest code, id, link or argument, in bytes.
const LONGEST_NAME: usize = 1024;
/// The largest number of arguments of a message.
const MOST_PARAMS: usize = 64;

/// A refusal of the service, with code, message, HTTP status and request id.
///
/// It is also the error of operations that document no code, and of calls by name.
///
/// Display and Debug show no secret and no sensitive parameter of the request, even if the service repeats it.
#[derive(Clone)]
pub struct ServiceError(Box<Content>);

#[derive(Clone)]
struct Content {
    status: u16,
    envelope: Envelope,
    body: Bytes,
    /// Whether the request may have been carried out nevertheless.
    open: bool,
    shown: Shown,
    attempts: Attempts,
    signature_mismatch: Option<SignatureMismatch>,
}

/// The parts that Display and Debug show. Sensitive values in them are replaced early, so that none need to be kept.
#[derive(Clone)]
struct Shown {
    code: String,
    message: String,
    request_id: Option<String>,
}

impl ServiceError {
    /// Creates the error of a response. `redactor` holds the sensitive values of the request. Parts that are longer
    /// than any real one are cut.
    #[must_use]
    pub fn new(status: u16, mut envelope: Envelope, body: Bytes, redactor: &Redactor) -> Self {
        let redact = |text: &Option<String>, longest| {
            text.as_deref().map(|text| excerpt(text.as_bytes(), longest, redactor))
        };
        let shown = Shown {
            code: redact(&envelope.code, LONGEST_NAME).unwrap_or_default(),
            message: redact(&envelope.message, SHOWN_MESSAGE).unwrap_or_default(),
            request_id: match envelope.request_id.as_deref() {
                Some(id) if id.len() <= LONGEST_NAME => Some(redactor.redact_id(id).into_owned()),
                _ => redact(&envelope.request_id, LONGEST_NAME),
            },
        };
        let open = outcome_is_unknown(envelope.code.as_deref().unwrap_or_default(), status);
        // This comes after redaction: a value that is cut in half would not be found.
        shorten(&mut envelope);
        let body = start_of(body);
        let attempts = Attempts::default();
        Self(Box::new(Content { status, envelope, body, open, shown, attempts, signature_mismatch: None }))
    }

    /// Returns the `Code`, e.g. `UserBusy`; empty if the response had none.
    #[must_use]
    pub fn code(&self) -> &str {
        self.0.envelope.code.as_deref().unwrap_or_default()
    }

    /// Returns the message with sensitive values replaced, at most 2 KiB; empty if the response had none. If a message
    /// quotes the text that the service signed, only its first sentence is returned. [`raw_body`](Self::raw_body) has
    /// the message as it came.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.shown.message
    }

    /// Returns the HTTP status; 200 is possible.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// Returns the service's id of this request; the support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.envelope.request_id.as_deref()
    }

    /// Returns the host that responded.
    #[must_use]
    pub fn host_id(&self) -> Option<&str> {
        self.0.envelope.host_id.as_deref()
    }

    /// Returns the address of the service's help on this error.
    #[must_use]
    pub fn recommend(&self) -> Option<&str> {
        self.0.envelope.recommend.as_deref()
    }

    /// Returns the arguments of the message, as the service lists them. They may be phone numbers.
    #[must_use]
    pub fn params(&self) -> &[String] {
        &self.0.envelope.params
    }

    /// Returns the body as it came, at most 64 KiB. It may hold phone numbers.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.0.body
    }

    /// Returns the difference between the text that the service signed and this client's, if the service refused the
    /// signature and its message shows that text or its hash.
    #[must_use]
    pub fn signature_mismatch(&self) -> Option<&SignatureMismatch> {
        self.0.signature_mismatch.as_ref()
    }

    /// Sets whether the request may have been carried out. Only the whole response shows this.
    pub(crate) fn leaving_it_open(mut self, open: bool) -> Self {
        self.0.open = open;
        self
    }

    pub(crate) fn outcome_is_unknown(&self) -> bool {
        self.0.open
    }

    pub(crate) fn is_about_the_signature(&self) -> bool {
        matches!(self.code(), "SignatureDoesNotMatch" | "IncompleteSignature")
    }

    /// Returns the message as it came. It may hold phone numbers.
    pub(crate) fn raw_message(&self) -> &str {
        self.0.envelope.message.as_deref().unwrap_or_default()
    }

    pub(crate) fn set_signature_mismatch(&mut self, mismatch: Option<SignatureMismatch>) {
        if mismatch.is_some() {
            // The rest quotes the text that the service signed, which may hold other values than the request.
            let sentence = self.message().split_inclusive(". ").next().unwrap_or_default();
            self.0.shown.message = sentence.trim_end().to_owned();
        }
        self.0.signature_mismatch = mismatch;
    }

    /// Returns the code with sensitive values replaced.
    pub(super) fn shown_code(&self) -> &str {
        &self.0.shown.code
    }

    /// Returns the request id with sensitive values replaced.
    pub(super) fn redacted_request_id(&self) -> Option<&str> {
        self.0.shown.request_id.as_deref()
    }

    pub(super) fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    pub(super) fn set_attempts(&mut self, attempts: Attempts) {
        self.0.attempts = attempts;
    }

    /// Returns the `count` parts of the message for which a documented message has `%s`; `None` for each that is
    /// missing.
    pub(crate) fn arguments(&self, documented: &[DocumentedError], count: usize) -> Vec<Option<String>> {
        let message = self.0.envelope.message.as_deref().unwrap_or_default();
        let templates = documented.iter().map(|error| error.message).filter(|template| !template.is_empty());
        arguments(templates, message, &self.0.envelope.params, count)
            .into_iter()
            .map(|argument| argument.map(str::to_owned))
            .collect()
    }

    /// Tells whether an argument of the message may be shown: it may if the redacted message holds it.
    pub(crate) fn shows(&self, argument: &str) -> bool {
        self.message().contains(argument)
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown { code, message, request_id } = &self.0.shown;
        f.write_str(if code.is_empty() { "no error code" } else { code })?;
        if !message.is_empty() {
            write!(f, ": {message}")?;
        }
        write!(f, " (HTTP {}", self.status())?;
        if let Some(id) = request_id {
            write!(f, ", request id {id}")?;
        }
        f.write_str(")")?;
        match &self.0.signature_mismatch {
            Some(mismatch) => write!(f, "; {mismatch}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown { code, message, request_id } = &self.0.shown;
        f.debug_struct("ServiceError")
            .field("code", code)
            .field("message", message)
            .field("status", &self.status())
            .field("request_id", request_id)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ServiceError {}

/// The error of operations that document no code.
impl OperationError for ServiceError {
    const DOCUMENTED: &'static [DocumentedError] = &[];

    fn from_service(service: ServiceError) -> Self {
        service
    }

    fn service(&self) -> &ServiceError {
        self
    }
}

/// Cuts the parts that an error keeps.
fn shorten(envelope: &mut Envelope) {
    let names =
        [&mut envelope.code, &mut envelope.request_id, &mut envelope.host_id, &mut envelope.recommend];
    for name in names.into_iter().flatten() {
        cut(name, LONGEST_NAME);
    }
    if let Some(message) = &mut envelope.message {
        cut(message, LONGEST_MESSAGE);
    }
    envelope.params.truncate(MOST_PARAMS);
    envelope.params.shrink_to_fit();
    for param in &mut envelope.params {
        cut(param, LONGEST_NAME);
    }
}
