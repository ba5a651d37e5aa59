//! JSON inside of strings: in sample values of cells, and in samples.

use crate::model::SampleFormat;
use crate::sample::{self, Tree, Value};

/// Returns the elements of a JSON list in a string.
pub(super) fn embedded_list(text: &str) -> Option<Vec<Tree<'_>>> {
    match embedded(text, '[', ']')? {
        Value::List(elements) => Some(elements),
        _ => None,
    }
}

/// Returns whether a string is a JSON object.
pub(super) fn embedded_object(text: &str) -> bool {
    matches!(embedded(text, '{', '}'), Some(Value::Object(_)))
}

/// Returns the JSON in a string, if such brackets enclose it.
pub(super) fn embedded(text: &str, open: char, close: char) -> Option<Value<'_>> {
    let text = text.trim();
    let is_enclosed = text.starts_with(open) && text.ends_with(close);
    is_enclosed.then(|| sample::parse(SampleFormat::Json, text, 0).tree).flatten().map(|tree| tree.value)
}
