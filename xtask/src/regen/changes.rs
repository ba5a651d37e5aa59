//! What a run changes in the spec, operation by operation and field by field.

use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::model::Operation;
use ccc_spec::report::{CrateVersion, Release, Report};

use super::clients::is_rpc;
use crate::specs::{OperationKey, ProductKey, Specs};
use crate::workspace::SPECS;

/// What a run changes in the spec.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// Of operations that can be compared.
    pub(crate) report: Report,
    /// Specs that could not be read, sorted.
    pub(crate) replaced: Vec<Replaced>,
}

/// A spec on disk that could not be read, so that there is nothing to compare with.
#[derive(Clone, Debug)]
pub(crate) struct Replaced {
    /// Path of the spec below the workspace.
    pub(crate) spec: String,
    /// Why it could not be read.
    pub(crate) reason: String,
    /// Whether a page still gives the operation it is the spec of.
    pub(crate) is_documented: bool,
}

impl Changes {
    /// The release of the client that the changes ask for.
    pub(crate) fn release(&self) -> Release {
        self.report.release(current())
    }
}

/// The version of the client, which is that of the whole workspace.
pub(crate) fn current() -> CrateVersion {
    // Cargo gives numbers.
    let number = |text: &str| text.parse().unwrap_or_default();
    CrateVersion {
        major: number(env!("CARGO_PKG_VERSION_MAJOR")),
        minor: number(env!("CARGO_PKG_VERSION_MINOR")),
        patch: number(env!("CARGO_PKG_VERSION_PATCH")),
    }
}

/// Compares the specs on disk with the operations that will be there, by what the operation is rather than by
/// where its page lies.
pub(crate) fn compare(before: &Specs, after: &BTreeMap<String, Operation>) -> Changes {
    let damaged = |path: &String| before.damaged.contains_key(path);
    let comparable = after.iter().filter(|(path, _)| !damaged(path)).map(|(_, operation)| operation);
    let incomparable: BTreeSet<OperationKey> = after
        .iter()
        .filter(|(path, _)| damaged(path))
        .map(|(_, operation)| OperationKey::of(operation))
        .collect();
    let old: Vec<&Operation> = before
        .readable
        .values()
        .filter(|operation| !incomparable.contains(&OperationKey::of(operation)))
        .collect();
    let new: Vec<&Operation> = comparable.collect();
    let mut report = Report::between(old.iter().copied(), new.iter().copied());
    add_rust_types(&mut report, before, after);
    let replaced = before.damaged.iter().map(|(path, reason)| Replaced {
        spec: format!("{SPECS}/{path}"),
        reason: reason.clone(),
        is_documented: after.contains_key(path),
    });
    Changes { report, replaced: replaced.collect() }
}

/// Adds what becomes of types that operations share.
fn add_rust_types(report: &mut Report, before: &Specs, after: &BTreeMap<String, Operation>) {
    let old = by_product(&before.readable);
    for (product, new) in by_product(after) {
        let old = old.get(&product).map_or(&[][..], Vec::as_slice);
        for change in ccc_codegen::type_changes(old, &new) {
            let operation = new.iter().find(|operation| operation.action == change.action);
            if let Some(operation) = operation {
                report.add_rust_type(operation, &change.path, &change.old, &change.new);
            }
        }
    }
}

/// The RPC operations of each client.
fn by_product(operations: &BTreeMap<String, Operation>) -> BTreeMap<ProductKey, Vec<Operation>> {
    let mut products: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for operation in operations.values().filter(|operation| is_rpc(operation)) {
        products.entry(ProductKey::of(operation)).or_default().push(operation.clone());
    }
    products
}
