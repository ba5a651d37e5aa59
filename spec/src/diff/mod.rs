//! Compares two specs of one operation, or of one shared type, field by field.

mod change;
mod compare;
mod fact;
#[cfg(test)]
mod tests;

pub use change::{Change, ChangeKind, Part, Side};
pub use fact::Fact;

use crate::model::{Operation, SharedType};
use compare::Comparison;

/// Returns every change from `old` to `new`, in the order of the spec; empty if and only if they are equal.
///
/// Fields are matched by their names, error codes by their codes: renaming counts as removing and adding.
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
    let mut comparison = Comparison::new(Side::Operation);
    comparison.operation(old, new);
    comparison.changes
}

/// Returns every change of a shared type; none if and only if the types are equal, apart from the operations that
/// refer to them. `side` says where the type is used, [`Side::Request`] or [`Side::Response`].
///
/// ```
/// use ccc_spec::diff::{Side, diff_types};
/// use ccc_spec::model::{Field, Shape, SharedType};
///
/// let user = |fields| SharedType {
///     name: "User".to_owned(),
///     called: "User".to_owned(),
///     operations: vec!["GetUser".to_owned()],
///     description: String::new(),
///     english: String::new(),
///     shape: Shape::Structure { name: None, fields },
/// };
/// let changes = diff_types(&user(vec![]), &user(vec![Field::new("Age", Shape::Integer)]), Side::Response);
/// assert_eq!(changes[0].to_string(), "User.Age: added (Integer)");
/// ```
#[must_use]
pub fn diff_types(old: &SharedType, new: &SharedType, side: Side) -> Vec<Change> {
    let mut comparison = Comparison::new(side);
    comparison.shared(old, new);
    comparison.changes
}
