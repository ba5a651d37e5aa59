//! What every answer may carry at its top level, captured while the answer is decoded.

use serde::Deserializer;
use serde_json::value::RawValue;

use super::context::Sink;
use super::{Context, Structure, fill};
use crate::wire::codes::says_success;

/// What every answer may carry at its top level, success or refusal.
///
/// Its Debug does not show message and params, which may hold phone numbers.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// `Code`: the outcome. `ErrorCode` where that alone tells of it. An empty one is none.
    pub code: Option<String>,
    /// `Message`, or `ErrorMessage` where that alone is there: the outcome in words.
    pub message: Option<String>,
    /// `RequestId`: the service's name for this exchange.
    pub request_id: Option<String>,
    /// `HostId`: the host that answered.
    pub host_id: Option<String>,
    /// `Recommend`: where help on an error is.
    pub recommend: Option<String>,
    /// `Params`: arguments of the message.
    pub params: Vec<String>,
    /// `Success`: whether the service says that it did what was asked.
    pub success: Option<bool>,
    pub(crate) error_code: Option<String>,
    pub(crate) error_message: Option<String>,
}

impl Envelope {
    /// Whether nothing in it says that the request failed: the code plainly means success, or is missing. The HTTP status
    /// has its own say, and so has the product, which may have other codes for success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.success != Some(false) && self.code.as_deref().is_none_or(says_success)
    }

    /// The position of a field by its name in whatever case, and whether it is the very name.
    pub(super) fn place_of(name: &str) -> Option<(usize, bool)> {
        if let Some(index) = Self::FIELDS.iter().position(|field| *field == name) {
            return Some((index, true));
        }
        let index = Self::FIELDS.iter().position(|field| field.eq_ignore_ascii_case(name))?;
        Some((index, false))
    }

    /// Makes one code of those that came, once all of it is read.
    pub(super) fn settle(&mut self) {
        for text in [&mut self.code, &mut self.error_code, &mut self.request_id] {
            if let Some(found) = text {
                let trimmed = found.trim();
                if trimmed.is_empty() {
                    *text = None;
                } else if trimmed.len() < found.len() {
                    *found = trimmed.to_owned();
                }
            }
        }
        let error_code = self.error_code.take();
        let failed = self.success == Some(false);
        if self.code.as_deref().is_none_or(|code| failed && says_success(code)) && error_code.is_some() {
            self.code = error_code;
        }
        let error_message = self.error_message.take();
        if self.message.as_deref().is_none_or(str::is_empty) && error_message.is_some() {
            self.message = error_message;
        }
    }

    /// Takes the field at a position from its raw JSON.
    pub(super) fn take<E: serde::de::Error>(&mut self, index: usize, raw: &RawValue) -> Result<(), E> {
        if let (Some(text), Some(plain)) = (self.text_at(index), plain_text(raw.get())) {
            *text = Some(plain.to_owned());
            return Ok(());
        }
        if index == 0 && nests(raw.get()) {
            // Nobody knows what it says, but it says something.
            self.code = Some(raw.get().chars().take(LONGEST_CODE).collect());
            return Ok(());
        }
        // What does not fit here is a finding only if it does not fit the answer's structure either.
        let mut silent = Sink::default();
        let mut json = serde_json::Deserializer::from_str(raw.get());
        self.decode_field(index, &mut json, silent.value()).map_err(E::custom)
    }

    /// The field at a position, if it is a text.
    fn text_at(&mut self, index: usize) -> Option<&mut Option<String>> {
        match index {
            0 => Some(&mut self.code),
            1 => Some(&mut self.message),
            2 => Some(&mut self.request_id),
            3 => Some(&mut self.host_id),
            4 => Some(&mut self.recommend),
            7 => Some(&mut self.error_code),
            8 => Some(&mut self.error_message),
            _ => None,
        }
    }
}

impl Structure for Envelope {
    const FIELDS: &'static [&'static str] = &[
        "Code",
        "Message",
        "RequestId",
        "HostId",
        "Recommend",
        "Params",
        "Success",
        "ErrorCode",
        "ErrorMessage",
    ];

    fn decode_field<'de, D: Deserializer<'de>>(
        &mut self,
        index: usize,
        deserializer: D,
        context: Context<'_>,
    ) -> Result<(), D::Error> {
        match self.text_at(index) {
            Some(text) => fill(text, deserializer, context),
            None if index == 6 => fill(&mut self.success, deserializer, context),
            None => fill(&mut self.params, deserializer, context),
        }
    }
}

/// How much is kept of a code that is no text, in characters.
const LONGEST_CODE: usize = 1024;

/// Whether JSON is a list or an object with something in it.
fn nests(json: &str) -> bool {
    json.starts_with(['[', '{'])
        && json.get(1..).is_some_and(|rest| !rest.trim_start().starts_with([']', '}']))
}

/// What a JSON text says, if it says it without escapes; nearly all do.
fn plain_text(json: &str) -> Option<&str> {
    let inside = json.strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains('\\')).then_some(inside)
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Envelope")
            .field("code", &self.code)
            .field("request_id", &self.request_id)
            .field("host_id", &self.host_id)
            .field("success", &self.success)
            .finish_non_exhaustive()
    }
}
