//! Decodes a body: text, format, top level.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeSeed as _;

use serde_json::error::Category;

use super::context::{Context, Sink};
use super::data::{Data, DataSeed};
use super::repair::repair;
use super::{Decode, Decoded, Format};

/// How many places of a text may be invalid UTF-8. A body with more is no text, and would grow threefold.
const MOST_NOT_UTF8: usize = 4096;

/// Decodes the body of a response.
///
/// # Errors
///
/// If the body as a whole is not in this format: empty, cut short, the page of a gateway. Values that do not fit become
/// notes.
pub fn decode<T: Decode + Default>(format: Format, body: &[u8]) -> Result<Decoded<T>, Malformed> {
    let mut value = T::default();
    let Decoded { value: (), envelope, notes, unknown } = decode_into(format, body, &mut value)?;
    Ok(Decoded { value, envelope, notes, unknown })
}

/// A value that a response is read into. Its type is hidden, so code using it is compiled once.
pub(crate) trait Target {
    /// Returns the names of its fields.
    fn fields(&self) -> &'static [&'static str];

    /// Reads a response and replaces the value.
    fn read(&mut self, json: &mut Json<'_>, context: Context<'_>) -> Result<(), serde_json::Error>;
}

/// Reads JSON from a string.
type Json<'t> = serde_json::Deserializer<serde_json::de::StrRead<'t>>;

impl<T: Decode + Default> Target for T {
    fn fields(&self) -> &'static [&'static str] {
        T::FIELDS
    }

    fn read(&mut self, json: &mut Json<'_>, context: Context<'_>) -> Result<(), serde_json::Error> {
        self.decode_over(json, context)
    }
}

/// Decodes the body of a response and replaces a value.
pub(crate) fn decode_into(
    format: Format,
    body: &[u8],
    value: &mut dyn Target,
) -> Result<Decoded<()>, Malformed> {
    let text = text_of(body)?;
    let was_utf8 = matches!(text, Cow::Borrowed(_));
    let json = json_of(format, &text, value.fields())?;
    let mut sink = Sink::default();
    if let Err(error) = read(&json, value, &mut sink) {
        let mended = repair(&json).ok_or_else(|| Malformed::json(&error))?;
        sink = Sink::default();
        sink.note_body("mended: it held characters, values or commas that JSON does not allow");
        read(&mended, value, &mut sink).map_err(|_| Malformed::json(&error))?;
    }
    if !was_utf8 {
        sink.note_body("mended: it held bytes that are not UTF-8");
    }
    let Sink { mut envelope, notes, unknown, .. } = sink;
    envelope.settle();
    Ok(Decoded { value: (), envelope, notes, unknown })
}

/// Tells which data a body holds besides the envelope. `fields` are those that its operation documents.
pub(crate) fn data_in(format: Format, body: &[u8], fields: &'static [&'static str]) -> Data {
    let Ok(text) = text_of(body) else { return Data::default() };
    let Ok(json) = json_of(format, &text, fields) else { return Data::default() };
    let read = |json: &str| DataSeed { fields }.deserialize(&mut serde_json::Deserializer::from_str(json));
    read(&json).or_else(|error| repair(&json).map_or(Err(error), |mended| read(&mended))).unwrap_or_default()
}

fn text_of(body: &[u8]) -> Result<Cow<'_, str>, Malformed> {
    match std::str::from_utf8(body) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) if is_no_text(body) => Err(Malformed::new("the body is not text")),
        Err(_) => Ok(String::from_utf8_lossy(body)),
    }
}

fn json_of<'t>(format: Format, text: &'t str, fields: &[&str]) -> Result<Cow<'t, str>, Malformed> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Malformed::new("the body is empty"));
    }
    let json = match format {
        Format::Json => Cow::Borrowed(text),
        Format::Xml => Cow::Owned(super::xml::to_json(text, fields)?),
    };
    if !json.starts_with('{') {
        return Err(Malformed::new("the body is not a JSON object"));
    }
    Ok(json)
}

fn is_no_text(body: &[u8]) -> bool {
    body.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count() > MOST_NOT_UTF8
}

fn read(json: &str, value: &mut dyn Target, sink: &mut Sink) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    value.read(&mut deserializer, sink.response())?;
    if deserializer.end().is_err() {
        sink.note_body("more text after the response was ignored");
    }
    Ok(())
}

/// A body that is not in its format. The text does not quote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    reason: String,
}

impl Malformed {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }

    fn json(error: &serde_json::Error) -> Self {
        // Syntax errors say what was expected where and quote nothing. The others are our own.
        match error.classify() {
            Category::Data => Self::new(format!("the body cannot be a response: {error}")),
            Category::Eof => Self::new(format!("the body is cut short: {error}")),
            Category::Syntax | Category::Io => Self::new(format!("the body is not JSON: {error}")),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Malformed {}
