//! JSON inside strings: some services write lists and objects as a string.

use serde_json::value::RawValue;

use super::{Context, Decode};

/// Returns the list or object that a string holds, if it holds nothing else.
pub(super) fn json_inside(text: &str) -> Option<&str> {
    let text = text.trim();
    let promising = text.starts_with(['[', '{']);
    (promising && serde_json::from_str::<&RawValue>(text).is_ok()).then_some(text)
}

/// Decodes JSON from a string of its own.
pub(super) fn nested<T: Decode, E: serde::de::Error>(
    json: &str,
    context: Context<'_>,
) -> Result<Option<T>, E> {
    T::decode(&mut serde_json::Deserializer::from_str(json), context).map_err(E::custom)
}

/// Writes a text as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Appends a text as a JSON string.
pub(super) fn write_quoted(text: &str, json: &mut String) {
    json.push_str(&quoted(text));
}
