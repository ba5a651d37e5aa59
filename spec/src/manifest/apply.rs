//! Completes operations from the manifest of their product.

use super::{Manifest, Unit};
use crate::model::{Field, Format, Operation, Shape};

pub(super) fn apply(manifest: &Manifest, operation: &mut Operation) {
    operation.safe_to_repeat |= manifest.is_idempotent(&operation.action);
    for field in operation.request.iter_mut().chain(&mut operation.response) {
        complete(manifest, field);
    }
}

impl Manifest {
    /// Completes a field by its name: adds English if nothing describes the field, its unit, and the reason to keep it
    /// out of logs. Its members stay as they are.
    pub fn complete(&self, field: &mut Field) {
        if field.description.trim().is_empty()
            && field.english.is_empty()
            && let Some(english) = self.glossary.get(&field.name)
        {
            field.english.clone_from(english);
        }
        if may_be_counted(field) {
            match self.units.get(&field.name) {
                Some(Unit::Counted(unit)) => field.unit = Some((*unit).to_owned()),
                Some(Unit::UnixMilliseconds) => field.format = Some(Format::UnixMilliseconds),
                None => {}
            }
        }
        if may_be_sensitive(&field.shape) {
            // The more serious reason counts.
            field.sensitive = field.sensitive.max(self.sensitive.get(&field.name).copied());
        }
    }
}

/// Completes a field and its members.
fn complete(manifest: &Manifest, field: &mut Field) {
    manifest.complete(field);
    let mut shape = &mut field.shape;
    while let Shape::List { element: inner, .. } | Shape::Map { value: inner } = shape {
        shape = inner;
    }
    if let Shape::Structure { fields, .. } = shape {
        for field in fields {
            complete(manifest, field);
        }
    }
}

/// Returns whether a value may be counted in a unit and has no format yet. A text whose sample is no number is not
/// counted.
fn may_be_counted(field: &Field) -> bool {
    let shows_number = |sample: &str| sample.trim().is_empty() || sample.trim().parse::<f64>().is_ok();
    let is_text = matches!(&field.shape, Shape::String { values } if values.is_empty())
        && field.sample.as_deref().is_none_or(shows_number);
    let is_number = matches!(field.shape, Shape::Integer | Shape::Long | Shape::Float);
    (is_text || is_number) && field.unit.is_none() && field.format.is_none() && field.length.is_none()
}

/// Returns whether a value of the shape may be a phone number or a secret: booleans, fractions and documented values
/// are neither, and a structure is judged by its fields.
fn may_be_sensitive(shape: &Shape) -> bool {
    match shape {
        Shape::String { values } => values.is_empty(),
        Shape::Integer | Shape::Long | Shape::Json => true,
        Shape::List { element: inner, .. } | Shape::Map { value: inner } => may_be_sensitive(inner),
        Shape::Boolean | Shape::Float | Shape::Structure { .. } | Shape::Shared { .. } => false,
    }
}
