//! Compact JSON for parameters that are sent as one string.

use super::ParameterValue;

/// Appends an object; absent values are left out.
pub fn write_json_object<'a>(
    fields: impl IntoIterator<Item = (&'a str, &'a dyn ParameterValue)>,
    json: &mut String,
) {
    json.push('{');
    let mut first = true;
    for (name, value) in fields {
        if value.is_absent() {
            continue;
        }
        if !std::mem::take(&mut first) {
            json.push(',');
        }
        write_json_text(name, json);
        json.push(':');
        value.write_json(json);
    }
    json.push('}');
}

/// Appends a list.
pub(crate) fn write_json_list<T: ParameterValue>(values: &[T], json: &mut String) {
    json.push('[');
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        value.write_json(json);
    }
    json.push(']');
}

/// Appends a string.
pub(crate) fn write_json_text(text: &str, json: &mut String) {
    // Only `Value`'s Display writes a string in serde_json without a `Result`.
    json.push_str(&serde_json::Value::from(text).to_string());
}
