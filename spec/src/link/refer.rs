//! Replaces shared structures and enums of operations by references, and collects the shared types.

use std::collections::{BTreeMap, BTreeSet};

use super::prior::Place;
use super::sharing::{Meaning, Sharing};
use super::site::{Content, Key, Site};
use crate::model::{Field, Operation, ProductSpec, Shape, SharedType, Side};

/// Puts a reference wherever a structure or an enum is shared. The operations are in their final order and have no
/// duplicate fields.
pub(super) fn refer(mut operations: Vec<Operation>, previous: &ProductSpec) -> ProductSpec {
    let mut writer = Writer { sharing: Sharing::new(&operations, previous), types: BTreeMap::new() };
    for operation in &mut operations {
        let mut used = BTreeSet::new();
        for (side, fields) in
            [(Side::Request, &mut operation.request), (Side::Response, &mut operation.response)]
        {
            let place = Place::operation(&operation.action, side);
            used.append(&mut writer.fields(None, side, &place, true, fields));
        }
        writer.serve(&operation.action, used);
    }
    let mut types: Vec<SharedType> = writer.types.into_values().map(|written| written.shared).collect();
    types.sort_by(|one, other| one.name.cmp(&other.name));
    ProductSpec { operations, types }
}

struct Writer {
    sharing: Sharing,
    types: BTreeMap<Key, Written>,
}

/// A type, and those that it refers to itself.
struct Written {
    shared: SharedType,
    holds: BTreeSet<Key>,
}

impl Writer {
    /// Puts the references below `place` and returns the types that they refer to. `owner` is the shared structure that
    /// the fields belong to, if any.
    fn fields(
        &mut self,
        owner: Option<&Key>,
        side: Side,
        place: &Place,
        at_root: bool,
        fields: &mut [Field],
    ) -> BTreeSet<Key> {
        let mut used = BTreeSet::new();
        for field in fields {
            let Some(site) = Site::from_field(field, side, at_root) else { continue };
            let place = place.member(field);
            if self.sharing.includes(owner, &place, &site)
                && let Some(meaning) = self.sharing.meaning(&site.key).cloned()
            {
                let key = site.key;
                *field.shape.core_mut() = Shape::Shared { to: meaning.name.clone() };
                self.write(&key, side, meaning);
                used.insert(key);
            } else if let Content::Structure(_) = site.content
                && let Shape::Structure { fields, .. } = field.shape.core_mut()
            {
                used.append(&mut self.fields(owner, side, &place, false, fields));
            }
        }
        used
    }

    /// Writes a type, unless it has been written already.
    fn write(&mut self, key: &Key, side: Side, meaning: Meaning) {
        if self.types.contains_key(key) {
            return;
        }
        let Meaning { name, called, mut shape, description, english, .. } = meaning;
        let mut holds = BTreeSet::new();
        if let Shape::Structure { fields, .. } = &mut shape {
            holds = self.fields(Some(key), side, &Place::shared(&name), false, fields);
        }
        let shared = SharedType { name, called, operations: Vec::new(), description, english, shape };
        self.types.insert(key.clone(), Written { shared, holds });
    }

    /// Records that the operation refers to these types and to all that they contain.
    fn serve(&mut self, action: &str, mut open: BTreeSet<Key>) {
        let mut seen = BTreeSet::new();
        while let Some(key) = open.pop_first() {
            let Some(written) = self.types.get_mut(&key) else { continue };
            if seen.insert(key) {
                written.shared.operations.push(action.to_owned());
                open.extend(written.holds.iter().cloned());
            }
        }
    }
}
