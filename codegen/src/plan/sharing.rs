//! What operations mean by one name, put together.
//!
//! Pages describe one structure at different lengths: a field that one leaves out another has. In
//! answers everything may be absent, so what contradicts nothing is one type with the fields of all,
//! and one more page adds to a type without renaming it. Requests are read to the letter: a parameter
//! that only another operation takes must not be offered.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::model::{Field, Operation, Shape};

use super::siblings::supplement_shape;
use super::site::{Content, Key, Kind, Side, Site};

/// The types that operations share.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    meanings: BTreeMap<Key, Meaning>,
    /// Which shared structures hold which; never in a circle.
    holds: BTreeMap<Key, BTreeSet<Key>>,
}

/// What a name means to most operations.
#[derive(Debug)]
struct Meaning {
    shape: Shape,
    /// What a structure of a request must be to the letter.
    exactly: Option<String>,
}

impl Sharing {
    /// Compares operations that are in their final order and have no doubled fields.
    pub(super) fn of(operations: &[Operation]) -> Self {
        let mut uses = Uses::default();
        for (index, operation) in operations.iter().enumerate() {
            uses.count(index, &operation.request, Side::Request, true);
            uses.count(index, &operation.response, Side::Response, true);
        }
        let mut sharing = Self { meanings: uses.meanings(), holds: BTreeMap::new() };
        let structures: Vec<(Key, Vec<Field>)> = sharing
            .meanings
            .iter()
            .filter_map(|(key, meaning)| match &meaning.shape {
                Shape::Structure { fields, .. } => Some((key.clone(), fields.clone())),
                _ => None,
            })
            .collect();
        for (key, fields) in &structures {
            sharing.link(key, fields);
        }
        sharing
    }

    /// The shared type of that key, with all that any page says of it.
    pub(super) fn shape(&self, key: &Key) -> Option<&Shape> {
        self.meanings.get(key).map(|meaning| &meaning.shape)
    }

    /// Whether the site is its key's shared type; `owner` is the shared structure it is in, if any.
    pub(super) fn includes(&self, owner: Option<&Key>, site: &Site<'_>) -> bool {
        let held = |owner: &Key| self.holds.get(owner).is_some_and(|held| held.contains(&site.key));
        self.means(site) && owner.is_none_or(held)
    }

    fn means(&self, site: &Site<'_>) -> bool {
        site.shareable
            && self.meanings.get(&site.key).is_some_and(|meaning| match &meaning.exactly {
                Some(fingerprint) => *fingerprint == site.fingerprint(),
                None => covers(&meaning.shape, &site.content.shape()),
            })
    }

    /// Notes what the shared structure `owner` holds. A structure that would hold itself, however
    /// deep, holds a type of its own instead.
    fn link(&mut self, owner: &Key, fields: &[Field]) {
        let side = if let Kind::Structure(side) = owner.kind { side } else { Side::Response };
        for site in fields.iter().filter_map(|field| Site::of(field, side, false)) {
            if self.means(&site) && !self.reaches(&site.key, owner) {
                self.holds.entry(owner.clone()).or_default().insert(site.key);
            } else if let Content::Structure(fields) = site.content {
                self.link(owner, fields);
            }
        }
    }

    fn reaches(&self, from: &Key, to: &Key) -> bool {
        from == to || self.holds.get(from).into_iter().flatten().any(|held| self.reaches(held, to))
    }
}

/// What each key is on the pages: by fingerprint, the shape and the operations that have it so.
#[derive(Debug, Default)]
struct Uses(BTreeMap<Key, BTreeMap<String, Use>>);

#[derive(Debug)]
struct Use {
    shape: Shape,
    operations: BTreeSet<usize>,
}

