//! Decides which structures and enums of the operations become one shared type.
//!
//! Some pages describe a structure in less detail than others and omit fields. In responses everything may be absent.
//! For this reason, structures that do not contradict each other become one type with the fields of all, and another page can extend
//! a type without renaming it. In requests, structures must be equal: a parameter that only another operation takes
//! must not be offered.
//!
//! A type of the previous spec keeps its name and its meaning. First come the operations that refer to it and still
//! mean the same, then all others that agree with them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::merge::{fill, supplement_shape};
use super::prior::{Place, Prior};
use super::site::{Content, Key, Kind, Site};
use crate::model::{Field, Operation, ProductSpec, Shape, Side};

/// The types that operations share.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    prior: Prior,
    meanings: BTreeMap<Key, Meaning>,
    /// The shared structures that each shared structure contains; never in a cycle.
    holds: BTreeMap<Key, BTreeSet<Key>>,
}

/// The meaning of a key.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    /// The type's name.
    pub(super) name: String,
    /// The name that pages use.
    pub(super) called: String,
    pub(super) shape: Shape,
    pub(super) description: String,
    pub(super) english: String,
    /// The fingerprint that a structure of a request must have.
    exactly: Option<String>,
    /// Whether the previous spec has the type.
    is_known: bool,
    /// The shape without new content: the meaning for the operations that already refer to the type.
    without_new: Option<Shape>,
}

impl Sharing {
    /// Compares operations that are in their final order and have no duplicate fields.
    pub(super) fn new(operations: &[Operation], previous: &ProductSpec) -> Self {
        let mut sharing = Self { prior: Prior::from_spec(previous), ..Self::default() };
        let uses = Uses::new(operations, &sharing.prior);
        sharing.meanings = uses.meanings(&sharing.prior);
        let structures: Vec<(Key, Meaning)> =
            sharing.meanings.iter().map(|(key, meaning)| (key.clone(), meaning.clone())).collect();
        for (key, meaning) in &structures {
            if let Shape::Structure { fields, .. } = &meaning.shape {
                sharing.link(key, &Place::shared(&meaning.name), fields);
            }
        }
        sharing
    }

    /// Returns the meaning of a key.
    pub(super) fn meaning(&self, key: &Key) -> Option<&Meaning> {
        self.meanings.get(key)
    }

    /// Returns whether the site is its key's shared type; `owner` is the shared structure it is in, if any.
    pub(super) fn includes(&self, owner: Option<&Key>, place: &Place, site: &Site<'_>) -> bool {
        let held = |owner: &Key| self.holds.get(owner).is_some_and(|held| held.contains(&site.key));
        self.means(place, site) && owner.is_none_or(held)
    }

    /// Returns whether a site has the meaning of its key. A site that is inline in the previous spec stays inline as
    /// long as the previous spec has the type.
    fn means(&self, place: &Place, site: &Site<'_>) -> bool {
        site.shareable
            && self.meanings.get(&site.key).is_some_and(|meaning| {
                !(meaning.is_known && self.prior.is_inline(place))
                    && match &meaning.exactly {
                        Some(fingerprint) => *fingerprint == site.fingerprint(),
                        None => covers(&meaning.shape, &site.shape()),
                    }
            })
    }

    /// Records the content of the shared structure `owner`. A structure that would contain itself, at any depth,
    /// contains a type of its own instead.
    fn link(&mut self, owner: &Key, place: &Place, fields: &[Field]) {
        let side = if let Kind::Structure(side) = owner.kind { side } else { Side::Response };
        for field in fields {
            let Some(site) = Site::from_field(field, side, false) else { continue };
            let place = place.member(field);
            if self.means(&place, &site) && !self.reaches(&site.key, owner) {
                self.holds.entry(owner.clone()).or_default().insert(site.key);
            } else if let Content::Structure(fields) = site.content {
                self.link(owner, &place, fields);
            }
        }
    }

    fn reaches(&self, from: &Key, to: &Key) -> bool {
        from == to || self.holds.get(from).into_iter().flatten().any(|held| self.reaches(held, to))
    }
}

/// The uses of each key on the pages, by fingerprint.
#[derive(Debug, Default)]
struct Uses(BTreeMap<Key, Variants>);

