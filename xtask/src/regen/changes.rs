//! The changes of the spec in a run, by operation and field.

use std::collections::{BTreeMap, BTreeSet};

use ccc_codegen::report::{CrateVersion, Release, Report};
use ccc_spec::model::{Operation, ProductSpec};

use crate::specs::{OperationKey, ProductKey, Specs};
use crate::workspace::SPECS;

/// The changes of the spec in a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// Changes of operations that can be compared.
    pub(crate) report: Report,
    /// Specs that could not be read, sorted.
    pub(crate) replaced: Vec<Replaced>,
}

/// A spec on disk that could not be read, so it was not compared.
#[derive(Clone, Debug)]
pub(crate) struct Replaced {
    /// Path of the spec below the workspace.
    pub(crate) spec: String,
    /// Why it could not be read.
    pub(crate) reason: String,
    /// Whether a page still documents its operation.
    pub(crate) is_documented: bool,
}

impl Changes {
    /// Returns the release of the client that the changes ask for.
    pub(crate) fn release(&self) -> Release {
        self.report.release(current())
    }
}

/// Returns the version of the client, which is that of the workspace.
pub(crate) fn current() -> CrateVersion {
    // Cargo sets these to numbers.
    let number = |text: &str| text.parse().unwrap_or_default();
    CrateVersion {
        major: number(env!("CARGO_PKG_VERSION_MAJOR")),
        minor: number(env!("CARGO_PKG_VERSION_MINOR")),
        patch: number(env!("CARGO_PKG_VERSION_PATCH")),
    }
}

/// Compares the specs on disk with the new ones (`after`), by operation and not by path. `operations` are the new ones by
/// the path of their spec.
pub(crate) fn compare(
    before: &Specs,
    operations: &BTreeMap<String, Operation>,
    after: &BTreeMap<ProductKey, ProductSpec>,
) -> Changes {
    let incomparable: BTreeSet<OperationKey> = operations
        .iter()
        .filter(|(path, _)| before.damaged.contains_key(*path))
        .map(|(_, operation)| OperationKey::from_operation(operation))
        .collect();
    let comparable = |products: &BTreeMap<ProductKey, ProductSpec>| -> Vec<ProductSpec> {
        let part = |(key, spec): (&ProductKey, &ProductSpec)| {
            let mut spec = spec.clone();
            spec.operations
                .retain(|operation| !incomparable.contains(&OperationKey::from_operation(operation)));
            spec.types.retain(|shared| !before.damaged.contains_key(&key.type_path(&shared.name)));
            spec
        };
        products.iter().map(part).collect()
    };
    let report = Report::between(&comparable(&before.products), &comparable(after));
    let replaced = before.damaged.iter().map(|(path, reason)| Replaced {
        spec: format!("{SPECS}/{path}"),
        reason: reason.clone(),
        is_documented: operations.contains_key(path) || is_type(after, path),
    });
    Changes { report, replaced: replaced.collect() }
}

/// Whether the path is that of a type.
fn is_type(products: &BTreeMap<ProductKey, ProductSpec>, path: &str) -> bool {
    products.iter().any(|(key, spec)| spec.types.iter().any(|shared| key.type_path(&shared.name) == path))
}