impl Uses {
    fn count(&mut self, operation: usize, fields: &[Field], side: Side, at_root: bool) {
        for field in fields {
            let Some(site) = Site::of(field, side, at_root) else { continue };
            if site.shareable {
                let uses = self.0.entry(site.key.clone()).or_default();
                let shape = site.content.shape();
                uses.entry(site.fingerprint())
                    .and_modify(|known| {
                        supplement_shape(&mut known.shape, &shape);
                        known.operations.insert(operation);
                    })
                    .or_insert_with(|| Use { shape: shape.clone(), operations: BTreeSet::from([operation]) });
            }
            if let Content::Structure(fields) = site.content {
                self.count(operation, fields, side, false);
            }
        }
    }

    /// What most operations can agree on, for each key; what the first of them means where that is a tie.
    fn meanings(self) -> BTreeMap<Key, Meaning> {
        let mut meanings = BTreeMap::new();
        for (key, uses) in self.0 {
            let mut uses: Vec<(String, Use)> = uses.into_iter().collect();
            uses.sort_by_key(|(_, used)| (Reverse(used.operations.len()), used.operations.first().copied()));
            let to_the_letter = key.kind == Kind::Structure(Side::Request);
            let best = uses
                .iter()
                .map(|(fingerprint, seed)| {
                    let alone = || (seed.operations.len(), seed.shape.clone());
                    let (operations, shape) = if to_the_letter { alone() } else { seed.united(&uses) };
                    (operations, fingerprint, shape)
                })
                .reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let Some((_, fingerprint, shape)) = best {
                let exactly = to_the_letter.then(|| fingerprint.clone());
                meanings.insert(key, Meaning { shape, exactly });
            }
        }
        meanings
    }
}

impl Use {
    /// This and all that agree with it, as one shape; and how many operations that are.
    fn united(&self, uses: &[(String, Self)]) -> (usize, Shape) {
        let mut shape = self.shape.clone();
        let mut operations: BTreeSet<usize> = BTreeSet::new();
        for (_, used) in uses {
            if unite(&mut shape, &used.shape) {
                operations.extend(&used.operations);
            }
        }
        (operations.len(), shape)
    }
}

/// Adds `other`, unless the two contradict each other or have too little in common to be one thing;
/// tells whether it did.
fn unite(shape: &mut Shape, other: &Shape) -> bool {
    let mut united = shape.clone();
    supplement_shape(&mut united, other);
    let agree = overlap(shape, other) && covers(&united, other);
    if agree {
        *shape = united;
    }
    agree
}

/// Whether the smaller of two structures, or sets of values, has at least half of what it is of in common
/// with the other.
fn overlap(one: &Shape, other: &Shape) -> bool {
    fn names(shape: &Shape) -> BTreeSet<&str> {
        match shape {
            Shape::Structure { fields, .. } => fields.iter().map(|field| field.name.as_str()).collect(),
            Shape::String { values } => values.iter().map(|value| value.value.as_str()).collect(),
            _ => BTreeSet::new(),
        }
    }
    let (one, other) = (names(one), names(other));
    one.intersection(&other).count() * 2 >= one.len().min(other.len())
}

/// Whether all of `part` is in `whole`, and as `whole` has it.
fn covers(whole: &Shape, part: &Shape) -> bool {
    match (whole, part) {
        (Shape::String { values: whole }, Shape::String { values: part }) => {
            let whole: BTreeSet<&str> = whole.iter().map(|value| value.value.as_str()).collect();
            part.iter().all(|value| whole.contains(value.value.as_str()))
        }
        (Shape::Structure { fields: whole, .. }, Shape::Structure { fields: part, .. }) => {
            let whole: BTreeMap<&str, &Shape> =
                whole.iter().map(|field| (field.name.as_str(), &field.shape)).collect();
            part.iter()
                .all(|field| whole.get(field.name.as_str()).is_some_and(|shape| covers(shape, &field.shape)))
        }
        (
            Shape::List { element: whole, wrapper, encoding },
            Shape::List { element: part, wrapper: other_wrapper, encoding: other_encoding },
        ) => wrapper == other_wrapper && encoding == other_encoding && covers(whole, part),
        (Shape::Map { value: whole }, Shape::Map { value: part }) => covers(whole, part),
        (whole, part) => whole == part,
    }
}