/// The meanings that pages give to one key.
#[derive(Debug, Default)]
struct Variants {
    by_fingerprint: BTreeMap<String, Use>,
    /// How often the previous spec refers here to each type.
    names: BTreeMap<String, usize>,
    called: String,
}

/// One meaning of a key.
#[derive(Clone, Debug)]
struct Use {
    shape: Shape,
    description: String,
    english: String,
    /// The operations with this meaning.
    operations: BTreeSet<usize>,
    /// The operations that refer to the key's type in the previous spec.
    holders: BTreeSet<usize>,
    /// The operations in which it is not inline in the previous spec.
    free: BTreeSet<usize>,
}

impl Uses {
    fn new(operations: &[Operation], prior: &Prior) -> Self {
        let mut uses = Self::default();
        for (index, operation) in operations.iter().enumerate() {
            for (side, fields) in [(Side::Request, &operation.request), (Side::Response, &operation.response)]
            {
                uses.count(prior, index, side, &Place::operation(&operation.action, side), true, fields);
            }
        }
        uses
    }

    fn count(
        &mut self,
        prior: &Prior,
        operation: usize,
        side: Side,
        place: &Place,
        at_root: bool,
        fields: &[Field],
    ) {
        for field in fields {
            let Some(site) = Site::from_field(field, side, at_root) else { continue };
            let place = place.member(field);
            if site.shareable {
                let shape = site.shape();
                let variants = self.0.entry(site.key.clone()).or_default();
                fill(&mut variants.called, site.called);
                let name = prior.name_at(&place, &shape);
                if let Some(name) = name {
                    *variants.names.entry(name.to_owned()).or_default() += 1;
                }
                let known = variants.by_fingerprint.entry(site.fingerprint()).or_insert_with(|| Use {
                    shape: shape.clone(),
                    description: String::new(),
                    english: String::new(),
                    operations: BTreeSet::new(),
                    holders: BTreeSet::new(),
                    free: BTreeSet::new(),
                });
                supplement_shape(&mut known.shape, &shape);
                fill(&mut known.description, &field.description);
                fill(&mut known.english, &field.english);
                known.operations.insert(operation);
                if name.is_some() {
                    known.holders.insert(operation);
                }
                if !prior.is_inline(&place) {
                    known.free.insert(operation);
                }
            }
            if let Content::Structure(fields) = site.content {
                self.count(prior, operation, side, &place, false, fields);
            }
        }
    }

    fn meanings(self, prior: &Prior) -> BTreeMap<Key, Meaning> {
        // Existing names come first, so that no new type takes one.
        let known: BTreeMap<Key, String> =
            self.0.iter().filter_map(|(key, variants)| Some((key.clone(), variants.known_name()?))).collect();
        let mut taken: BTreeSet<String> = known.values().map(|name| name.to_lowercase()).collect();
        let mut meanings = BTreeMap::new();
        for (key, variants) in self.0 {
            let known = known.get(&key);
            let to_the_letter = key.kind == Kind::Structure(Side::Request);
            let before = known.and_then(|name| prior.shape(name));
            let called = variants.called.clone();
            let Some(Agreed { found, fingerprint, without_new }) = variants.meaning(before, to_the_letter)
            else {
                continue;
            };
            let name = known.cloned().unwrap_or_else(|| claim(&key.name, &mut taken));
            let meaning = Meaning {
                name,
                called,
                shape: found.shape,
                description: found.description,
                english: found.english,
                exactly: to_the_letter.then_some(fingerprint),
                is_known: known.is_some(),
                without_new,
            };
            meanings.insert(key, meaning);
        }
        keep_references(&mut meanings, prior);
        meanings
    }
}

/// Drops the new content of a type if, with it, the type could no longer refer to the same types as before. Those would
/// otherwise be renamed.
fn keep_references(meanings: &mut BTreeMap<Key, Meaning>, prior: &Prior) {
    loop {
        let lost = meanings.iter().find(|(key, meaning)| {
            let side = if let Kind::Structure(side) = key.kind { side } else { Side::Response };
            meaning.without_new.is_some()
                && !refers(meanings, prior, side, &Place::shared(&meaning.name), &meaning.shape)
        });
        let Some(key) = lost.map(|(key, _)| key.clone()) else { return };
        if let Some(meaning) = meanings.get_mut(&key)
            && let Some(shape) = meaning.without_new.take()
        {
            meaning.shape = shape;
        }
    }
}

