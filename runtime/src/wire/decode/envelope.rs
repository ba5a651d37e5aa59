//! The envelope: the fields that every response may have at its top level.

use serde::Deserializer;
use serde_json::value::RawValue;

use super::context::Sink;
use super::{Context, Structure, fill};
use crate::wire::codes::says_success;

/// The fields that every response may have at its top level, success or refusal.
///
/// Debug does not show message and params, which may hold phone numbers.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// `Code`: the outcome. `ErrorCode` replaces it if there is none, or if it means success although `Success` is
    /// false. An empty code counts as none.
    pub code: Option<String>,
    /// `Message`, or `ErrorMessage` if there is no `Message`: the outcome in words.
    pub message: Option<String>,
    /// `RequestId`: the service's id of this request.
    pub request_id: Option<String>,
    /// `HostId`: the host that responded.
    pub host_id: Option<String>,
    /// `Recommend`: where to find help on an error.
    pub recommend: Option<String>,
    /// `Params`: arguments of the message.
    pub params: Vec<String>,
    /// `Success`: whether the service reports success.
    pub success: Option<bool>,
    pub(crate) error_code: Option<String>,
    pub(crate) error_message: Option<String>,
}

impl Envelope {
    /// Tells whether nothing in it says that the request failed: the code means success or is missing. The HTTP status
    /// counts too, and a product may have other codes for success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.success != Some(false) && self.code.as_deref().is_none_or(says_success)
    }

    /// Returns the index of a field by its name in any case, and whether the case is exact.
    pub(super) fn place_of(name: &str) -> Option<(usize, bool)> {
        if let Some(index) = Self::FIELDS.iter().position(|field| *field == name) {
            return Some((index, true));
        }
        let index = Self::FIELDS.iter().position(|field| field.eq_ignore_ascii_case(name))?;
        Some((index, false))
    }

    /// Chooses among the codes and messages that came, once everything is read.
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

    /// Takes the field at `index` from its raw JSON.
    pub(super) fn take<E: serde::de::Error>(&mut self, index: usize, raw: &RawValue) -> Result<(), E> {
        if let (Some(text), Some(plain)) = (self.text_at(index), plain_text(raw.get())) {
            *text = Some(plain.to_owned());
            return Ok(());
        }
        if index == 0 && nests(raw.get()) {
            // It has an unknown form, but it is a code.
            self.code = Some(raw.get().chars().take(LONGEST_CODE).collect());
            return Ok(());
        }
        // A value that does not fit is noted only if it does not fit the response's structure either.
        let mut silent = Sink::default();
        let mut json = serde_json::Deserializer::from_str(raw.get());
        self.decode_field(index, &mut json, silent.value()).map_err(E::custom)
    }

    /// Returns the field at `index` if it is a string.
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

/// How much of a code that is no string is kept, in characters.
const LONGEST_CODE: usize = 1024;

/// Tells whether JSON is a list or an object with something in it.
fn nests(json: &str) -> bool {
    json.starts_with(['[', '{'])
        && json.get(1..).is_some_and(|rest| !rest.trim_start().starts_with([']', '}']))
}

/// Returns the content of a JSON string without escapes; nearly all have none.
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
