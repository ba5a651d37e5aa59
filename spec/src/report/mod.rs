//! The change report: what changed between two states of all specs, what it means for users of the
//! generated crate, and the release it asks for. As Markdown for people, as JSON for machines.

mod json;
mod markdown;
mod release;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use release::{CrateVersion, Release, VersionError};

use crate::diff::{Change, ChangeKind, Impact, diff};
use crate::model::Operation;

/// What changed between two states of all specs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    operations: Vec<OperationReport>,
}

/// What changed of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationReport {
    /// Product code.
    pub product: String,
    /// API version.
    pub version: String,
    /// The action.
    pub action: String,
    /// What changed.
    pub change: OperationChange,
}

/// What changed of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is documented otherwise; never without a change.
    Changed(Vec<Change>),
}

impl OperationReport {
    /// The gravest of its changes.
    #[must_use]
    pub fn impact(&self) -> Impact {
        match &self.change {
            OperationChange::Added => Impact::Addition,
            OperationChange::Removed => Impact::Breaking,
            OperationChange::Changed(changes) => {
                changes.iter().map(|change| change.meaning().impact).max().unwrap_or(Impact::Documentation)
            }
        }
    }

    /// What it is the report of: `CCC 2020-07-01 MakeCall`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{} {} {}", self.product, self.version, self.action)
    }
}

impl Report {
    /// Compares the specs before and after. Operations are told apart by product, version and action, and
    /// reported in that order; those that did not change are left out.
    ///
    /// ```
    /// use ccc_spec::{ir, report::{CrateVersion, Report}};
    ///
    /// let before = ir::from_json(r#"{
    ///     "product": "P", "version": "1", "style": "RPC", "action": "Ring", "title": "Ring",
    ///     "request": [], "response": [], "errors": [], "samples": {}, "links": {}
    /// }"#)?;
    /// let report = Report::between([&before], []);
    /// let release = report.release("0.3.1".parse()?);
    /// assert_eq!(release.next(), CrateVersion { major: 0, minor: 4, patch: 0 });
    /// assert!(report.to_markdown("0.3.1".parse()?).contains("code that calls it no longer compiles"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn between<'a>(
        before: impl IntoIterator<Item = &'a Operation>,
        after: impl IntoIterator<Item = &'a Operation>,
    ) -> Self {
        let (old, new) = (by_key(before), by_key(after));
        let mut changes: BTreeMap<Key<'_>, OperationChange> = BTreeMap::new();
        for (key, operation) in &new {
            match old.get(key).map(|was| diff(was, operation)) {
                None => changes.insert(*key, OperationChange::Added),
                Some(fields) if fields.is_empty() => None,
                Some(fields) => changes.insert(*key, OperationChange::Changed(fields)),
            };
        }
        for key in old.keys().filter(|key| !new.contains_key(*key)) {
            changes.insert(*key, OperationChange::Removed);
        }
        Self {
            operations: changes
                .into_iter()
                .map(|((product, version, action), change)| OperationReport {
                    product: product.to_owned(),
                    version: version.to_owned(),
                    action: action.to_owned(),
                    change,
                })
                .collect(),
        }
    }

    /// Adds that the generator makes another Rust type of the field at `path`, unless a change of that field says so
    /// already. Of an operation that is new or gone there is nothing to add.
    pub fn add_rust_type(&mut self, operation: &Operation, path: &str, old: &str, new: &str) {
        let key = (operation.product.as_str(), operation.version.as_str(), operation.action.as_str());
        let kind = ChangeKind::RustType { old: old.to_owned(), new: new.to_owned() };
        let change = Change { path: path.to_owned(), kind };
        let found = self.operations.binary_search_by(|report| {
            (report.product.as_str(), report.version.as_str(), report.action.as_str()).cmp(&key)
        });
        match found {
            Ok(at) => {
                let report = self.operations.get_mut(at).map(|report| &mut report.change);
                if let Some(OperationChange::Changed(changes)) = report
                    && !changes.iter().any(|known| known.is_of_type(path))
                {
                    changes.push(change);
                }
            }
            Err(at) => self.operations.insert(
                at,
                OperationReport {
                    product: operation.product.clone(),
                    version: operation.version.clone(),
                    action: operation.action.clone(),
                    change: OperationChange::Changed(vec![change]),
                },
            ),
        }
    }

    /// The operations that changed.
    #[must_use]
    pub fn operations(&self) -> &[OperationReport] {
        &self.operations
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// The gravest change of all; none if nothing changed.
    #[must_use]
    pub fn impact(&self) -> Option<Impact> {
        self.operations.iter().map(OperationReport::impact).max()
    }

    /// The release that the changes ask for, after `current`.
    #[must_use]
    pub fn release(&self, current: CrateVersion) -> Release {
        Release { current, impact: self.impact() }
    }

    /// The report as Markdown: the release first, then each operation with its changes, the gravest first.
    #[must_use]
    pub fn to_markdown(&self, current: CrateVersion) -> String {
        markdown::write(self, self.release(current))
    }

    /// The report as one JSON object, indented, with a newline at the end: `current`, `next`, `impact` (null if
    /// nothing changed) and `operations`, each with `product`, `version`, `action`, `change` (`added`,
    /// `removed` or `changed`), `impact` and `changes`, each with `path`, `change`, `impact` and `reason`.
    #[must_use]
    pub fn to_json(&self, current: CrateVersion) -> String {
        json::write(self, self.release(current))
    }
}

type Key<'a> = (&'a str, &'a str, &'a str);

fn by_key<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> BTreeMap<Key<'a>, &'a Operation> {
    let key = |operation: &'a Operation| {
        (operation.product.as_str(), operation.version.as_str(), operation.action.as_str())
    };
    operations.into_iter().map(|operation| (key(operation), operation)).collect()
}
