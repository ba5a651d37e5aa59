//! Which structure or enum of which page becomes which Rust type.
//!
//! Things that pages call the same and that are the same are one shared type. Where they differ, the
//! shared name belongs to what most operations mean by it, so that one more page hardly ever renames
//! a type; the others are named after their operation, or after the shared structure they are in.

use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::model::{Field, Operation, Shape};

use super::names::{Identifier, Role, Scope};
use super::siblings::{fill, supplement_fields, supplement_shape};
use super::site::{Content, Key, Kind, Side, Site};

/// Identity of a generated type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TypeId {
    /// What a key means to most operations.
    Shared(Key),
    /// What it means inside a shared structure, where that differs.
    Within { parent: Box<TypeId>, key: Key, fingerprint: String },
    /// What it means to one operation, where that differs.
    Local { operation: usize, key: Key, fingerprint: String },
}

impl TypeId {
    pub(super) fn key(&self) -> &Key {
        match self {
            Self::Shared(key) | Self::Within { key, .. } | Self::Local { key, .. } => key,
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
    shared: BTreeMap<Key, String>,
    pub(super) definitions: BTreeMap<TypeId, Definition>,
}

impl Catalog {
    /// Collects the types of operations that are in their final order and have no doubled fields.
    pub(super) fn new(operations: &[Operation]) -> Self {
        let mut uses = Uses::default();
        for (index, operation) in operations.iter().enumerate() {
            uses.count(index, &operation.request, Side::Request, true);
            uses.count(index, &operation.response, Side::Response, true);
        }
        let mut catalog = Self { shared: uses.winners(), definitions: BTreeMap::new() };
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
        Site::of(field, side, parent.is_none()).map(|site| self.identify(operation, parent, &site))
    }

    fn identify(&self, operation: usize, parent: Option<&TypeId>, site: &Site<'_>) -> TypeId {
        let fingerprint = site.fingerprint();
        let key = site.key.clone();
        if site.shareable && self.shared.get(&key) == Some(&fingerprint) {
            return TypeId::Shared(key);
        }
        match parent {
            Some(parent @ (TypeId::Shared(_) | TypeId::Within { .. })) => {
                TypeId::Within { parent: Box::new(parent.clone()), key, fingerprint }
            }
            Some(TypeId::Local { .. }) | None => TypeId::Local { operation, key, fingerprint },
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
            let id = self.identify(operation, parent, &site);
            let path: Vec<String> = path.iter().cloned().chain([site.key.name.clone()]).collect();
            let shape = match site.content {
                Content::Structure(fields) => Shape::Structure { name: None, fields: fields.to_vec() },
                Content::Enum(values) => Shape::String { values: values.to_vec() },
            };
            self.definitions
                .entry(id.clone())
                .and_modify(|definition| definition.supplement(&shape, field, operation))
                .or_insert_with(|| Definition {
                    shape,
                    description: field.description.clone(),
                    english: field.english.clone(),
                    wire: site.wire.to_owned(),
                    side,
                    operations: BTreeSet::from([operation]),
                    path: path.clone(),
                });
            if let Content::Structure(fields) = site.content {
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

impl Definition {
    fn supplement(&mut self, shape: &Shape, field: &Field, operation: usize) {
        self.operations.insert(operation);
        fill(&mut self.description, &field.description);
        fill(&mut self.english, &field.english);
        match (&mut self.shape, shape) {
            (Shape::Structure { fields, .. }, Shape::Structure { fields: more, .. }) => {
                supplement_fields(fields, more);
            }
            (first, other) => supplement_shape(first, other),
        }
    }
}

/// How many operations mean what by a key: operations by fingerprint by key.
#[derive(Debug, Default)]
struct Uses(BTreeMap<Key, BTreeMap<String, BTreeSet<usize>>>);

impl Uses {
    fn count(&mut self, operation: usize, fields: &[Field], side: Side, at_root: bool) {
        for field in fields {
            let Some(site) = Site::of(field, side, at_root) else { continue };
            if site.shareable {
                let meanings = self.0.entry(site.key.clone()).or_default();
                meanings.entry(site.fingerprint()).or_default().insert(operation);
            }
            if let Content::Structure(fields) = site.content {
                self.count(operation, fields, side, false);
            }
        }
    }

    /// What each key means to most operations; to the first of them where that is a tie.
    fn winners(self) -> BTreeMap<Key, String> {
        let most = |meanings: BTreeMap<String, BTreeSet<usize>>| {
            meanings
                .into_iter()
                .max_by_key(|(fingerprint, operations)| {
                    let first = operations.first().copied().unwrap_or(usize::MAX);
                    (operations.len(), std::cmp::Reverse((first, fingerprint.clone())))
                })
                .map(|(fingerprint, _)| fingerprint)
        };
        self.0.into_iter().filter_map(|(key, meanings)| Some((key, most(meanings)?))).collect()
    }
}
