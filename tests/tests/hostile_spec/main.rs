//! Tests that text from a page never becomes code: a client is generated from hostile pages, compiled, linted and
//! documented, and it must still mean what the pages say.

mod pages;
mod scratch;

use std::error::Error;

use ccc_spec::model::{Encoding, Field, Operation, Shape};
use serde_json::{Value, json};

use scratch::Scratch;

/// Asserts inside the scratch workspace that names on the wire and values are those of the pages.
const MEANING: &str = include_str!("meaning.rs.txt");

#[test]
fn hostile_pages_compile_without_a_warning_and_mean_the_same() -> Result<(), Box<dyn Error>> {
    let scratch = Scratch::new("hostile_spec", &pages::hostile())?;
    scratch.write("ccc-api/tests/meaning.rs", MEANING)?;
    scratch.write("ccc-api/expected.json", &expected(&pages::moving()).to_string())?;
    scratch.cargo("clippy", &["--", "-D", "warnings"])?;
    scratch.cargo("doc", &["--no-deps"])?;
    scratch.cargo("test", &["--test", "meaning"])?;
    // The examples in generated docs.
    scratch.cargo("test", &["--doc", "--", "generated"])
}

#[test]
fn client_without_operations_compiles_too() -> Result<(), Box<dyn Error>> {
    Scratch::new("no_spec", &[])?.cargo("check", &[])
}

/// Returns what the page of an operation says, as `meaning.rs` reads it.
fn expected(operation: &Operation) -> Value {
    let errors: Vec<Value> = operation
        .errors
        .iter()
        .map(|error| json!({ "code": error.code, "status": error.status, "message": error.message }))
        .collect();
    let values: Vec<&str> = operation
        .request
        .iter()
        .find_map(|field| match &field.shape {
            Shape::String { values } if !values.is_empty() => Some(values),
            _ => None,
        })
        .into_iter()
        .flatten()
        .map(|value| value.value.as_str())
        .collect();
    json!({
        "parameters": flat_names("", &operation.request),
        "answer": object(&operation.response),
        "values": values,
        "errors": errors,
    })
}

/// Returns the names of a request's parameters, with one element in every list.
fn flat_names(prefix: &str, fields: &[Field]) -> Vec<String> {
    let names = |field: &Field| {
        let name = format!("{prefix}{}", field.name);
        match &field.shape {
            _ if field.encoding == Encoding::Json => vec![name],
            Shape::List { element, .. } => match element.as_ref() {
                Shape::Structure { fields, .. } => flat_names(&format!("{name}.1."), fields),
                _ => vec![format!("{name}.1")],
            },
            Shape::Structure { fields, .. } => flat_names(&format!("{name}."), fields),
            _ => vec![name],
        }
    };
    fields.iter().flat_map(names).collect()
}

/// Makes a response that has every field once.
fn object(fields: &[Field]) -> Value {
    Value::Object(fields.iter().map(|field| (field.name.clone(), value(&field.shape))).collect())
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::String { .. } => json!("text"),
        Shape::Integer | Shape::Long | Shape::Float => json!(7),
        Shape::Boolean => json!(true),
        Shape::Json | Shape::Shared { .. } => json!({}),
        Shape::Structure { fields, .. } => object(fields),
        Shape::Map { value: inner } => json!({ "key": value(inner) }),
        Shape::List { element, wrapper, .. } => match wrapper {
            Some(wrapper) => json!({ wrapper: [value(element)] }),
            None => json!([value(element)]),
        },
    }
}
