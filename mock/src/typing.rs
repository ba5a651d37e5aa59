//! Values in the types that an operation's page documents.

use acs_runtime::description::{FieldDescription, Kind};
use serde_json::{Map, Number, Value, json};

/// How the endpoint types the values of its responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Typing {
    /// As the documented sample writes them: numbers, booleans and lists often in strings, and a word in place of an
    /// absent value.
    AsDocumented,
    /// As the documented tables define them and the service sends them: numbers, booleans and lists as JSON, and no field
    /// for an absent value.
    #[default]
    Proper,
}

/// Where values come from. It decides how they are read, and what happens to fields that the page does not document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The page's sample, which often writes values as strings. A value that does not fit its field is left out;
    /// undocumented fields stay.
    Sample,
    /// A world. A value that does not fit is null; undocumented fields are left out.
    World,
    /// A test. A value that does not fit is null; undocumented fields stay.
    Test,
}

/// The word that samples write in place of an absent value.
const NONE: &str = "无";

/// Converts the fields of an object to their documented types.
pub(super) fn typed_fields(
    object: Map<String, Value>,
    fields: &[FieldDescription],
    source: Source,
) -> Map<String, Value> {
    let convert = |(name, value)| match fields.iter().find(|field| field.name == name) {
        Some(field) => Some((name, typed(value, &field.kind, source)?)),
        None if source == Source::World => None,
        None => Some((name, value)),
    };
    object.into_iter().filter_map(convert).collect()
}

/// Converts a value to its documented type; `None` means that the field is left out.
pub(super) fn typed(value: Value, kind: &Kind, source: Source) -> Option<Value> {
    let value = match source {
        Source::Sample => from_sample(value, kind)?,
        Source::World | Source::Test => from_json(value, kind),
    };
    Some(match (kind, value) {
        (Kind::Within { kind, .. }, value) => typed(value, kind, source)?,
        (Kind::Structure { fields }, Value::Object(object)) => {
            Value::Object(typed_fields(object, fields, source))
        }
        (Kind::Map { value: kind }, Value::Object(object)) => {
            let entries =
                object.into_iter().filter_map(|(key, value)| Some((key, typed(value, kind, source)?)));
            Value::Object(entries.collect())
        }
        (Kind::List { element, wrapper }, Value::Array(elements)) => {
            let elements = elements.into_iter().filter_map(|value| typed(value, element, source));
            let list = Value::Array(elements.collect());
            match wrapper {
                Some(wrapper) => json!({ (*wrapper): list }),
                None => list,
            }
        }
        (_, value) => value,
    })
}

/// Reads a sample's value as JSON of its kind; a list is returned without its wrapper.
fn from_sample(value: Value, kind: &Kind) -> Option<Value> {
    match kind {
        Kind::Text { .. } => Some(value).filter(|value| value != NONE),
        Kind::Integer | Kind::Long => text(&value).parse::<i64>().ok().map(Value::from),
        Kind::Float => text(&value).parse().ok().and_then(Number::from_f64).map(Value::Number),
        Kind::Boolean => text(&value).parse().ok().map(Value::Bool),
        Kind::Json => Some(unquoted(value)).filter(|value| value != NONE),
        Kind::Structure { .. } => Some(unquoted(value)).filter(Value::is_object),
        Kind::Map { .. } => Some(unquoted(value)).filter(Value::is_object).or_else(|| Some(json!({}))),
        Kind::List { wrapper, .. } => Some(Value::Array(match (wrapper, unquoted(value)) {
            (Some(wrapper), Value::Object(mut object)) => {
                elements(object.remove(*wrapper).unwrap_or_default())
            }
            (_, value) => elements(value),
        })),
        Kind::Within { .. } => Some(value),
    }
}

/// Returns the elements of a sample's list; a single value is a list of one.
fn elements(value: Value) -> Vec<Value> {
    match value {
        Value::Array(elements) => elements,
        Value::Null => Vec::new(),
        value if value == NONE || value == "" => Vec::new(),
        single => vec![single],
    }
}

/// Parses the JSON that a string holds; returns any other value as it is.
fn unquoted(value: Value) -> Value {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(value)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_owned())
}

/// Converts a value to its documented kind: any value to a string for text, and a string to a number or a boolean.
fn from_json(value: Value, kind: &Kind) -> Value {
    match (kind, value) {
        (
            Kind::Text { .. },
            value @ (Value::Number(_) | Value::Bool(_) | Value::Array(_) | Value::Object(_)),
        ) => Value::String(value.to_string()),
        (Kind::Integer | Kind::Long | Kind::Float, Value::String(text)) => {
            serde_json::from_str::<Value>(&text).ok().filter(Value::is_number).unwrap_or(Value::Null)
        }
        (Kind::Boolean, Value::String(text)) => text.parse().map_or(Value::Null, Value::Bool),
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Kind = Kind::Text { values: &[] };

    fn sample(value: Value, kind: Kind) -> Option<Value> {
        typed(value, &kind, Source::Sample)
    }

    #[test]
    fn numbers_and_booleans_of_a_sample_leave_their_strings() {
        assert_eq!(sample(json!("1609225718295"), Kind::Long), Some(json!(1_609_225_718_295_i64)));
        assert_eq!(sample(json!("false"), Kind::Boolean), Some(json!(false)));
        assert_eq!(sample(json!("0.5"), Kind::Float), Some(json!(0.5)));
        assert_eq!(sample(json!(200), Kind::Integer), Some(json!(200)));
    }

    #[test]
    fn text_stays_text_even_if_it_looks_like_a_list() {
        assert_eq!(sample(json!("[]"), TEXT), Some(json!("[]")));
    }

    #[test]
    fn word_for_no_value_becomes_no_value() {
        const LIST: Kind = Kind::List { element: &TEXT, wrapper: None };
        assert_eq!(sample(json!("无"), TEXT), None);
        assert_eq!(sample(json!("无"), LIST), Some(json!([])));
        assert_eq!(sample(json!("无"), Kind::Map { value: &TEXT }), Some(json!({})));
        assert_eq!(sample(json!("无"), Kind::Integer), None);
    }

    #[test]
    fn list_of_a_sample_is_read_from_a_string_or_from_its_only_element() {
        const LIST: Kind = Kind::List { element: &Kind::Long, wrapper: None };
        assert_eq!(sample(json!("[\"1\", 2]"), LIST), Some(json!([1, 2])));
        assert_eq!(sample(json!("7"), LIST), Some(json!([7])));
    }

    #[test]
    fn wrapped_list_keeps_its_wrapper() {
        const LIST: Kind = Kind::List { element: &Kind::Long, wrapper: Some("Id") };
        assert_eq!(sample(json!({"Id": ["1"]}), LIST), Some(json!({"Id": [1]})));
    }

    #[test]
    fn undocumented_fields_stay() {
        const A: FieldDescription = FieldDescription::new("A", Kind::Integer);
        let Value::Object(object) = json!({"A": "1", "B": "1"}) else { panic!("an object") };
        assert_eq!(Value::Object(typed_fields(object, &[A], Source::Sample)), json!({"A": 1, "B": "1"}));
    }
}
