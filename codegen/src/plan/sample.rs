//! An answer for the local endpoint to imitate: the page's JSON sample, or one put together from
//! the samples of its fields.

use ccc_spec::link;
use ccc_spec::model::{Field, Operation, ProductSpec, SampleFormat, Shape};
use serde_json::Value;

/// The response as JSON text. The word for none, which samples put where a value is absent, is null.
pub(super) fn answer(spec: &ProductSpec, operation: &Operation) -> String {
    operation
        .samples
        .responses
        .iter()
        .filter(|sample| sample.format == SampleFormat::Json)
        .map(|sample| &sample.text)
        .find(|text| matches!(serde_json::from_str(text), Ok(Value::Object(_))))
        .map_or_else(
            || object(&link::expand(spec, operation).response, 0),
            |text| text.replace(r#""无""#, "null"),
        )
}

fn object(fields: &[Field], depth: usize) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let indent = "    ".repeat(depth + 1);
    let members: Vec<String> = fields
        .iter()
        .map(|field| {
            let value = value(&field.shape, field.sample.as_deref(), depth + 1);
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

    use super::answer;
    use crate::fixtures::{field, operation, structure};

    fn sample(text: &str) -> Sample {
        Sample { format: SampleFormat::Json, text: text.to_owned() }
    }

    #[test]
    fn the_pages_sample_is_taken_as_it_stands() {
        let mut operation = operation("A");
        operation.samples.responses = vec![sample("{ torn"), sample("{\n  \"X\" : 1\n}")];
        assert_eq!(answer(&ProductSpec::default(), &operation), "{\n  \"X\" : 1\n}");
    }

    #[test]
    fn without_a_readable_sample_one_is_put_together_from_the_fields() {
        let with = |name, shape, sample: &str| Field { sample: Some(sample.into()), ..field(name, shape) };
        let pairs = Shape::List {
            element: Box::new(structure(None, [with("Name", Shape::string(), "a\"b")])),
            wrapper: Some("Pair".into()),
        };
        let operation = Operation {
            response: vec![
                field("Pairs", pairs),
                with("Total", Shape::Long, "7"),
                with("Ids", Shape::list_of(Shape::string()), "无"),
            ],
            ..operation("A")
        };
        let expected = "{\n    \"Pairs\": {\"Pair\": [{\n        \"Name\": \"a\\\"b\"\n    }]},\n    \
                        \"Total\": 7,\n    \"Ids\": []\n}";
        assert_eq!(answer(&ProductSpec::default(), &operation), expected);
    }
}
