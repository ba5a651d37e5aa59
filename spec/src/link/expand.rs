//! Replaces references to shared types by the types themselves, as on the pages.

use crate::model::{Field, Operation, ProductSpec, Shape};

/// Deepest nesting of types. Only a spec that was edited by hand is deeper.
pub(super) const MAX_DEPTH: usize = 64;

/// Returns the operation with every reference replaced by its type. A reference to a type that the spec lacks becomes
/// any JSON.
///
/// ```
/// use ccc_spec::link::{expand, link};
/// use ccc_spec::model::{Field, ProductSpec, Shape};
///
/// let user = Shape::Structure { name: None, fields: vec![Field::new("Id", Shape::Long)] };
/// let mut operation = ccc_spec::recover("Ring.md", b"# Ring\n\n\
///     [Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
///     ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n|Id|String|It.|\n").operation.unwrap();
/// operation.response.push(Field::new("Users", Shape::list_of(user)));
/// let linked = link(vec![operation.clone()], &ProductSpec::default()).spec;
/// assert_ne!(linked.operations[0], operation);
/// assert_eq!(expand(&linked, &linked.operations[0]), operation);
/// ```
#[must_use]
pub fn expand(spec: &ProductSpec, operation: &Operation) -> Operation {
    Operation {
        request: fields(spec, &operation.request, MAX_DEPTH),
        response: fields(spec, &operation.response, MAX_DEPTH),
        ..operation.clone()
    }
}

/// Returns a shape with its references replaced by their types.
pub(super) fn shape(spec: &ProductSpec, shape: &Shape) -> Shape {
    within(spec, shape, MAX_DEPTH)
}

fn fields(spec: &ProductSpec, fields: &[Field], depth: usize) -> Vec<Field> {
    fields.iter().map(|field| Field { shape: within(spec, &field.shape, depth), ..field.clone() }).collect()
}

fn within(spec: &ProductSpec, shape: &Shape, depth: usize) -> Shape {
    let mut whole = shape.clone();
    let core = whole.core_mut();
    match core {
        Shape::Shared { to } => {
            let shared = spec.shared(to).filter(|_| depth > 0);
            *core = shared.map_or(Shape::Json, |shared| within(spec, &shared.shape, depth.saturating_sub(1)));
        }
        Shape::Structure { fields: inner, .. } => {
            *inner = fields(spec, inner, depth.saturating_sub(1));
        }
        _ => {}
    }
    whole
}
