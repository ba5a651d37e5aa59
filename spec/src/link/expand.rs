//! Writes the types out again in operations, as their pages have them.

use crate::model::{Field, Operation, ProductSpec, Shape};

/// Types nest at most this deep; a spec that is deeper was edited by hand.
pub(super) const MAX_DEPTH: usize = 64;

/// Returns the operation with every shared type written out in it. A type that the spec does not have is any JSON.
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

/// Returns a shape with nothing shared in it.
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
