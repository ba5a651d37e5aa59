//! What every answer may carry at its top level, captured while the answer is decoded.

use serde::Deserializer;

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
        match index {
            0 => fill(&mut self.code, deserializer, context),
            1 => fill(&mut self.message, deserializer, context),
            2 => fill(&mut self.request_id, deserializer, context),
            3 => fill(&mut self.host_id, deserializer, context),
            4 => fill(&mut self.recommend, deserializer, context),
            _ => fill(&mut self.params, deserializer, context),
        }
    }
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
