//! Sample responses for the local endpoint: the page's JSON sample, or one built from the samples of its fields.

use ccc_spec::link;
use ccc_spec::model::{Field, Operation, ProductSpec, SampleFormat, Shape};
use serde_json::{Map, Value};

use crate::json::{Json, Object};

/// Returns a sample response as JSON. The word `无` (none), which samples show for an absent value, becomes null.
pub(crate) fn response(spec: &ProductSpec, operation: &Operation) -> String {
    operation
        .samples
        .responses
        .iter()
        .filter(|sample| sample.format == SampleFormat::Json)
        .map(|sample| &sample.text)
        .find(|text| matches!(serde_json::from_str(text), Ok(Value::Object(_))))
        .map_or_else(
            || object(&link::expand(spec, operation).response).to_text().trim_end().to_owned(),
            |text| {
                without_unknown_fields(
                    &text.replace(r#""无""#, "null"),
                    &link::expand(spec, operation).response,
                )
            },
        )
}

/// Removes the fields from a sample that are not in the spec, because an overlay has dropped them.
fn without_unknown_fields(text: &str, fields: &[Field]) -> String {
    let Ok(Value::Object(mut members)) = serde_json::from_str(text) else { return text.to_owned() };
    if fields.is_empty() || !prune(&mut members, fields) {
        return text.to_owned();
    }
    serde_json::to_string_pretty(&members).unwrap_or_else(|_| text.to_owned())
}

/// Removes members that no field describes. Returns whether there were any.
fn prune(members: &mut Map<String, Value>, fields: &[Field]) -> bool {
    let count = members.len();
    let field_of = |name: &str| fields.iter().find(|field| field.name.eq_ignore_ascii_case(name));
    members.retain(|name, _| field_of(name).is_some());
    let mut pruned = members.len() < count;
    for (name, value) in members {
        if let Some(Shape::Structure { fields, .. }) = field_of(name).map(|field| field.shape.core()) {
            pruned |= prune_inside(value, fields);
        }
    }
    pruned
}

/// Does the same in a structure, or in each structure of a list. The keys of maps and wrappers are not fields.
fn prune_inside(value: &mut Value, fields: &[Field]) -> bool {
    match value {
        Value::Object(members)
            if members.keys().any(|name| fields.iter().any(|field| field.name == *name)) =>
        {
            prune(members, fields)
        }
        Value::Array(elements) => {
            // Counting prunes every element; `any` would stop at the first.
            elements.iter_mut().filter_map(|element| prune_inside(element, fields).then_some(())).count() > 0
        }
        _ => false,
    }
}

/// Builds an object from the samples of its fields.
fn object(fields: &[Field]) -> Object {
    let mut object = Object::new();
    for field in fields {
        let value = match &field.sample {
            Some(text) if field.as_text => text.as_str().into(),
            sample => value(&field.shape, sample.as_deref()),
        };
        object.add(&field.name, value);
    }
    object
}

/// Builds a value of a shape from its sample. A sample of another shape becomes an empty value.
fn value(shape: &Shape, sample: Option<&str>) -> Json {
    let text = sample.unwrap_or_default();
    let json = || serde_json::from_str(text).unwrap_or(Json::Null);
    match shape {
        Shape::String { values } => {
            let first = values.first().map(|value| value.value.as_str());
            sample.or(first).unwrap_or_default().into()
        }
        Shape::Integer => text.parse::<i32>().map_or(0, i64::from).into(),
        Shape::Long => text.parse::<i64>().unwrap_or_default().into(),
        Shape::Float => Some(json()).filter(|json| matches!(json, Json::Number(_))).unwrap_or(0.into()),
        Shape::Boolean => Some(json()).filter(|json| matches!(json, Json::Bool(_))).unwrap_or(false.into()),
        Shape::Json | Shape::Shared { .. } => json(),
        Shape::Structure { fields, .. } => object(fields).into(),
        Shape::Map { .. } => {
            Some(json()).filter(|json| matches!(json, Json::Object(_))).unwrap_or(Object::new().into())
        }
        Shape::List { element, wrapper, .. } => {
            let list = match element.as_ref() {
                Shape::Structure { fields, .. } => vec![object(fields)].into(),
                _ => Some(json()).filter(|json| matches!(json, Json::List(_))).unwrap_or(Json::List(vec![])),
            };
            match wrapper {
                Some(wrapper) => Object::new().with(wrapper, list).into(),
                None => list,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ccc_spec::model::{Field, Operation, ProductSpec, Sample, SampleFormat, Shape};

    use super::response;
    use crate::fixtures::{field, operation, structure};

    fn sample(text: &str) -> Sample {
        Sample { format: SampleFormat::Json, text: text.to_owned() }
    }

    #[test]
    fn fields_that_an_overlay_has_dropped_are_not_in_the_response() {
        let room = structure(None, [field("Id", Shape::string())]);
        let mut operation =
            Operation { response: vec![field("Rooms", Shape::list_of(room))], ..operation("A") };
        operation.samples.responses =
            vec![sample(r#"{"Rooms":[{"Id":"a","Old":1},{"Id":"b","Old":2}],"Old":3}"#)];
        let response: serde_json::Value =
            serde_json::from_str(&response(&ProductSpec::default(), &operation)).expect("JSON");
        assert_eq!(response, serde_json::json!({"Rooms": [{"Id": "a"}, {"Id": "b"}]}));
    }

    #[test]
    fn the_pages_sample_is_used_unchanged() {
        let mut operation = operation("A");
        operation.samples.responses = vec![sample("{ torn"), sample("{\n  \"X\" : 1\n}")];
        assert_eq!(response(&ProductSpec::default(), &operation), "{\n  \"X\" : 1\n}");
    }

    #[test]
    fn without_a_readable_sample_one_is_built_from_the_fields() {
        let with = |name, shape, sample: &str| Field { sample: Some(sample.into()), ..field(name, shape) };
        let pairs = Shape::List {
            element: Box::new(structure(None, [with("Name", Shape::string(), "a\"b")])),
            wrapper: Some("Pair".into()),
        };
        let operation = Operation {
            response: vec![
                field("Pairs", pairs),
                with("Total", Shape::Long, "7"),
                Field { as_text: true, ..with("Share", Shape::Long, "8") },
                with("Ids", Shape::list_of(Shape::string()), "无"),
            ],
            ..operation("A")
        };
        let expected = r#"{
  "Pairs": {
    "Pair": [
      {
        "Name": "a\"b"
      }
    ]
  },
  "Total": 7,
  "Share": "8",
  "Ids": []
}"#;
        assert_eq!(response(&ProductSpec::default(), &operation), expected);
    }
}
