//! Which structure or enum of which page becomes which Rust type.
//!
//! What operations share is one type with the plain name. What a page means otherwise is named after
//! its operation, or after the shared structure it is in.

use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::model::{Field, Operation, Shape};

use super::names::{Identifier, Role, Scope};
use super::sharing::Sharing;
use super::siblings::{fill, supplement_shape};
use super::site::{Key, Kind, Side, Site};

/// Identity of a generated type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TypeId {
    /// What operations share under a key.
    Shared(Key),
    /// What a field of a shared structure holds, where that is something else.
    Within { parent: Box<TypeId>, field: String, key: Key },
    /// What it means to one operation, where that differs.
    Local { operation: usize, key: Key, fingerprint: String },
}

impl TypeId {
    pub(super) fn key(&self) -> &Key {
        match self {
            Self::Shared(key) | Self::Within { key, .. } | Self::Local { key, .. } => key,
        }
    }

    /// The shared structure it is, or is in.
    fn owner(&self) -> Option<&Key> {
        match self {
            Self::Shared(key) => Some(key),
            Self::Within { parent, .. } => parent.owner(),
            Self::Local { .. } => None,
        }
    }
}

/// A type to generate.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// A structure or a text with values; everything the pages say of it.
    pub(super) shape: Shape,
    /// Description of the first field that holds it.
    pub(super) description: String,
    /// The same in English.
    pub(super) english: String,
    /// What the page calls it.
    pub(super) wire: String,
    /// Where the first field that holds it is.
    pub(super) side: Side,
    /// Operations that have it.
    pub(super) operations: BTreeSet<usize>,
    /// Names from the outermost field to it; tells equal names within an operation apart.
    path: Vec<String>,
}

/// All types of all operations.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    sharing: Sharing,
    pub(super) definitions: BTreeMap<TypeId, Definition>,
}

impl Catalog {
    /// Collects the types of operations that are in their final order and have no doubled fields.
    pub(super) fn new(operations: &[Operation]) -> Self {
        let mut catalog = Self { sharing: Sharing::of(operations), definitions: BTreeMap::new() };
        for (index, operation) in operations.iter().enumerate() {
            for (side, fields) in [(Side::Request, &operation.request), (Side::Response, &operation.response)]
            {
                catalog.collect(index, side, None, fields, &[]);
            }
        }
        catalog
    }

    /// The type of the structure or enum that `field` holds, if it holds one. `parent` is the type
    /// the field belongs to, unless that is the request or the answer itself.
    pub(super) fn type_of(
        &self,
        operation: usize,
        side: Side,
        parent: Option<&TypeId>,
        field: &Field,
    ) -> Option<TypeId> {
        Site::of(field, side, parent.is_none()).map(|site| self.identify(operation, parent, field, &site))
    }

    fn identify(&self, operation: usize, parent: Option<&TypeId>, field: &Field, site: &Site<'_>) -> TypeId {
        let key = site.key.clone();
        if self.sharing.includes(parent.and_then(TypeId::owner), site) {
            return TypeId::Shared(key);
        }
        match parent {
            Some(parent @ (TypeId::Shared(_) | TypeId::Within { .. })) => {
                TypeId::Within { parent: Box::new(parent.clone()), field: field.name.clone(), key }
            }
            Some(TypeId::Local { .. }) | None => {
                TypeId::Local { operation, key, fingerprint: site.fingerprint() }
            }
        }
    }

    fn collect(
        &mut self,
        operation: usize,
        side: Side,
        parent: Option<&TypeId>,
        fields: &[Field],
        path: &[String],
    ) {
        for field in fields {
            let Some(site) = Site::of(field, side, parent.is_none()) else { continue };
            let id = self.identify(operation, parent, field, &site);
            let path: Vec<String> = path.iter().cloned().chain([site.key.name.clone()]).collect();
            // A shared type is what all pages together say of it.
            let shared = if let TypeId::Shared(key) = &id { self.sharing.shape(key).cloned() } else { None };
            let is_shared = shared.is_some();
            let shape = shared.unwrap_or_else(|| site.content.shape());
            let definition = self.definitions.entry(id.clone()).or_insert_with(|| Definition {
                shape: shape.clone(),
                description: String::new(),
                english: String::new(),
                wire: site.wire.to_owned(),
                side,
                operations: BTreeSet::new(),
                path: path.clone(),
            });
            supplement_shape(&mut definition.shape, &shape);
            fill(&mut definition.description, &field.description);
            fill(&mut definition.english, &field.english);
            let seen = !definition.operations.insert(operation);
            if let Shape::Structure { fields, .. } = &shape
                && !(is_shared && seen)
            {
                self.collect(operation, side, Some(&id), fields, &path);
            }
        }
    }

    /// Names for every type. `scope` holds the operations' own; `actions` are their names.
    pub(super) fn names(&self, actions: &[&str], scope: &mut Scope) -> BTreeMap<TypeId, TypeName> {
        let mut names = BTreeMap::new();
        let mut local: Vec<_> = Vec::new();
        // The order of the identities: shared types first, then what is in them, parents first.
        for (id, definition) in &self.definitions {
            let name = match id {
                TypeId::Shared(key) => TypeName::claim(key, &[&key.name], scope),
                TypeId::Within { parent, key, .. } => {
                    let parent = names.get(parent.as_ref()).map_or("", |name: &TypeName| name.own.as_str());
                    TypeName::claim(key, &[&format!("{parent} {}", key.name)], scope)
                }
                TypeId::Local { operation, .. } => {
                    local.push((*operation, &definition.path, id));
                    continue;
                }
            };
            names.insert(id.clone(), name);
        }
        local.sort();
        for (operation, path, id) in local {
            let action = actions.get(operation).copied().unwrap_or_default();
            let short = format!("{action} {}", id.key().name);
            let long = format!("{action} {}", path.join(" "));
            names.insert(id.clone(), TypeName::claim(id.key(), &[&short, &long], scope));
        }
        names
    }
}

/// What a type is called.
#[derive(Clone, Debug)]
pub(super) struct TypeName {
    pub(super) own: Identifier,
    /// Name of the builder of a request's structure.
    pub(super) builder: Option<Identifier>,
}

impl TypeName {
    fn claim(key: &Key, candidates: &[&str], scope: &mut Scope) -> Self {
        let own = scope.claim(Role::Type, candidates);
        let built = key.kind == Kind::Structure(Side::Request);
        let builder = built.then(|| scope.claim(Role::Type, &[&format!("{} Builder", own.as_str())]));
        Self { own, builder }
    }
}
