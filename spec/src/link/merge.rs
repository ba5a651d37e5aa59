//! Merges rows with the same name under one parent: the wire has room for only one such field.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{EnumValue, Field, Shape};

/// Merges fields with the same name at the place of the first, at every level.
pub(super) fn merged(fields: &[Field]) -> Vec<Field> {
    let mut merged: Vec<Field> = Vec::with_capacity(fields.len());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    // A field without a name cannot be sent and never arrives.
    for field in fields.iter().filter(|field| !field.name.is_empty()) {
        match places.get(field.name.as_str()).and_then(|place| merged.get_mut(*place)) {
            Some(first) => {
                let described = first.description.contains(&field.description);
                if !first.description.is_empty() && !described {
                    first.description.push_str("\n\n");
                    first.description.push_str(&field.description);
                }
                supplement(first, field);
            }
            None => {
                places.insert(&field.name, merged.len());
                merged.push(field.clone());
            }
        }
    }
    for field in &mut merged {
        merge_shape(&mut field.shape);
    }
    merged
}

fn merge_shape(shape: &mut Shape) {
    match shape {
        Shape::String { values } => *values = merged_values(values),
        Shape::Structure { fields, .. } => *fields = merged(fields),
        Shape::List { element, .. } => merge_shape(element),
        Shape::Map { value } => merge_shape(value),
        Shape::Integer | Shape::Long | Shape::Float | Shape::Boolean | Shape::Json | Shape::Shared { .. } => {
        }
    }
}

/// Merges values with the same name. No text may mean two values: a spelling is left out if it is itself a value, or a
/// spelling of another value.
pub(super) fn merged_values(values: &[EnumValue]) -> Vec<EnumValue> {
    let mut merged: Vec<EnumValue> = Vec::with_capacity(values.len());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        match places.get(value.value.as_str()).and_then(|place| merged.get_mut(*place)) {
            Some(first) => {
                fill(&mut first.meaning, &value.meaning);
                fill(&mut first.english, &value.english);
                let more: Vec<String> =
                    value.also.iter().filter(|more| !first.also.contains(more)).cloned().collect();
                first.also.extend(more);
            }
            None => {
                places.insert(&value.value, merged.len());
                merged.push(value.clone());
            }
        }
    }
    let mut taken: BTreeSet<String> = merged.iter().map(|value| value.value.clone()).collect();
    for value in &mut merged {
        value.also.retain(|spelling| taken.insert(spelling.clone()));
    }
    merged
}

/// Completes a field from another field.
fn supplement(field: &mut Field, other: &Field) {
    field.as_text |= other.as_text;
    field.required |= other.required;
    field.sensitive = field.sensitive.or(other.sensitive);
    fill(&mut field.description, &other.description);
    fill(&mut field.english, &other.english);
    if field.sample.is_none() {
        field.sample.clone_from(&other.sample);
    }
    supplement_shape(&mut field.shape, &other.shape);
}

/// Fills an empty text from another.
pub(super) fn fill(text: &mut String, other: &str) {
    if text.is_empty() {
        text.push_str(other);
    }
}

/// Completes `shape` from `other`: structures and enums are merged, empty texts are filled in, and a field that is
/// sensitive or required in either remains so. If the kinds differ, that of `shape` stays.
///
/// ```
/// use ccc_spec::link::supplement;
/// use ccc_spec::model::{Field, Shape};
///
/// let with = |name| Shape::Structure { name: None, fields: vec![Field::new(name, Shape::Long)] };
/// let mut shape = with("Id");
/// supplement(&mut shape, &with("Size"));
/// assert!(matches!(shape, Shape::Structure { fields, .. } if fields.len() == 2));
/// ```
pub fn supplement_shape(shape: &mut Shape, other: &Shape) {
    match (shape, other) {
        (Shape::String { values }, Shape::String { values: more }) => {
            values.extend_from_slice(more);
            *values = merged_values(values);
        }
        (Shape::Structure { name, fields }, Shape::Structure { name: other_name, fields: more }) => {
            if name.is_none() {
                name.clone_from(other_name);
            }
            supplement_fields(fields, more);
        }
        (Shape::List { element: shape, .. }, Shape::List { element: other, .. })
        | (Shape::Map { value: shape }, Shape::Map { value: other }) => supplement_shape(shape, other),
        _ => {}
    }
}

/// Adds the fields of one structure to those of another.
fn supplement_fields(fields: &mut Vec<Field>, more: &[Field]) {
    let places: BTreeMap<String, usize> =
        fields.iter().enumerate().map(|(place, field)| (field.name.clone(), place)).collect();
    for other in more {
        match places.get(&other.name).and_then(|place| fields.get_mut(*place)) {
            Some(field) => supplement(field, other),
            None => fields.push(other.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::merged;
    use crate::link::fixtures::field;
    use crate::model::{Field, Shape};

    #[test]
    fn rows_of_one_name_become_one_field() {
        let rows = [
            Field { description: "one".into(), ..field("A", Shape::string()) },
            field("B", Shape::Long),
            Field { description: "two".into(), required: true, ..field("A", Shape::Integer) },
        ];
        let fields = merged(&rows);
        assert_eq!(fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!((fields[0].required, fields[0].description.as_str()), (true, "one\n\ntwo"));
        assert_eq!(fields[0].shape, Shape::string());
    }

    #[test]
    fn structures_of_one_name_are_united() {
        let structure = |name| Shape::Structure { name: None, fields: vec![field(name, Shape::Long)] };
        let fields = merged(&[field("S", structure("X")), field("S", structure("Y"))]);
        let Shape::Structure { fields, .. } = &fields[0].shape else { panic!("a structure") };
        assert_eq!(fields.len(), 2);
    }
}