/// Returns whether a structure can still refer to the types that the previous spec has in it.
fn refers(
    meanings: &BTreeMap<Key, Meaning>,
    prior: &Prior,
    side: Side,
    place: &Place,
    shape: &Shape,
) -> bool {
    let Shape::Structure { fields, .. } = shape else { return true };
    fields.iter().all(|field| {
        let Some(site) = Site::from_field(field, side, false) else { return true };
        let (place, shape) = (place.member(field), site.shape());
        match prior.name_at(&place, &shape) {
            Some(name) => meanings
                .get(&site.key)
                .is_some_and(|meaning| meaning.name == name && covers(&meaning.shape, &shape)),
            None => refers(meanings, prior, side, &place, &shape),
        }
    })
}

/// The meaning that [`Variants::meaning`] finds.
struct Agreed {
    found: Use,
    /// The fingerprint of the use that it began with.
    fingerprint: String,
    /// The meaning without the uses that do not refer to the type yet, if there are any.
    without_new: Option<Shape>,
}

/// Returns the name, or the name with the first free number. Case is ignored, because some file systems ignore it.
fn claim(name: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2_u32..).map(|number| format!("{name}{number}"));
    let free =
        [name.to_owned()].into_iter().chain(numbered).find(|name| !taken.contains(&name.to_lowercase()));
    let free = free.unwrap_or_else(|| name.to_owned());
    taken.insert(free.to_lowercase());
    free
}

impl Variants {
    /// Returns the type that most places refer to in the previous spec.
    fn known_name(&self) -> Option<String> {
        self.names.iter().max_by_key(|(name, count)| (**count, Reverse(*name))).map(|(name, _)| name.clone())
    }

    /// Finds the meaning of a key, and the fingerprint it began with. Operations that refer to the type and still have
    /// its previous meaning (`before`) come first. Then the meaning that most operations can agree on counts; in a tie,
    /// the first.
    fn meaning(self, before: Option<&Shape>, to_the_letter: bool) -> Option<Agreed> {
        let uses: Vec<(String, Use)> = self.by_fingerprint.into_iter().collect();
        let mut uses: Vec<&(String, Use)> = uses.iter().collect();
        uses.sort_by_key(|(_, used)| (Reverse(used.operations.len()), used.operations.first().copied()));
        let alone = |(found, fingerprint)| Agreed { found, fingerprint, without_new: None };
        let Some(before) = before else { return most_agreed(&uses, to_the_letter).map(alone) };

        let those = |wanted: &dyn Fn(&Use) -> bool| -> Vec<&(String, Use)> {
            uses.iter().copied().filter(|(_, used)| wanted(used)).collect()
        };
        let holders = those(&|used| !used.holders.is_empty());
        let loyal = those(&|used| {
            !used.holders.is_empty()
                && if to_the_letter {
                    same(before, &used.shape)
                } else {
                    unite(&mut before.clone(), &used.shape)
                }
        });
        let (first, fingerprint) =
            most_agreed(if loyal.is_empty() { &holders } else { &loyal }, to_the_letter)?;
        if to_the_letter {
            return Some(alone((first, fingerprint)));
        }
        // Uses that refer to the type already have precedence over new ones; inline uses are ignored.
        let free = those(&|used| !used.free.is_empty());
        let referring = [loyal, holders].concat();
        let mut without_new = first.united(&referring).shape;
        let mut found = first.united(&[referring, free].concat());
        call_as(&mut found.shape, &first.shape);
        call_as(&mut without_new, &first.shape);
        let without_new = (without_new != found.shape).then_some(without_new);
        Some(Agreed { found, fingerprint, without_new })
    }
}

/// Returns the meaning that most operations share.
fn most_agreed(uses: &[&(String, Use)], to_the_letter: bool) -> Option<(Use, String)> {
    uses.iter()
        .map(|(fingerprint, seed)| {
            let found = if to_the_letter { seed.clone() } else { seed.united(uses) };
            (found, fingerprint)
        })
        .reduce(|best, next| if next.0.operations.len() > best.0.operations.len() { next } else { best })
        .map(|(found, fingerprint)| (found, fingerprint.clone()))
}

