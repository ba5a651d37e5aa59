//! The change report: the changes between two states of all specs, their meaning for users of the generated crate, and
//! the release that they need. It is Markdown for people, and JSON for machines.

mod json;
mod markdown;
mod meaning;
mod release;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use ccc_spec::diff::{Change, Side, diff, diff_types};
use ccc_spec::model::{Operation, ProductSpec, SharedType};

pub use meaning::{Impact, Meaning};
pub use release::{CrateVersion, Release, VersionError};

/// The changes between two states of all specs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    entries: Vec<Entry>,
}

/// The change of one operation or one shared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Product code.
    pub product: String,
    /// API version.
    pub version: String,
    /// The operation or type.
    pub subject: Subject,
    /// The change.
    pub change: EntryChange,
}

/// The subject of an entry; types come after operations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The operation with that action.
    Operation(String),
    /// The shared type of that name.
    Type(String),
}

/// The change of an operation or a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is documented differently.
    Changed {
        /// The changes in the order of the spec; at least one.
        changes: Vec<Change>,
        /// The operations that refer to the type. Each change affects all of them.
        reaches: Vec<String>,
    },
}

impl Entry {
    /// Returns the greatest impact of its changes.
    #[must_use]
    pub fn impact(&self) -> Impact {
        match &self.change {
            EntryChange::Added => Impact::Addition,
            EntryChange::Removed => Impact::Breaking,
            EntryChange::Changed { changes, .. } => changes
                .iter()
                .map(|change| Meaning::from_change(change).impact)
                .max()
                .unwrap_or(Impact::Documentation),
        }
    }

    /// Returns the heading of the entry: `CCC 2020-07-01 MakeCall`, `CCC 2020-07-01 type UserContext`.
    #[must_use]
    pub fn title(&self) -> String {
        let Self { product, version, .. } = self;
        match &self.subject {
            Subject::Operation(action) => format!("{product} {version} {action}"),
            Subject::Type(name) => format!("{product} {version} type {name}"),
        }
    }
}

impl Report {
    /// Compares the specs of products before and after. Operations are identified by product, version and action, types by
    /// product, version and name. The entries are in that order, without those that did not change. A change of a type is
    /// reported once, with the type.
    ///
    /// ```
    /// use ccc_codegen::report::{CrateVersion, Report};
    /// use ccc_spec::{ir, model::ProductSpec};
    ///
    /// let before = ir::from_json(r#"{
    ///     "product": "P", "version": "1", "style": "RPC", "action": "Ring", "title": "Ring",
    ///     "request": [], "response": [], "errors": [], "samples": {}, "links": {}
    /// }"#)?;
    /// let before = ProductSpec { operations: vec![before], types: vec![] };
    /// let report = Report::between(&[before], &[]);
    /// let release = report.release("0.3.1".parse()?);
    /// assert_eq!(release.next(), CrateVersion { major: 0, minor: 4, patch: 0 });
    /// assert!(report.to_markdown("0.3.1".parse()?).contains("code that calls it no longer compiles"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn between(before: &[ProductSpec], after: &[ProductSpec]) -> Self {
        let mut changes: BTreeMap<Key<'_>, EntryChange> = BTreeMap::new();
        let changed = |changes: Vec<Change>, reaches: &[String]| {
            (!changes.is_empty()).then(|| EntryChange::Changed { changes, reaches: reaches.to_vec() })
        };

        let (old, new) = (operations(before), operations(after));
        for (key, operation) in &new {
            let change = match old.get(key) {
                None => Some(EntryChange::Added),
                Some(was) => changed(diff(was, operation), &[]),
            };
            changes.extend(change.map(|change| (key.clone(), change)));
        }
        changes.extend(gone(&old, &new));

        let (old, new) = (types(before), types(after));
        for (key, (shared, side)) in &new {
            let change = match old.get(key) {
                None => Some(EntryChange::Added),
                Some((was, _)) => changed(diff_types(was, shared, *side), &shared.operations),
            };
            changes.extend(change.map(|change| (key.clone(), change)));
        }
        changes.extend(gone(&old, &new));

        let entry = |((product, version, subject), change): (Key<'_>, EntryChange)| Entry {
            product: product.to_owned(),
            version: version.to_owned(),
            subject,
            change,
        };
        Self { entries: changes.into_iter().map(entry).collect() }
    }

    /// Returns the changes, operations before types.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the greatest impact of all changes; `None` if nothing changed.
    #[must_use]
    pub fn impact(&self) -> Option<Impact> {
        self.entries.iter().map(Entry::impact).max()
    }

    /// Returns the release that the changes need, after `current`.
    #[must_use]
    pub fn release(&self, current: CrateVersion) -> Release {
        Release { current, impact: self.impact() }
    }

    /// Writes the report as Markdown: the release first, then each operation with its changes, those with the greatest impact
    /// first.
    #[must_use]
    pub fn to_markdown(&self, current: CrateVersion) -> String {
        markdown::write(self, self.release(current))
    }

    /// Writes the report as one indented JSON object with a newline at the end. Its members are `current`, `next`, `impact`
    /// (null if nothing changed), `operations` and `types`. Each operation and type has `product`, `version`, `action` or
    /// `type`, `change` (`added`, `removed` or `changed`), `impact`, and `changes`, each with `path`, `change`, `impact` and
    /// `reason`.
    #[must_use]
    pub fn to_json(&self, current: CrateVersion) -> String {
        json::write(self, self.release(current))
    }
}

type Key<'a> = (&'a str, &'a str, Subject);

fn operations(specs: &[ProductSpec]) -> BTreeMap<Key<'_>, &Operation> {
    let operations = specs.iter().flat_map(|spec| &spec.operations);
    let key = |operation: &Operation| Subject::Operation(operation.action.clone());
    operations
        .map(|operation| {
            ((operation.product.as_str(), operation.version.as_str(), key(operation)), operation)
        })
        .collect()
}

fn types(specs: &[ProductSpec]) -> BTreeMap<Key<'_>, (&SharedType, Side)> {
    let mut types = BTreeMap::new();
    for spec in specs {
        let Some(first) = spec.operations.first() else { continue };
        let requests = spec.types_of_requests();
        for shared in &spec.types {
            let is_requested = requests.contains(shared.name.as_str());
            let side = if is_requested { Side::Request } else { Side::Response };
            let subject = Subject::Type(shared.name.clone());
            types.insert((first.product.as_str(), first.version.as_str(), subject), (shared, side));
        }
    }
    types
}

/// Returns the entries that only `old` has, as removed.
fn gone<'a, T>(old: &BTreeMap<Key<'a>, T>, new: &BTreeMap<Key<'a>, T>) -> Vec<(Key<'a>, EntryChange)> {
    old.keys().filter(|key| !new.contains_key(*key)).map(|key| (key.clone(), EntryChange::Removed)).collect()
}
