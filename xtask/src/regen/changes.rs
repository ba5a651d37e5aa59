//! What a run changes in the spec, operation by operation and field by field.

use std::collections::BTreeMap;

use ccc_spec::diff::{Change, diff};
use ccc_spec::model::Operation;

use crate::specs::{OperationKey, Specs};
use crate::workspace::SPECS;

/// A change of one operation.
#[derive(Clone, Debug)]
pub(crate) enum OperationChange {
    /// It was not there before.
    Added(OperationKey),
    /// No page documents it any more.
    Removed(OperationKey),
    /// Its page says something else now; never without a change.
    Changed(OperationKey, Vec<Change>),
    /// The spec on disk could not be read, so that there is nothing to compare with.
    Replaced {
        /// Path of the spec below the workspace.
        spec: String,
        /// Why it could not be read.
        reason: String,
        /// The operation it is the spec of, if a page still gives one.
        operation: Option<OperationKey>,
    },
}

/// Compares the specs on disk with the operations that will be there, by what the operation is rather than by
/// where its page lies. Sorted by operation; specs that could not be read come first.
pub(crate) fn compare(before: &Specs, after: &BTreeMap<String, Operation>) -> Vec<OperationChange> {
    let replaced = before.damaged.iter().map(|(path, reason)| OperationChange::Replaced {
        spec: format!("{SPECS}/{path}"),
        reason: reason.clone(),
        operation: after.get(path).map(OperationKey::of),
    });
    let mut changes: Vec<_> = replaced.collect();

    let old = by_key(before.readable.values());
    let incomparable = |path: &String| before.damaged.contains_key(path);
    let comparable = after.iter().filter(|(path, _)| !incomparable(path)).map(|(_, operation)| operation);
    let new = by_key(comparable);
    for (key, operation) in &new {
        match old.get(key) {
            None => changes.push(OperationChange::Added(key.clone())),
            Some(was) => {
                let fields = diff(was, operation);
                if !fields.is_empty() {
                    changes.push(OperationChange::Changed(key.clone(), fields));
                }
            }
        }
    }
    let present = by_key(after.values());
    let gone = old.keys().filter(|key| !present.contains_key(key));
    changes.extend(gone.map(|key| OperationChange::Removed(key.clone())));
    changes
}

fn by_key<'a>(operations: impl Iterator<Item = &'a Operation>) -> BTreeMap<OperationKey, &'a Operation> {
    operations.map(|operation| (OperationKey::of(operation), operation)).collect()
}
