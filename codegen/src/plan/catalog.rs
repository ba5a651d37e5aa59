//! The Rust types of the structures and enums of the spec.
//!
//! A type that operations share has the name that the spec gives it. An inline type is named after its operation, or after
//! the shared structure that it is in.

use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::link::{self, Key, Site};
use ccc_spec::model::{Field, ProductSpec, Shape, SharedType, Side};

use super::names::{Identifier, Role, Scope};

/// Identity of a generated type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TypeId {
    /// A type of the spec.
    Shared(String),
    /// An inline type in a field of a shared structure.
    Within { parent: Box<TypeId>, field: String, key: Key },
    /// An inline type in one operation.
    Local { operation: usize, key: Key, fingerprint: String },
}

impl TypeId {
    /// Returns the shared type of the spec that this type is or belongs to; `None` if it belongs to an operation.
    pub(super) fn shared(&self) -> Option<&str> {
        match self {
            Self::Shared(name) => Some(name),
            Self::Within { parent, .. } => parent.shared(),
            Self::Local { .. } => None,
        }
    }
}

/// A type to generate.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// A structure, or a string with documented values.
    pub(super) shape: Shape,
    /// Description of the first field that holds it.
    pub(super) description: String,
    /// The description in English.
    pub(super) english: String,
    /// Its name on the page.
    pub(super) called: String,
    /// Whether it is sent or received; an enum may be both.
    pub(super) side: Side,
    /// Names from the outermost field to it. They distinguish equal names within an operation.
    path: Vec<String>,
}

/// All types of all operations.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub(super) definitions: BTreeMap<TypeId, Definition>,
}

impl Catalog {
    /// Collects the types of a product.
    pub(super) fn new(spec: &ProductSpec) -> Self {
        let mut catalog = Self::default();
        let requested = spec.types_of_requests();
        for shared in &spec.types {
            catalog.shared(shared, &requested);
        }
        for (index, operation) in spec.operations.iter().enumerate() {
            for (side, fields) in [(Side::Request, &operation.request), (Side::Response, &operation.response)]
            {
                catalog.collect(index, side, None, fields, &[]);
            }
        }
        catalog
    }

    /// Returns the type of the structure or enum that `field` holds, if it holds one. `parent` is the type that has the
    /// field, unless that is the request or the response itself.
    pub(super) fn type_of(
        operation: usize,
        side: Side,
        parent: Option<&TypeId>,
        field: &Field,
    ) -> Option<TypeId> {
        if let Shape::Shared { to } = field.shape.core() {
            return Some(TypeId::Shared(to.clone()));
        }
        let site = Site::from_field(field, side, parent.is_none())?;
        Some(match parent {
            Some(parent @ (TypeId::Shared(_) | TypeId::Within { .. })) => {
                TypeId::Within { parent: Box::new(parent.clone()), field: field.name.clone(), key: site.key }
            }
            Some(TypeId::Local { .. }) | None => {
                let fingerprint = site.fingerprint();
                TypeId::Local { operation, key: site.key, fingerprint }
            }
        })
    }

    fn shared(&mut self, shared: &SharedType, requested: &BTreeSet<&str>) {
        let is_requested = requested.contains(shared.name.as_str());
        let side = if is_requested { Side::Request } else { Side::Response };
        let id = TypeId::Shared(shared.name.clone());
        let definition = Definition {
            shape: shared.shape.clone(),
            description: shared.description.clone(),
            english: shared.english.clone(),
            called: shared.called.clone(),
            side,
            path: Vec::new(),
        };
        self.definitions.insert(id.clone(), definition);
        if let Shape::Structure { fields, .. } = &shared.shape {
            self.collect(0, side, Some(&id), fields, &[]);
        }
    }

    /// Collects the inline types in fields.
    fn collect(
        &mut self,
        operation: usize,
        side: Side,
        parent: Option<&TypeId>,
        fields: &[Field],
        path: &[String],
    ) {
        for field in fields {
            let Some(site) = Site::from_field(field, side, parent.is_none()) else { continue };
            let Some(id) = Self::type_of(operation, side, parent, field) else { continue };
            let path: Vec<String> = path.iter().cloned().chain([site.key.name.clone()]).collect();
            let shape = site.shape();
            let definition = self.definitions.entry(id.clone()).or_insert_with(|| Definition {
                shape: shape.clone(),
                description: String::new(),
                english: String::new(),
                called: site.called.to_owned(),
                side,
                path: path.clone(),
            });
            link::supplement(&mut definition.shape, &shape);
            fill(&mut definition.description, &field.description);
            fill(&mut definition.english, &field.english);
            if let Shape::Structure { fields, .. } = &shape {
                self.collect(operation, side, Some(&id), fields, &path);
            }
        }
    }

    /// Names every type. `scope` holds the names of the operations' own types; `actions` are the operations' names.
    pub(super) fn names(&self, actions: &[&str], scope: &mut Scope) -> BTreeMap<TypeId, TypeName> {
        let mut names = BTreeMap::new();
        let mut local: Vec<_> = Vec::new();
        // Identities are in this order: shared types, then the types in them, parents first.
        for (id, definition) in &self.definitions {
            let name = match id {
                TypeId::Shared(name) => definition.name(&[name], scope),
                TypeId::Within { parent, key, .. } => {
                    let parent = names.get(parent.as_ref()).map_or("", |name: &TypeName| name.own.as_str());
                    definition.name(&[&format!("{parent} {}", key.name)], scope)
                }
                TypeId::Local { operation, key, .. } => {
                    local.push((*operation, &definition.path, id, key, definition));
                    continue;
                }
            };
            names.insert(id.clone(), name);
        }
        local.sort_by_key(|(operation, path, id, ..)| (*operation, *path, *id));
        for (operation, path, id, key, definition) in local {
            let action = actions.get(operation).copied().unwrap_or_default();
            let short = format!("{action} {}", key.name);
            let long = format!("{action} {}", path.join(" "));
            names.insert(id.clone(), definition.name(&[&short, &long], scope));
        }
        names
    }
}

impl Definition {
    /// Claims the first free name, and a name for the builder of a structure in a request.
    fn name(&self, candidates: &[&str], scope: &mut Scope) -> TypeName {
        let own = scope.claim(Role::Type, candidates);
        let is_built = self.side == Side::Request && matches!(self.shape, Shape::Structure { .. });
        let builder = is_built.then(|| scope.claim(Role::Type, &[&format!("{} Builder", own.as_str())]));
        TypeName { own, builder }
    }
}

/// The names of a type.
#[derive(Clone, Debug)]
pub(super) struct TypeName {
    pub(super) own: Identifier,
    /// Name of the builder of a request's structure.
    pub(super) builder: Option<Identifier>,
}

/// Fills an empty text with another.
fn fill(text: &mut String, other: &str) {
    if text.is_empty() {
        text.push_str(other);
    }
}
