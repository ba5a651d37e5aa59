//! What every answer may carry at its top level, captured while the answer is decoded.

use serde::Deserializer;
use serde_json::value::RawValue;

use super::context::Sink;
use super::{Context, Structure, fill};

/// What every answer may carry at its top level, success or refusal.
///
/// Its Debug does not show message and params, which may hold phone numbers.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// `Code`: the outcome.
    pub code: Option<String>,
    /// `Message`: the outcome in words.
    pub message: Option<String>,
    /// `RequestId`: the service's name for this exchange.
    pub request_id: Option<String>,
    /// `HostId`: the host that answered.
    pub host_id: Option<String>,
    /// `Recommend`: where help on an error is.
    pub recommend: Option<String>,
    /// `Params`: arguments of the message.
    pub params: Vec<String>,
}

impl Envelope {
    /// Whether the code is one of those that mean success, or missing. The HTTP status has its own say.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.code.as_deref().is_none_or(|code| matches!(code, "OK" | "200" | "Success"))
    }

    /// Takes the field at a position from its raw JSON.
    pub(super) fn take<E: serde::de::Error>(&mut self, index: usize, raw: &RawValue) -> Result<(), E> {
        if let (Some(text), Some(plain)) = (self.text_at(index), plain_text(raw.get())) {
            *text = Some(plain.to_owned());
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
            _ => None,
        }
    }
}

impl Structure for Envelope {
    const FIELDS: &'static [&'static str] =
        &["Code", "Message", "RequestId", "HostId", "Recommend", "Params"];

    fn index_of(name: &str) -> Option<usize> {
        match name {
            "Code" => Some(0),
            "Message" => Some(1),
            "RequestId" => Some(2),
            "HostId" => Some(3),
            "Recommend" => Some(4),
            "Params" => Some(5),
            _ => None,
        }
    }

    fn decode_field<'de, D: Deserializer<'de>>(
        &mut self,
        index: usize,
        deserializer: D,
        context: Context<'_>,
    ) -> Result<(), D::Error> {
        match self.text_at(index) {
            Some(text) => fill(text, deserializer, context),
            None => fill(&mut self.params, deserializer, context),
        }
    }
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
            .finish_non_exhaustive()
    }
}
