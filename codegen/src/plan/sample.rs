//! Sample responses for the local endpoint: the page's JSON sample, or one built from the samples of its fields.

use ccc_spec::link;
use ccc_spec::model::{Field, Operation, ProductSpec, SampleFormat, Shape};
use serde_json::{Map, Value};

/// Returns a sample response as JSON. The word that samples have in place of an absent value becomes null.
pub(crate) fn response(spec: &ProductSpec, operation: &Operation) -> String {
    operation
        .samples
        .responses
        .iter()
        .filter(|sample| sample.format == SampleFormat::Json)
        .map(|sample| &sample.text)
        .find(|text| matches!(serde_json::from_str(text), Ok(Value::Object(_))))
        .map_or_else(
            || object(&link::expand(spec, operation).response, 0),
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

fn object(fields: &[Field], depth: usize) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let indent = "    ".repeat(depth + 1);
    let members: Vec<String> = fields
        .iter()
        .map(|field| {
            let sample = field.sample.as_deref();
            let value = match sample {
                Some(text) if field.as_text => Value::from(text).to_string(),
                _ => value(&field.shape, sample, depth + 1),
            };
            format!("{indent}{}: {value}", Value::from(field.name.as_str()))
        })
        .collect();
    format!("{{\n{}\n{}}}", members.join(",\n"), "    ".repeat(depth))
}

fn value(shape: &Shape, sample: Option<&str>, depth: usize) -> String {
    let text = sample.unwrap_or_default();
    let json: Option<Value> = serde_json::from_str(text).ok();
    let fitting = |fits: fn(&Value) -> bool| json.clone().filter(&fits);
    match shape {
        Shape::String { values } => {
            let first = values.first().map(|value| value.value.as_str());
            Value::from(sample.or(first).unwrap_or_default()).to_string()
        }
        Shape::Integer => text.parse::<i32>().unwrap_or_default().to_string(),
        Shape::Long => text.parse::<i64>().unwrap_or_default().to_string(),
        Shape::Float => fitting(Value::is_number).unwrap_or(Value::from(0)).to_string(),
        Shape::Boolean => fitting(Value::is_boolean).unwrap_or(Value::from(false)).to_string(),
        Shape::Json | Shape::Shared { .. } => json.unwrap_or(Value::Null).to_string(),
        Shape::Structure { fields, .. } => object(fields, depth),
        Shape::Map { .. } => {
            fitting(Value::is_object).unwrap_or_else(|| Value::Object(Default::default())).to_string()
        }
        Shape::List { element, wrapper, .. } => {
            let list = match element.as_ref() {
                Shape::Structure { fields, .. } => format!("[{}]", object(fields, depth)),
                _ => fitting(Value::is_array).unwrap_or_else(|| Value::Array(Vec::new())).to_string(),
            };
            match wrapper {
                Some(wrapper) => format!("{{{}: {list}}}", Value::from(wrapper.as_str())),
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
        let expected = "{\n    \"Pairs\": {\"Pair\": [{\n        \"Name\": \"a\\\"b\"\n    }]},\n    \
                        \"Total\": 7,\n    \"Share\": \"8\",\n    \"Ids\": []\n}";
        assert_eq!(response(&ProductSpec::default(), &operation), expected);
    }
}
