//! Prints a spec as a page of the kind it was recovered from: flat tables, a sample, links.

use std::fmt::Write as _;

use ccc_spec::model::{Field, Operation, Shape};

/// The page of an operation.
pub(crate) fn page(operation: &Operation) -> String {
    let mut out = format!("# {}\n\n{}\n\n", operation.title, operation.summary);
    let explorer = operation.links.explorer.as_deref().unwrap_or_default();
    out += &format!("## Debugging\n\n[Try it]({explorer})\n\n## Request parameters\n\n");
    out += "|Parameter|Type|Required|Example|Description|\n|---|---|---|---|---|\n";
    out += &format!("|Action|String|Yes|{}|The operation.|\n", operation.action);
    operation.request.iter().for_each(|field| parameter(&mut out, &field.name, field, &field.shape));
    out += "\n## Response parameters\n\n|Parameter|Type|Example|Description|\n|---|---|---|---|\n";
    rows(&mut out, &operation.response);
    out += "\n## Examples\n\nSample success response\n\n`JSON` format\n\n";
    for sample in &operation.samples.responses {
        out += &format!("```\n{}\n```\n\n", sample.text);
    }
    out += "## Error codes\n\n|HTTP status code|Error code|Error message|Description|\n|---|---|---|---|\n";
    for error in &operation.errors {
        let status = error.status.map(|status| status.to_string()).unwrap_or_default();
        out += &format!("|{status}|{}|{}|{}|\n", error.code, error.message, error.description);
    }
    out
}

/// The rows of a parameter: of a list of structures those of its members.
fn parameter(out: &mut String, name: &str, field: &Field, shape: &Shape) {
    match shape {
        Shape::List { element, .. } => parameter(out, &format!("{name}.N"), field, element),
        Shape::Structure { fields, .. } => {
            fields
                .iter()
                .for_each(|inner| parameter(out, &format!("{name}.{}", inner.name), inner, &inner.shape));
        }
        _ => {
            let required = if field.required { "Yes" } else { "No" };
            let sample = field.sample.as_deref().unwrap_or_default();
            writeln!(out, "|{name}|{}|{required}|{sample}|{}|", kind(shape), field.description).unwrap();
        }
    }
}

fn rows(out: &mut String, fields: &[Field]) {
    for field in fields {
        let sample = field.sample.as_deref().unwrap_or_default();
        writeln!(out, "|{}|{}|{sample}|{}|", field.name, kind(&field.shape), field.description).unwrap();
        match &field.shape {
            Shape::Structure { fields, .. } => rows(out, fields),
            Shape::List { element, .. } => {
                if let Shape::Structure { fields, .. } = &**element {
                    rows(out, fields);
                }
            }
            _ => {}
        }
    }
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Structure { name, .. } => name.clone().unwrap_or_else(|| "Struct".to_owned()),
        Shape::List { element, .. } => format!("Array of {}", kind(element)),
        other => other.kind().to_owned(),
    }
}

/// The sample answer with these fields.
pub(crate) fn json(fields: &[Field]) -> String {
    let members = fields.iter().map(|field| format!("\"{}\": {}", field.name, value(&field.shape)));
    format!("{{\n{}\n}}", members.collect::<Vec<_>>().join(",\n"))
}

fn value(shape: &Shape) -> String {
    match shape {
        Shape::Structure { fields, .. } => json(fields),
        Shape::List { element, wrapper: Some(wrapper), .. } => {
            format!("{{\"{wrapper}\": [{}]}}", value(element))
        }
        Shape::List { element, .. } => format!("[{}]", value(element)),
        Shape::Map { .. } => "{\"key\": \"text\"}".to_owned(),
        Shape::String { .. } => format!("\"{}\"", sample(shape).unwrap_or_default()),
        _ => sample(shape).unwrap_or_default(),
    }
}

/// A value of a scalar shape.
pub(crate) fn sample(shape: &Shape) -> Option<String> {
    let text = match shape {
        Shape::String { values } => values.first().map_or("text", |value| &value.value),
        Shape::Integer | Shape::Long => "3",
        Shape::Float => "2.5",
        Shape::Boolean => "true",
        _ => return None,
    };
    Some(text.to_owned())
}

/// Whether a shape has members.
pub(crate) fn is_structure(shape: &Shape) -> bool {
    matches!(shape, Shape::Structure { .. })
}
