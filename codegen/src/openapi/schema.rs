//! Writes shapes as JSON Schema 2020-12, which OpenAPI 3.1 uses.

use ccc_spec::model::{EnumValue, Field, Format, Range, Sensitivity, Shape, Side};

use super::{sample, words};
use crate::json::{Json, Object};

/// The path of named schemas.
const NAMED: &str = "#/components/schemas/";

/// Writes a reference to a named schema.
pub(super) fn reference(name: &str) -> Object {
    Object::new().with("$ref", format!("{NAMED}{name}"))
}

/// Adds the names of the schemas that a part of a document refers to.
pub(super) fn references<'a>(part: &'a Object, found: &mut Vec<&'a str>) {
    let mut open: Vec<(&str, &Json)> = part.iter().collect();
    while let Some((name, value)) = open.pop() {
        match value {
            Json::Text(to) if name == "$ref" => found.extend(to.strip_prefix(NAMED)),
            Json::Object(object) => open.extend(object.iter()),
            Json::List(elements) => open.extend(elements.iter().map(|element| ("", element))),
            _ => {}
        }
    }
}

/// Writes the schema of a field, with all facts about its value.
pub(super) fn from_field(field: &Field, side: Side) -> Object {
    let shape = match side {
        Side::Response if field.as_text => number_as_text(),
        _ => from_shape(&field.shape, side),
    };
    annotated(shape, field, side, |text| sample::scalar_from_text(text, &field.shape))
}

/// Adds the facts about a field to its schema. `value` converts a text of the page to a value of the field.
pub(super) fn annotated(
    schema: Object,
    field: &Field,
    side: Side,
    value: impl Fn(&str) -> Option<Json>,
) -> Object {
    let is_number = matches!(field.shape, Shape::Integer | Shape::Long | Shape::Float);
    let is_text = matches!(field.shape, Shape::String { .. });
    let bounds = |range: Option<Range>, holds: bool| range.filter(|_| holds && side == Side::Request);
    // In responses they are not a promise, and a client must accept values beyond them.
    let range = bounds(field.range, is_number);
    // JSON Schema knows only lengths in characters.
    let length = bounds(field.length, is_text && field.unit.is_none());
    let count = |bound: i64| Some(bound).filter(|bound| *bound >= 0);
    let default = field.default.as_deref().filter(|_| side == Side::Request);
    let example = field.sample.as_deref().filter(|text| field.takes(text));
    schema
        .with_content("description", words::field(field))
        .with_content("deprecated", field.deprecated)
        .with_some("default", default.and_then(&value))
        .with_some("minimum", range.and_then(|range| range.min))
        .with_some("maximum", range.and_then(|range| range.max))
        .with_some("minLength", length.and_then(|length| length.min).and_then(count))
        .with_some("maxLength", length.and_then(|length| length.max).and_then(count))
        .and(written_in(field))
        .with_some("examples", example.and_then(&value).map(|example| vec![example]))
        .with_some("x-unit", field.unit.as_deref())
        .with_some("x-format", field.format.map(Format::as_str))
        .with_some("x-sensitive", field.sensitive.map(Sensitivity::as_str))
}

/// Writes the format of a string if JSON Schema has it. Dates and times are not `date-time`, which requires seconds and zone.
fn written_in(field: &Field) -> Object {
    if !matches!(field.shape, Shape::String { .. }) {
        return Object::new();
    }
    match (field.format, field.sensitive) {
        (Some(Format::Json), _) => Object::new().with("contentMediaType", "application/json"),
        (Some(Format::Base64), _) => Object::new().with("contentEncoding", "base64"),
        (Some(Format::Date), _) => Object::new().with("format", "date"),
        (_, Some(Sensitivity::Secret)) => Object::new().with("format", "password"),
        _ => Object::new(),
    }
}

/// Writes the schema of a shape. In responses, scalars may be null, as many samples show, and lists may have an object
/// around them.
pub(super) fn from_shape(shape: &Shape, side: Side) -> Object {
    let scalar = |kind: &str| {
        let kinds: Json = if side == Side::Response { vec![kind, "null"].into() } else { kind.into() };
        Object::new().with("type", kinds)
    };
    match shape {
        Shape::String { values } => scalar("string").with_content("x-extensible-enum", spellings(values)),
        Shape::Integer => scalar("integer").with("format", "int32"),
        Shape::Long => scalar("integer").with("format", "int64"),
        Shape::Float => scalar("number").with("format", "double"),
        Shape::Boolean => scalar("boolean"),
        Shape::Json => Object::new(),
        Shape::Structure { fields, .. } => structure(fields, side),
        Shape::List { element, wrapper } => {
            let list = Object::new().with("type", "array").with("items", from_element(element, side));
            match wrapper.as_deref().filter(|_| side == Side::Response) {
                Some(wrapper) => {
                    Object::new().with("type", "object").with("properties", Object::new().with(wrapper, list))
                }
                None => list,
            }
        }
        Shape::Map { value } => {
            Object::new().with("type", "object").with("additionalProperties", from_shape(value, side))
        }
        Shape::Shared { to } => reference(to),
    }
}

/// Writes the schema of an element of a list, where a scalar is never null.
fn from_element(shape: &Shape, side: Side) -> Object {
    match shape {
        Shape::String { .. } | Shape::Integer | Shape::Long | Shape::Float | Shape::Boolean => {
            from_shape(shape, Side::Request)
        }
        _ => from_shape(shape, side),
    }
}

/// Writes the schema of an object with these fields, except those without a name.
pub(super) fn structure(fields: &[Field], side: Side) -> Object {
    let mut properties = Object::new();
    let mut required: Vec<&str> = Vec::new();
    for field in fields.iter().filter(|field| !field.name.is_empty()) {
        properties.add(&field.name, from_field(field, side));
        if field.required && side == Side::Request && !required.contains(&field.name.as_str()) {
            required.push(&field.name);
        }
    }
    Object::new().with("type", "object").with("properties", properties).with_content("required", required)
}

/// Writes the schema of a number that some responses have as a string.
fn number_as_text() -> Object {
    Object::new().with("type", vec!["integer", "string", "null"])
}

/// Lists the values in all their spellings, each once.
fn spellings(values: &[EnumValue]) -> Vec<&str> {
    let mut spellings: Vec<&str> = Vec::new();
    for value in values {
        for spelling in std::iter::once(&value.value).chain(&value.also) {
            if !spellings.contains(&spelling.as_str()) {
                spellings.push(spelling);
            }
        }
    }
    spellings
}
