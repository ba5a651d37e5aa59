//! MakeCall's page as it could be today, beside the page that is checked in.

use ccc_spec::diagnostic::Level;
use ccc_spec::ir;
use ccc_spec::model::{EnumValue, Field, Operation, Shape};
use ccc_spec::recover;

const OLD: &[u8] = include_bytes!("../../docs/ccc/2020-07-01/MakeCall.md");
const NEW: &[u8] = include_bytes!("data/MakeCall.md");

/// What the pages say about the wire, without the texts in which they say it.
fn operation_of(page: &[u8]) -> Operation {
    let mut operation = recover("MakeCall.md", page).operation.expect("the page documents an operation");
    operation.title.clear();
    operation.summary.clear();
    operation.samples = Default::default();
    operation.links = Default::default();
    for error in &mut operation.errors {
        error.description.clear();
    }
    operation.errors.sort_by(|one, other| one.code.cmp(&other.code));
    operation.request.iter_mut().chain(&mut operation.response).for_each(strip);
    operation
}

fn strip(field: &mut Field) {
    field.description.clear();
    field.sample = None;
    strip_shape(&mut field.shape);
}

fn strip_shape(shape: &mut Shape) {
    match shape {
        Shape::String { values } => values.iter_mut().for_each(|value| value.meaning.clear()),
        // Only the older layout has a name for the elements of a list.
        Shape::Structure { name, fields } => {
            *name = None;
            fields.iter_mut().for_each(strip);
        }
        Shape::List { element: inner, .. } | Shape::Map { value: inner } => strip_shape(inner),
        _ => {}
    }
}

/// Takes from fields what the older ones do not have: further fields, values and facts.
fn keep(fields: &mut Vec<Field>, older: &[Field]) {
    fields.retain(|field| older.iter().any(|known| known.name == field.name));
    for field in fields {
        let Some(known) = older.iter().find(|known| known.name == field.name) else { continue };
        field.range = field.range.filter(|_| known.range.is_some());
        field.unit = field.unit.take().filter(|_| known.unit.is_some());
        field.format = field.format.take().filter(|_| known.format.is_some());
        keep_shape(&mut field.shape, &known.shape);
    }
}

fn keep_shape(shape: &mut Shape, older: &Shape) {
    match (shape, older) {
        (Shape::String { values }, Shape::String { values: known }) => {
            let is_known = |value: &EnumValue| known.iter().any(|known| known.value == value.value);
            values.retain(is_known);
        }
        (Shape::Structure { fields, .. }, Shape::Structure { fields: known, .. }) => keep(fields, known),
        (Shape::List { element, .. }, Shape::List { element: known, .. }) => keep_shape(element, known),
        _ => {}
    }
}

#[test]
fn the_page_of_today_says_what_the_older_one_says() {
    let (old, mut new) = (operation_of(OLD), operation_of(NEW));
    keep(&mut new.request, &old.request);
    keep(&mut new.response, &old.response);
    new.errors.retain(|error| old.errors.iter().any(|known| known.code == error.code));
    assert_eq!(ir::to_json(&new), ir::to_json(&old));
}

#[test]
fn the_page_of_today_adds_what_came_since() {
    let new = recover("MakeCall.md", NEW);
    let rows = ccc_spec::paths::rows(&new);
    let old = recover("MakeCall.md", OLD);
    let known = ccc_spec::paths::rows(&old);
    let is_new = |path: &str| known.iter().all(|row| row.path != path);
    let added: Vec<_> =
        rows.iter().filter(|row| is_new(row.path)).map(|row| (row.path, row.kind, row.required)).collect();
    let expected = [
        ("MaskedCallee", "String", false),
        ("MediaType", "String", false),
        ("Tags", "String", false),
        ("FlashSmsVariables", "String", false),
        ("Data.CallContext.ChannelContexts[].MediaType", "String", false),
        ("Data.CallContext.CallVariables", "String", false),
        ("Data.ContextId", "Long", false),
    ];
    assert_eq!(added, expected);
}

#[test]
fn the_page_of_today_is_sound() {
    let mut found = recover("MakeCall.md", NEW).diagnostics;
    found.retain(|diagnostic| diagnostic.code.level() < Level::Note);
    assert!(found.is_empty(), "{found:?}");
}
