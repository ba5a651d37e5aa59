//! Converts samples to values of their types, because pages write numbers, booleans and lists as text.

use ccc_spec::link;
use ccc_spec::model::{Field, Operation, ProductSpec, Shape};

use crate::json::{Json, Object};
use crate::plan;

/// Returns the page's sample response, or one built from the samples of its fields.
pub(super) fn response(spec: &ProductSpec, operation: &Operation) -> Option<Json> {
    let sample = serde_json::from_str(&plan::sample_response(spec, operation)).ok()?;
    match sample {
        Json::Object(object) => Some(fields(object, &link::expand(spec, operation).response).into()),
        _ => None,
    }
}

/// Converts the text of a scalar to its value.
pub(super) fn scalar_from_text(text: &str, shape: &Shape) -> Option<Json> {
    match shape {
        Shape::String { .. } | Shape::Shared { .. } => Some(text.into()).filter(|_| !text.trim().is_empty()),
        Shape::Integer | Shape::Long | Shape::Float | Shape::Boolean => value(text.into(), shape),
        Shape::Json | Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. } => None,
    }
}

/// Returns a text as a string if it is a JSON object or list.
pub(super) fn json_text(text: &str) -> Option<Json> {
    match serde_json::from_str(text) {
        Ok(Json::Object(_) | Json::List(_)) => Some(text.into()),
        _ => None,
    }
}

/// Converts the members that are fields to their shapes; others stay as they are.
fn fields(object: Object, fields: &[Field]) -> Object {
    let mut typed = Object::new();
    for (name, member) in object.into_members() {
        let member = match fields.iter().find(|field| field.name == name) {
            Some(field) if field.as_text => scalar_text(member),
            Some(field) => value(member, &field.shape),
            None => Some(member),
        };
        if let Some(member) = member {
            typed.add(name, member);
        }
    }
    typed
}

/// Converts a sample to a value of a shape; `None` if it is not one.
fn value(sample: Json, shape: &Shape) -> Option<Json> {
    match shape {
        Shape::String { .. } => scalar_text(sample),
        Shape::Integer | Shape::Long => scalar(&sample)?.trim().parse::<i64>().ok().map(Json::from),
        Shape::Float => serde_json::from_str(scalar(&sample)?.trim()).ok().map(Json::Number),
        Shape::Boolean => scalar(&sample)?.trim().parse().ok().map(Json::Bool),
        Shape::Json | Shape::Shared { .. } => Some(sample),
        Shape::Structure { fields: members, .. } => match inner(sample) {
            Json::Object(object) => Some(fields(object, members).into()),
            _ => None,
        },
        Shape::List { element, wrapper } => match (wrapper, inner(sample)) {
            (Some(wrapper), Json::Object(mut object)) => {
                let list = list(object.remove(wrapper)?, element);
                Some(Object::new().with(wrapper, list).into())
            }
            (Some(_), _) => None,
            (None, sample) => Some(list(sample, element)),
        },
        Shape::Map { value: shape } => match inner(sample) {
            Json::Object(object) => {
                let mut typed = Object::new();
                for (name, member) in object.into_members() {
                    if let Some(member) = value(member, shape) {
                        typed.add(name, member);
                    }
                }
                Some(typed.into())
            }
            _ => None,
        },
    }
}

fn list(sample: Json, element: &Shape) -> Json {
    let elements = match inner(sample) {
        Json::List(elements) => elements,
        Json::Null => Vec::new(),
        Json::Text(text) if text.is_empty() => Vec::new(),
        single => vec![single],
    };
    let typed = elements.into_iter().filter(|sample| *sample != Json::Null);
    Json::List(typed.filter_map(|sample| value(sample, element)).collect())
}

/// Parses a string that holds JSON; returns any other value as it is.
fn inner(sample: Json) -> Json {
    match &sample {
        Json::Text(text) => serde_json::from_str(text).unwrap_or(sample),
        _ => sample,
    }
}

fn scalar_text(sample: Json) -> Option<Json> {
    match sample {
        Json::Text(_) | Json::Null => Some(sample),
        other => scalar(&other).map(Json::Text),
    }
}

/// Returns the text of a scalar.
fn scalar(sample: &Json) -> Option<String> {
    match sample {
        Json::Text(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}
