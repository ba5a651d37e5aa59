//! What changed between two specs of one operation, field by field, and what that means for users of
//! the generated crate.

mod change;
mod compare;
mod fact;
mod meaning;
mod rust;
#[cfg(test)]
mod tests;

pub use change::{Change, ChangeKind, Part, Side};
pub use fact::Fact;
pub use meaning::{Impact, Meaning};

use crate::model::Operation;
use compare::Comparison;

/// Every change from `old` to `new`, in the order of the spec; none if and only if they are equal.
///
/// Fields are told apart by their names, error codes by code: one that is renamed is removed and added.
///
/// ```
/// use ccc_spec::{diff::diff, ir};
///
/// let old = ir::from_json(r#"{
///     "product": "P", "version": "1", "style": "RPC", "action": "A", "title": "A",
///     "request": [], "response": [], "errors": [], "samples": {}, "links": {}
/// }"#)?;
/// let mut new = old.clone();
/// new.response = ir::from_json(r#"{
///     "product": "P", "version": "1", "style": "RPC", "action": "A", "title": "A", "request": [],
///     "response": [{"name": "Count", "type": "Long"}], "errors": [], "samples": {}, "links": {}
/// }"#)?.response;
/// assert_eq!(diff(&old, &new)[0].to_string(), "response.Count: added (Long)");
/// # Ok::<(), ir::IrError>(())
/// ```
#[must_use]
pub fn diff(old: &Operation, new: &Operation) -> Vec<Change> {
    let mut comparison = Comparison::default();
    comparison.operation(old, new);
    comparison.changes
}