impl Use {
    /// Returns this use and all that agree with it. The one with most content comes first, so that the order does not
    /// depend on where the search began.
    fn united(&self, uses: &[&(String, Self)]) -> Self {
        let mut whole = self.shape.clone();
        let mut open = uses.to_vec();
        let mut agreeing = Vec::new();
        // A use that shares too little with the first few may share enough with all.
        while let Some(at) = open.iter().position(|(_, used)| unite(&mut whole, &used.shape)) {
            agreeing.push(open.remove(at));
        }
        agreeing.sort_by_key(|(fingerprint, used)| {
            (Reverse(names(&used.shape).len()), used.operations.first().copied(), fingerprint)
        });
        let mut agreeing = agreeing.into_iter().map(|(_, used)| used);
        let mut united = agreeing.next().unwrap_or(self).clone();
        for used in agreeing {
            supplement_shape(&mut united.shape, &used.shape);
            united.operations.extend(&used.operations);
            fill(&mut united.description, &used.description);
            fill(&mut united.english, &used.english);
        }
        united
    }
}

/// Renames the structures in `shape` as in `known`; a different name does not change the meaning.
fn call_as(shape: &mut Shape, known: &Shape) {
    let (Shape::Structure { name, fields }, Shape::Structure { name: known_name, fields: known }) =
        (shape.core_mut(), known.core())
    else {
        return;
    };
    name.clone_from(known_name);
    for field in fields {
        if let Some(known) = known.iter().find(|known| known.name == field.name) {
            call_as(&mut field.shape, &known.shape);
        }
    }
}

/// Returns whether two structures have the same fields of the same types.
fn same(one: &Shape, other: &Shape) -> bool {
    covers(one, other) && covers(other, one)
}

/// Adds `other` and returns true, unless the two contradict each other or have too little in common to be one thing.
fn unite(shape: &mut Shape, other: &Shape) -> bool {
    let mut united = shape.clone();
    supplement_shape(&mut united, other);
    let agree = agree(shape, other) && covers(&united, other);
    if agree {
        *shape = united;
    }
    agree
}

/// Returns whether two structures, or sets of values, have at least half of the smaller one in common. A text without
/// values has all values.
fn agree(one: &Shape, other: &Shape) -> bool {
    let overlap = || {
        let (one, other) = (names(one), names(other));
        one.intersection(&other).count() * 2 >= one.len().min(other.len())
    };
    match (one, other) {
        (Shape::Structure { fields: one, .. }, Shape::Structure { fields: others, .. }) => {
            let others: BTreeMap<&str, &Shape> =
                others.iter().map(|field| (field.name.as_str(), &field.shape)).collect();
            let meet = |field: &Field| {
                others.get(field.name.as_str()).is_none_or(|other| agree(field.shape.core(), other.core()))
            };
            overlap() && one.iter().all(meet)
        }
        _ => overlap(),
    }
}

/// Names of fields, or values.
fn names(shape: &Shape) -> BTreeSet<&str> {
    match shape {
        Shape::Structure { fields, .. } => fields.iter().map(|field| field.name.as_str()).collect(),
        Shape::String { values } => values.iter().map(|value| value.value.as_str()).collect(),
        _ => BTreeSet::new(),
    }
}

/// Returns whether `whole` contains all of `part`, unchanged.
pub(super) fn covers(whole: &Shape, part: &Shape) -> bool {
    match (whole, part) {
        (Shape::String { values: whole }, Shape::String { values: part }) => {
            let whole: BTreeSet<&str> = whole.iter().map(|value| value.value.as_str()).collect();
            part.iter().all(|value| whole.contains(value.value.as_str()))
        }
        (Shape::Structure { fields: whole, .. }, Shape::Structure { fields: part, .. }) => {
            let whole: BTreeMap<&str, &Field> =
                whole.iter().map(|field| (field.name.as_str(), field)).collect();
            part.iter().all(|part| {
                whole
                    .get(part.name.as_str())
                    .is_some_and(|whole| whole.encoding == part.encoding && covers(&whole.shape, &part.shape))
            })
        }
        (Shape::List { element: whole, wrapper }, Shape::List { element: part, wrapper: other_wrapper }) => {
            wrapper == other_wrapper && covers(whole, part)
        }
        (Shape::Map { value: whole }, Shape::Map { value: part }) => covers(whole, part),
        (whole, part) => whole == part,
    }
}
