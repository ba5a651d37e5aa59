//! Schemas: shapes in the words of JSON Schema 2020-12, which OpenAPI 3.1 speaks.

use ccc_spec::model::{EnumValue, Field, Format, Range, Sensitivity, Shape, Side};

use super::json::{Json, Object};
use super::{sample, words};

/// Where schemas stand that have a name.
const NAMED: &str = "#/components/schemas/";

/// What a shared type is referred to by.
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

/// A field as a property or a parameter has it, with all that is known of its value.
pub(super) fn from_field(field: &Field, side: Side) -> Object {
    let shape = match side {
        Side::Response if field.as_text => number_as_text(),
        _ => from_shape(&field.shape, side),
    };
    annotated(shape, field, side, |text| sample::scalar_from_text(text, &field.shape))
}

/// A schema with what is known of the field that has it. `value` is what a text of the page stands for, if anything.
pub(super) fn annotated(
    schema: Object,
    field: &Field,
    side: Side,
    value: impl Fn(&str) -> Option<Json>,
) -> Object {
    let is_number = matches!(field.shape, Shape::Integer | Shape::Long | Shape::Float);
    let is_text = matches!(field.shape, Shape::String { .. });
    let bounds = |range: Option<Range>, holds: bool| range.filter(|_| holds && side == Side::Request);
    // In responses they are no promise, and a client must not refuse what is beyond them.
    let range = bounds(field.range, is_number);
    // A length in other units than characters is none that JSON Schema knows.
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

/// What JSON Schema can say of a text's format. Dates and times are not `date-time`, which asks for seconds and zone.
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

/// The schema of a shape. In responses, scalars may be null: samples show none of many. Lists of responses may have an
/// object around them, those of requests never do.
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

/// The schema of what a list holds: a scalar there is never null.
fn from_element(shape: &Shape, side: Side) -> Object {
    match shape {
        Shape::String { .. } | Shape::Integer | Shape::Long | Shape::Float | Shape::Boolean => {
            from_shape(shape, Side::Request)
        }
        _ => from_shape(shape, side),
    }
}

/// An object with these fields. What has no name is none.
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

/// A number that some responses have as text.
fn number_as_text() -> Object {
    Object::new().with("type", vec!["integer", "string", "null"])
}

/// The values in all their spellings, each once.
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
