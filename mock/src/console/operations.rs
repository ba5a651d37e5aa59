//! Operations as the form shows them: their documentation and their parameters.

use acs_runtime::description::{FieldDescription, Kind, OperationDescription};
use serde_json::{Map, Value, json};

use super::members;

/// Returns the names, areas and summaries of operations.
pub(super) fn listed(operations: impl Iterator<Item = &'static OperationDescription>) -> Value {
    let listed = operations.map(
        |operation| json!({"name": operation.action, "area": operation.area, "summary": operation.summary}),
    );
    json!({ "operations": listed.collect::<Vec<_>>() })
}

/// Returns the documentation and the parameters of an operation.
pub(super) fn described(operation: &OperationDescription) -> Value {
    let errors = operation
        .errors
        .iter()
        .map(|error| json!({"code": error.code, "status": error.status, "message": error.message}));
    json!({
        "name": operation.action,
        "version": operation.version,
        "area": operation.area,
        "summary": operation.summary,
        "documentation": operation.documentation,
        "idempotent": operation.idempotent,
        "parameters": fields(operation.parameters),
        "errors": errors.collect::<Vec<_>>(),
    })
}

fn fields(fields: &[FieldDescription]) -> Vec<Value> {
    let field = |field: &FieldDescription| {
        let mut described = members([
            ("name", json!(field.name)),
            ("documentation", json!(field.documentation)),
            ("required", json!(field.required)),
            ("sample", json!(field.sample)),
            ("json", json!(field.json)),
        ]);
        described.extend(kind(&field.kind));
        Value::Object(described)
    };
    fields.iter().map(field).collect()
}

/// Returns the kind of a value: its `type`, and the details of that type.
fn kind(of: &Kind) -> Map<String, Value> {
    let simple = |name: &str| members([("type", json!(name))]);
    match of {
        Kind::Text { values } => {
            let values = values.iter().map(|value| json!([value.value, value.documentation]));
            members([("type", json!("text")), ("values", values.collect())])
        }
        Kind::Integer => simple("integer"),
        Kind::Long => simple("long"),
        Kind::Float => simple("number"),
        Kind::Within { kind: number, min, max } => {
            let mut described = kind(number);
            described.extend(members([("min", json!(min)), ("max", json!(max))]));
            described
        }
        Kind::Boolean => simple("boolean"),
        Kind::Json => simple("json"),
        Kind::Structure { fields: inner } => {
            members([("type", json!("structure")), ("fields", fields(inner).into())])
        }
        Kind::List { element, .. } => {
            members([("type", json!("list")), ("element", Value::Object(kind(element)))])
        }
        Kind::Map { value } => members([("type", json!("map")), ("value", Value::Object(kind(value)))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_described_at_every_depth() {
        const SIZE: FieldDescription = FieldDescription {
            required: true,
            sample: Some("20"),
            ..FieldDescription::new("Size", Kind::Within { kind: &Kind::Integer, min: Some(1), max: None })
        };
        const DISKS: FieldDescription = FieldDescription::new(
            "Disk",
            Kind::List { element: &Kind::Structure { fields: &[SIZE] }, wrapper: None },
        );
        let operation =
            OperationDescription { parameters: &[DISKS], ..OperationDescription::new("Test", "1", "Try") };
        let described = described(&operation);
        let size = json!({
            "name": "Size", "type": "integer", "min": 1, "max": null, "required": true, "sample": "20",
            "documentation": "", "json": false,
        });
        assert_eq!(described["parameters"][0]["element"], json!({"type": "structure", "fields": [size]}));
    }
}
