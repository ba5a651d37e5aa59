//! Compares the facts of a field with those that were read back.

use ccc_spec::model::{self, Shape};

use crate::product::{Field, Kind, Mark};
use crate::score::Share;
use crate::words;

/// How many rows at their paths have a type that fits.
pub(crate) fn types(fields: &[Field], rows: &[(&str, &str)], misses: &mut Vec<String>) -> Share {
    let mut share = Share::default();
    for field in fields {
        let fitting = fitting(field);
        let row = rows.iter().find(|(path, _)| *path == field.path);
        if let Some((path, kind)) = row.filter(|_| !fitting.is_empty()) {
            let fits = fitting.contains(kind);
            if !fits {
                misses.push(format!("type {path}: {kind}"));
            }
            share += Share { right: usize::from(fits), of: 1 };
        }
        share += types(&field.members, rows, misses);
    }
    share
}

/// The types that a field can be read as; none if any will do. What is an integer may be written in a wider type.
fn fitting(field: &Field) -> &'static [&'static str] {
    match (&field.marks[..], field.kind) {
        ([Mark::List, rest @ ..], _) if !rest.contains(&Mark::Map) => &["List"],
        ([Mark::Map], _) => &["Map"],
        ([], Kind::String) => &["String"],
        ([], Kind::Integer) => &["Integer", "Long"],
        ([], Kind::Float) => &["Float"],
        ([], Kind::Boolean) => &["Boolean"],
        ([], Kind::Structure) if !field.members.is_empty() => &["Structure"],
        _ => &[],
    }
}

/// How many rows at their paths, of those with documented values, were read with just these.
pub(crate) fn values(
    fields: &[Field],
    rows: &[(&str, &str)],
    read: &[model::Field],
    misses: &mut Vec<String>,
) -> Share {
    let mut share = Share::default();
    for field in fields {
        let known: Vec<_> = words::values(field).iter().map(|(value, _)| *value).collect();
        if !known.is_empty() && rows.iter().any(|(path, _)| *path == field.path) {
            let found = values_at(read, &field.path);
            if found != known {
                misses.push(format!("values of {}: {found:?}", field.path));
            }
            share += Share { right: usize::from(found == known), of: 1 };
        }
        share += values(&field.members, rows, read, misses);
    }
    share
}

fn values_at<'a>(fields: &'a [model::Field], path: &str) -> Vec<&'a str> {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let name = name.trim_end_matches(['[', ']', '{', '}']);
    let Some(field) = fields.iter().find(|field| field.name == name) else { return Vec::new() };
    let mut shape = &field.shape;
    let mut rest = rest;
    loop {
        match (shape, rest) {
            (Shape::List { element, wrapper, .. }, _) => {
                if wrapper.is_some() {
                    rest = rest.and_then(|rest| rest.split_once('.')).map(|(_, rest)| rest);
                }
                shape = element;
            }
            (Shape::Map { value }, _) => shape = value,
            (Shape::Structure { fields, .. }, Some(rest)) => return values_at(fields, rest),
            (Shape::String { values }, None) => {
                return values.iter().map(|value| value.value.as_str()).collect();
            }
            _ => return Vec::new(),
        }
    }
}
