//! Finds the field that a path such as `response.Data.Items[].Id` leads to.

use crate::model::{Field, Operation, Shape};

/// A field, or an element or value in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location {
    request: bool,
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Into the field of that index.
    Field(usize),
    /// Into the element of a list or the value of a map.
    Inside,
}

/// The end of a path that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lost {
    /// The part that leads somewhere; empty if not even the beginning does.
    pub(super) known: String,
    /// The rest.
    pub(super) rest: String,
    /// The names that could have followed.
    pub(super) members: Vec<String>,
}

/// Finds the field, element or value at `path`.
pub(super) fn find(operation: &Operation, path: &str) -> Result<Location, Lost> {
    let (location, rest, shape) = walk(operation, path)?;
    match shape {
        Some(_) if rest.is_empty() => Ok(location),
        _ => Err(lost(path, rest, members(operation, &location))),
    }
}

/// Finds the parent of the members of `path`: `request`, `response`, or a structure, in however many lists and maps.
pub(super) fn find_parent(operation: &Operation, path: &str) -> Result<Location, Lost> {
    let (location, rest, shape) = walk(operation, path)?;
    match shape {
        None | Some(Shape::Structure { .. }) if rest.is_empty() => Ok(location),
        _ => Err(lost(path, rest, members(operation, &location))),
    }
}

/// Follows a path as far as it leads. Returns the place, the rest of the path, and the shape there, unless it is the
/// root of a side.
fn walk<'a, 'p>(
    operation: &'a Operation,
    path: &'p str,
) -> Result<(Location, &'p str, Option<&'a Shape>), Lost> {
    let (request, mut rest) = match (path.strip_prefix("request"), path.strip_prefix("response")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return Err(lost(path, path, vec!["request".to_owned(), "response".to_owned()])),
    };
    let mut location = Location { request, steps: Vec::new() };
    let mut fields = Some(if request { &operation.request } else { &operation.response });
    let mut shape: Option<&Shape> = None;
    loop {
        let (step, inner, remaining) = if let Some(name) = rest.strip_prefix('.') {
            let Some((index, field)) = fields.and_then(|fields| named(fields, name)) else { break };
            (Step::Field(index), &field.shape, name.get(field.name.len()..).unwrap_or_default())
        } else if let (
            Some(remaining),
            Some(Shape::List { element: inner, .. } | Shape::Map { value: inner }),
        ) = (inside(rest, shape), shape)
        {
            (Step::Inside, inner.as_ref(), remaining)
        } else {
            break;
        };
        location.steps.push(step);
        rest = remaining;
        shape = Some(inner);
        fields = if let Shape::Structure { fields, .. } = inner { Some(fields) } else { None };
    }
    Ok((location, rest, shape))
}

/// Returns what follows the mark of the list or map.
fn inside<'p>(rest: &'p str, shape: Option<&Shape>) -> Option<&'p str> {
    match shape? {
        Shape::List { .. } => rest.strip_prefix("[]"),
        Shape::Map { .. } => rest.strip_prefix("{}"),
        _ => None,
    }
}

/// Returns the field with the longest name at the start of `rest`; names may have dots.
fn named<'a>(fields: &'a [Field], rest: &str) -> Option<(usize, &'a Field)> {
    let begins = |field: &Field| {
        let after = rest.strip_prefix(field.name.as_str());
        !field.name.is_empty()
            && after.is_some_and(|after| after.is_empty() || after.starts_with(['.', '[', '{']))
    };
    let candidates = fields.iter().enumerate().filter(|(_, field)| begins(field));
    // If names are equal, the first field is meant, as everywhere.
    candidates.rev().max_by_key(|(_, field)| field.name.len())
}

fn lost(path: &str, rest: &str, members: Vec<String>) -> Lost {
    let known = path.strip_suffix(rest).unwrap_or_default().to_owned();
    Lost { known, rest: rest.to_owned(), members }
}

/// Returns the names that can follow a path.
fn members(operation: &Operation, location: &Location) -> Vec<String> {
    let names = |fields: &[Field]| fields.iter().map(|field| format!(".{}", field.name)).collect();
    match location.shape(operation) {
        None if location.steps.is_empty() => names(location.root(operation)),
        Some(Shape::Structure { fields, .. }) => names(fields),
        Some(Shape::List { .. }) => vec!["[]".to_owned()],
        Some(Shape::Map { .. }) => vec!["{}".to_owned()],
        _ => Vec::new(),
    }
}

impl Location {
    fn root<'a>(&self, operation: &'a Operation) -> &'a [Field] {
        if self.request { &operation.request } else { &operation.response }
    }

    /// Returns the shape at the place.
    fn shape<'a>(&self, operation: &'a Operation) -> Option<&'a Shape> {
        let mut fields = Some(self.root(operation));
        let mut shape: Option<&Shape> = None;
        for step in &self.steps {
            let inner = match (step, shape) {
                (Step::Field(index), _) => &fields?.get(*index)?.shape,
                (Step::Inside, Some(Shape::List { element: inner, .. } | Shape::Map { value: inner })) => {
                    inner
                }
                (Step::Inside, _) => return None,
            };
            shape = Some(inner);
            fields = if let Shape::Structure { fields, .. } = inner { Some(fields) } else { None };
        }
        shape
    }

    /// Returns the list of fields that it is in, and its index there; `None` for an element or value.
    pub(super) fn siblings_mut<'a>(
        &self,
        operation: &'a mut Operation,
    ) -> Option<(&'a mut Vec<Field>, usize)> {
        let (Step::Field(index), parent) = self.steps.split_last()? else { return None };
        let parent = Self { request: self.request, steps: parent.to_vec() };
        let fields = parent.members_mut(operation)?;
        (*index < fields.len()).then_some((fields, *index))
    }

    /// Returns the field; `None` for an element or value.
    pub(super) fn field_mut<'a>(&self, operation: &'a mut Operation) -> Option<&'a mut Field> {
        let (fields, index) = self.siblings_mut(operation)?;
        fields.get_mut(index)
    }

    /// Returns the members; `None` if it is no structure.
    pub(super) fn members_mut<'a>(&self, operation: &'a mut Operation) -> Option<&'a mut Vec<Field>> {
        if self.steps.is_empty() {
            return Some(if self.request { &mut operation.request } else { &mut operation.response });
        }
        match self.shape_mut(operation)? {
            Shape::Structure { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// Returns the shape at the place, to change it.
    pub(super) fn shape_mut<'a>(&self, operation: &'a mut Operation) -> Option<&'a mut Shape> {
        let root = if self.request { &mut operation.request } else { &mut operation.response };
        let (Step::Field(first), steps) = self.steps.split_first()? else { return None };
        let mut shape = &mut root.get_mut(*first)?.shape;
        for step in steps {
            shape = match (step, shape) {
                (Step::Field(index), Shape::Structure { fields, .. }) => &mut fields.get_mut(*index)?.shape,
                (Step::Inside, Shape::List { element: inner, .. } | Shape::Map { value: inner }) => inner,
                _ => return None,
            };
        }
        Some(shape)
    }
}
