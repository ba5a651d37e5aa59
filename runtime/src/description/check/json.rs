//! Checks a JSON value against the kind that its page documents.

use serde_json::Value;

use super::{Problem, scalar};
use crate::description::Kind;

/// Reports the parts of a JSON value that are not of their kind. `path` leads to the value, as in `Cases[0].Name`; it
/// holds no part of the value itself, so keys of maps are left out.
///
/// As in the service, a number or boolean may be written as a string and the other way round, and null counts as absent.
pub(super) fn check(path: &str, value: &Value, kind: &Kind, report: &mut impl FnMut(&str, Problem)) {
    let mut wrong = |wanted| report(path, Problem::Format { wanted });
    match (kind, value) {
        (_, Value::Null) | (Kind::Json, _) => {}
        (Kind::Structure { fields }, Value::Object(members)) => {
            for field in *fields {
                let path = format!("{path}.{}", field.name);
                match members.get(field.name) {
                    None | Some(Value::Null) if field.required => report(&path, Problem::Missing),
                    None => {}
                    Some(member) => check(&path, member, &field.kind, report),
                }
            }
        }
        (Kind::List { element, .. }, Value::Array(elements)) => {
            for (index, value) in elements.iter().enumerate() {
                check(&format!("{path}[{index}]"), value, element, report);
            }
        }
        (Kind::Map { value: kind }, Value::Object(members)) => {
            for value in members.values() {
                check(&format!("{path}.*"), value, kind, report);
            }
        }
        (Kind::List { .. }, _) => wrong("It must be a JSON list."),
        (Kind::Structure { .. } | Kind::Map { .. }, _) => wrong("It must be a JSON object."),
        (_, Value::Array(_) | Value::Object(_)) => {
            wrong("It must be a single value, not a list or an object.");
        }
        (_, Value::String(text)) => {
            if let Some(problem) =
                Some(text).filter(|text| !text.is_empty()).and_then(|text| scalar(text, kind))
            {
                report(path, problem);
            }
        }
        (_, Value::Bool(_) | Value::Number(_)) => {
            if let Some(problem) = scalar(&value.to_string(), kind) {
                report(path, problem);
            }
        }
    }
}
