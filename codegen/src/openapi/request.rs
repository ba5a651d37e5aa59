//! Requests: parameters of the query, and those of the form that is the body.
//!
//! A list, a map or a structure travels in one of two ways, and OpenAPI can say both. As JSON it is a text with a
//! `contentSchema`. Taken apart into `Name.1`, `Name.2.Key` it is an object whose properties have these names, and which
//! is exploded as forms are: that makes one parameter of each property.

use ccc_spec::model::{Encoding, Field, Operation, Position, ProductSpec, Shape, Side};

use super::json::{Json, Object};
use super::{sample, schema, words};

/// The parameters in the query.
pub(super) fn parameters(spec: &ProductSpec, operation: &Operation) -> Vec<Object> {
    let mut known: Vec<&str> = Vec::new();
    let mut parameters = Vec::new();
    for field in at(operation, Position::Query) {
        // Of doubled rows the first decides.
        if !known.contains(&field.name.as_str()) {
            known.push(&field.name);
            parameters.push(parameter(spec, field));
        }
    }
    parameters
}

/// The form, if a parameter is in it.
pub(super) fn body(spec: &ProductSpec, operation: &Operation) -> Option<Object> {
    let (mut exact, mut patterns, mut required) = (Object::new(), Object::new(), Vec::new());
    for field in at(operation, Position::Body) {
        match way(spec, field) {
            Way::Apart => {
                let parts = Parts::from_field(spec, field);
                exact = exact.and(parts.exact);
                patterns = patterns.and(parts.patterns);
            }
            way => {
                exact.add(&field.name, value(field, way));
                if field.required && !required.contains(&field.name.as_str()) {
                    required.push(field.name.as_str());
                }
            }
        }
    }
    if exact.is_empty() && patterns.is_empty() {
        return None;
    }
    let is_required = at(operation, Position::Body).any(|field| field.required);
    let form = Object::new()
        .with("type", "object")
        .with_content("properties", exact)
        .with_content("patternProperties", patterns)
        .with_content("required", required);
    let media = Object::new().with("application/x-www-form-urlencoded", Object::new().with("schema", form));
    Some(Object::new().with_content("required", is_required).with("content", media))
}

fn at(operation: &Operation, position: Position) -> impl Iterator<Item = &Field> {
    let has_name = |field: &&Field| !field.name.is_empty();
    operation.request.iter().filter(has_name).filter(move |field| field.position == position)
}

/// How a parameter travels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As it is.
    Scalar,
    /// As JSON.
    Json,
    /// As several parameters.
    Apart,
}

fn way(spec: &ProductSpec, field: &Field) -> Way {
    match (written_out(spec, &field.shape), field.encoding) {
        (Shape::List { .. } | Shape::Map { .. } | Shape::Structure { .. }, Encoding::Flat) => Way::Apart,
        (Shape::Json | Shape::List { .. } | Shape::Map { .. } | Shape::Structure { .. }, _) => Way::Json,
        _ => Way::Scalar,
    }
}

/// The shape, or that of the type it refers to.
fn written_out<'a>(spec: &'a ProductSpec, shape: &'a Shape) -> &'a Shape {
    match shape {
        Shape::Shared { to } => spec.shared(to).map_or(shape, |shared| &shared.shape),
        shape => shape,
    }
}

fn parameter(spec: &ProductSpec, field: &Field) -> Object {
    let way = way(spec, field);
    let (style, mut schema) = match way {
        Way::Apart => {
            let parts = Parts::from_field(spec, field);
            let style = Object::new().with("style", "form").with("explode", true);
            let schema = Object::new()
                .with("type", "object")
                .with_content("properties", parts.exact)
                .with_content("patternProperties", parts.patterns);
            (style, schema)
        }
        Way::Scalar | Way::Json => (Object::new(), value(field, way)),
    };
    // What is said of the parameter need not be said of its value.
    for said in ["description", "deprecated"] {
        schema.remove(said);
    }
    Object::new()
        .with("name", field.name.as_str())
        .with("in", "query")
        .with_content("description", words::field(field))
        .with_content("required", field.required)
        .with_content("deprecated", field.deprecated)
        .and(style)
        .with("schema", schema)
}

/// The value of a parameter that is one.
fn value(field: &Field, way: Way) -> Object {
    match way {
        Way::Json => {
            let schema = as_json(schema::from_shape(&field.shape, Side::Request));
            schema::annotated(schema, field, Side::Request, sample::json_text)
        }
        Way::Scalar | Way::Apart => schema::from_field(field, Side::Request),
    }
}

/// A text that holds JSON of that schema.
fn as_json(content: Object) -> Object {
    Object::new()
        .with("type", "string")
        .with("contentMediaType", "application/json")
        .with_content("contentSchema", content)
}

/// The parameters that a list, a map or a structure is taken apart into.
#[derive(Default)]
struct Parts {
    /// By their names.
    exact: Object,
    /// By patterns, where a name holds a number or a key.
    patterns: Object,
}

/// A name in the making.
#[derive(Clone)]
struct Name {
    text: String,
    pattern: String,
    is_exact: bool,
}

impl Name {
    fn below(&self, name: &str) -> Self {
        Self {
            text: format!("{}.{name}", self.text),
            pattern: format!(r"{}\.{}", self.pattern, escaped(name)),
            is_exact: self.is_exact,
        }
    }

    fn numbered(&self) -> Self {
        Self { pattern: format!(r"{}\.[1-9][0-9]*", self.pattern), is_exact: false, ..self.clone() }
    }

    fn keyed(&self) -> Self {
        Self { pattern: format!(r"{}\..+", self.pattern), is_exact: false, ..self.clone() }
    }
}

impl Parts {
    fn from_field(spec: &ProductSpec, field: &Field) -> Self {
        let name = Name { text: field.name.clone(), pattern: escaped(&field.name), is_exact: true };
        let mut parts = Self::default();
        parts.take(spec, name, &field.shape, field);
        parts
    }

    /// Takes a shape apart that is the field's, or is in the lists and maps that it holds.
    fn take(&mut self, spec: &ProductSpec, name: Name, shape: &Shape, field: &Field) {
        // It ends: no type holds itself.
        match written_out(spec, shape) {
            Shape::Structure { fields, .. } => {
                for field in fields.iter().filter(|field| !field.name.is_empty()) {
                    let below = name.below(&field.name);
                    match way(spec, field) {
                        Way::Json => self.put(below, value(field, Way::Json)),
                        Way::Scalar | Way::Apart => self.take(spec, below, &field.shape, field),
                    }
                }
            }
            Shape::List { element, .. } => self.take(spec, name.numbered(), element, field),
            Shape::Map { value } => self.take(spec, name.keyed(), value, field),
            Shape::Json => self.put(name, as_json(Object::new())),
            // The field itself, or what is known of it without its values.
            _ if *shape == field.shape => self.put(name, schema::from_field(field, Side::Request)),
            _ => {
                let element = schema::from_shape(shape, Side::Request);
                self.put(name, schema::annotated(element, field, Side::Request, |_| None));
            }
        }
    }

    fn put(&mut self, name: Name, schema: impl Into<Json>) {
        if name.is_exact {
            self.exact.add(name.text, schema);
        } else {
            self.patterns.add(format!("^{}$", name.pattern), schema);
        }
    }
}

/// A text as a regular expression that it alone matches.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if r"^$\.*+?()[]{}|/".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}
