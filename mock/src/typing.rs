//! The documented sample with its values typed as the page's tables say, not as its sample writes them.

use serde_json::{Map, Number, Value};

use acs_runtime::description::{FieldDescription, Kind};

/// How the endpoint types the values of its answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Typing {
    /// As the documented sample writes them: numbers, booleans and lists often in strings, and a word for nothing.
    AsDocumented,
    /// As the documented tables say and the service sends: numbers, booleans and lists as such, nothing left out.
    #[default]
    Proper,
}

/// What samples write where there is no value.
const NONE: &str = "无";

/// The fields of an object, each as its description says; fields without a description stay.
pub(super) fn proper_fields(object: Map<String, Value>, fields: &[FieldDescription]) -> Map<String, Value> {
    object
        .into_iter()
        .filter_map(|(name, value)| {
            let value = match fields.iter().find(|field| field.name == name) {
                Some(field) => proper(value, &field.kind)?,
                None => value,
            };
            Some((name, value))
        })
        .collect()
}

/// A value as its kind says; `None` if the sample says that there is none, or shows one that is not of the kind.
fn proper(value: Value, kind: &Kind) -> Option<Value> {
    match kind {
        Kind::Text { .. } => (value != NONE).then_some(value),
        Kind::Integer | Kind::Long => text(&value).parse::<i64>().ok().map(Value::from),
        Kind::Float => text(&value).parse().ok().and_then(Number::from_f64).map(Value::Number),
        Kind::Within { kind, .. } => proper(value, kind),
        Kind::Boolean => text(&value).parse::<bool>().ok().map(Value::Bool),
        Kind::Json => Some(inner(value)).filter(|value| value != NONE),
        Kind::Structure { fields } => match inner(value) {
            Value::Object(object) => Some(Value::Object(proper_fields(object, fields))),
            _ => None,
        },
        Kind::List { element, wrapper, .. } => {
            let value = inner(value);
            match (wrapper, value) {
                (Some(wrapper), Value::Object(mut object)) => {
                    let list = list(object.remove(*wrapper).unwrap_or_default(), element);
                    Some(Value::Object([((*wrapper).to_owned(), list)].into_iter().collect()))
                }
                (_, value) => Some(list(value, element)),
            }
        }
        Kind::Map { value: kind } => match inner(value) {
            Value::Object(object) => {
                let values = object.into_iter().filter_map(|(key, value)| Some((key, proper(value, kind)?)));
                Some(Value::Object(values.collect()))
            }
            _ => Some(Value::Object(Map::new())),
        },
    }
}

fn list(value: Value, element: &Kind) -> Value {
    let elements = match value {
        Value::Array(elements) => elements,
        Value::Null => Vec::new(),
        value if value == NONE || value == "" => Vec::new(),
        single => vec![single],
    };
    Value::Array(elements.into_iter().filter_map(|value| proper(value, element)).collect())
}

/// What a string holds if it holds JSON; any other value as it is.
fn inner(value: Value) -> Value {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(value)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: Kind = Kind::Text { values: &[] };

    fn typed(value: Value, kind: Kind) -> Option<Value> {
        proper(value, &kind)
    }

    #[test]
    fn scalars_leave_their_strings() {
        assert_eq!(typed(json!("1609225718295"), Kind::Long), Some(json!(1_609_225_718_295_i64)));
        assert_eq!(typed(json!("false"), Kind::Boolean), Some(json!(false)));
        assert_eq!(typed(json!("0.5"), Kind::Float), Some(json!(0.5)));
        assert_eq!(typed(json!(200), Kind::Integer), Some(json!(200)));
    }

    #[test]
    fn text_stays_text_even_if_it_looks_like_a_list() {
        assert_eq!(typed(json!("[]"), TEXT), Some(json!("[]")));
    }

    #[test]
    fn word_for_nothing_becomes_nothing() {
        const LIST: Kind = Kind::List { element: &TEXT, wrapper: None };
        assert_eq!(typed(json!("无"), TEXT), None);
        assert_eq!(typed(json!("无"), LIST), Some(json!([])));
        assert_eq!(typed(json!("无"), Kind::Map { value: &TEXT }), Some(json!({})));
        assert_eq!(typed(json!("无"), Kind::Integer), None);
    }

    #[test]
    fn list_leaves_its_string_or_stands_for_its_only_element() {
        const LIST: Kind = Kind::List { element: &Kind::Long, wrapper: None };
        assert_eq!(typed(json!("[\"1\", 2]"), LIST), Some(json!([1, 2])));
        assert_eq!(typed(json!("7"), LIST), Some(json!([7])));
    }

    #[test]
    fn wrapped_list_keeps_its_wrapper() {
        const LIST: Kind = Kind::List { element: &Kind::Long, wrapper: Some("Id") };
        assert_eq!(typed(json!({"Id": ["1"]}), LIST), Some(json!({"Id": [1]})));
    }

    #[test]
    fn undocumented_fields_stay() {
        const A: FieldDescription = FieldDescription::new("A", Kind::Integer);
        let Value::Object(object) = json!({"A": "1", "B": "1"}) else { panic!("an object") };
        assert_eq!(Value::Object(proper_fields(object, &[A])), json!({"A": 1, "B": "1"}));
    }
}
