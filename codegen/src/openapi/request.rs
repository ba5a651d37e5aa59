//! Writes requests: parameters in the query, and parameters in the form that is the body.
//!
//! A list, a map or a structure is sent in one of two ways, and OpenAPI has both. Sent as JSON, it is a string with a
//! `contentSchema`. Sent as several parameters, such as `Name.1` and `Name.2.Key`, it is an object whose properties
//! have these names, in the exploded form style, which sends each property as a parameter.

use ccc_spec::model::{Encoding, Field, Operation, Position, ProductSpec, Shape, Side};

use super::{sample, schema, words};
use crate::json::{Json, Object};

/// Writes the parameters in the query.
pub(super) fn parameters(spec: &ProductSpec, operation: &Operation) -> Vec<Object> {
    let mut known: Vec<&str> = Vec::new();
    let mut parameters = Vec::new();
    for field in at(operation, Position::Query) {
        // If a page has a parameter twice, the first row counts.
        if !known.contains(&field.name.as_str()) {
            known.push(&field.name);
            parameters.push(parameter(spec, field));
        }
    }
    parameters
}

/// Writes the form, if there are parameters in it.
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

/// How a parameter is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As its own text.
    Scalar,
    /// As JSON.
    Json,
    /// As several parameters.
    Apart,
}

fn way(spec: &ProductSpec, field: &Field) -> Way {
    match (resolved(spec, &field.shape), field.encoding) {
        (Shape::List { .. } | Shape::Map { .. } | Shape::Structure { .. }, Encoding::Flat) => Way::Apart,
        (Shape::Json | Shape::List { .. } | Shape::Map { .. } | Shape::Structure { .. }, _) => Way::Json,
        _ => Way::Scalar,
    }
}

/// Returns the shape, or the shape of the type that it refers to.
fn resolved<'a>(spec: &'a ProductSpec, shape: &'a Shape) -> &'a Shape {
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
    // The parameter has these members already, so its schema does not need them.
    for name in ["description", "deprecated"] {
        schema.remove(name);
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

/// Writes the schema of a value that is sent as one parameter.
fn value(field: &Field, way: Way) -> Object {
    match way {
        Way::Json => {
            let schema = as_json(schema::from_shape(&field.shape, Side::Request));
            schema::annotated(schema, field, Side::Request, sample::json_text)
        }
        Way::Scalar | Way::Apart => schema::from_field(field, Side::Request),
    }
}

/// Writes the schema of a string that holds JSON of the given schema.
fn as_json(content: Object) -> Object {
    Object::new()
        .with("type", "string")
        .with("contentMediaType", "application/json")
        .with_content("contentSchema", content)
}

/// The parameters for the parts of a list, a map or a structure.
#[derive(Default)]
struct Parts {
    /// Schemas by name.
    exact: Object,
    /// Schemas by the pattern of a name that has a number or a key.
    patterns: Object,
}

/// The name of a part, as a text and as a pattern.
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
        parts.add_parts(spec, name, &field.shape, field);
        parts
    }

    /// Adds the parts of a shape, which is the field's shape or in a list or map of the field.
    fn add_parts(&mut self, spec: &ProductSpec, name: Name, shape: &Shape, field: &Field) {
        // It ends, because no type contains itself.
        match resolved(spec, shape) {
            Shape::Structure { fields, .. } => {
                for field in fields.iter().filter(|field| !field.name.is_empty()) {
                    let below = name.below(&field.name);
                    match way(spec, field) {
                        Way::Json => self.put(below, value(field, Way::Json)),
                        Way::Scalar | Way::Apart => self.add_parts(spec, below, &field.shape, field),
                    }
                }
            }
            Shape::List { element, .. } => self.add_parts(spec, name.numbered(), element, field),
            Shape::Map { value } => self.add_parts(spec, name.keyed(), value, field),
            Shape::Json => self.put(name, as_json(Object::new())),
            // The field itself, else an element of it, for which the field's samples are not values.
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

/// Escapes a text as a regular expression that matches only this text.
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
