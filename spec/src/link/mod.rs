//! The link stage: operations that were each read from one page become one spec.
//!
//! Structures and enums that operations share get one name and one [`SharedType`](crate::model::SharedType); operations
//! refer to it. First, the statements of several pages about one field are joined, and each join is reported. Names of
//! the previous spec stay: adding or changing a page does not rename types of other pages.

mod expand;
mod join;
mod merge;
mod prior;
mod refer;
mod samples;
mod sharing;
mod site;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;

pub use expand::expand;
pub use join::{Join, Joined};
pub use merge::supplement_shape as supplement;
pub use site::{Content, Key, Kind, Site};

use crate::model::{Operation, ProductSpec};

/// A product's spec, with the joins that were made for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// The spec.
    pub spec: ProductSpec,
    /// Fields that took their values or type from another page, in the order of operations and fields.
    pub joined: Vec<Joined>,
}

/// Links the operations of one product and version, given in any order, each action once. `previous` is the previous
/// spec, which is empty for a new product.
///
/// ```
/// use ccc_spec::link::link;
/// use ccc_spec::model::ProductSpec;
///
/// assert_eq!(link(vec![], &ProductSpec::default()).spec, ProductSpec::default());
/// ```
#[must_use]
pub fn link(mut operations: Vec<Operation>, previous: &ProductSpec) -> Linked {
    operations.sort_by(|one, other| one.action.cmp(&other.action));
    for operation in &mut operations {
        operation.request = merge::merged(&operation.request);
        operation.response = merge::merged(&operation.response);
        samples::settle(operation);
    }
    let joined = join::join(&mut operations);
    samples::respell(&mut operations);
    Linked { spec: settled(&operations, previous), joined }
}

/// Replaces types by references until nothing changes any more: a type may hold what one operation says in a place
/// that turns out to stay inline.
fn settled(operations: &[Operation], previous: &ProductSpec) -> ProductSpec {
    let mut spec = refer::refer(operations.to_vec(), previous);
    for _ in 0..MOST_ROUNDS {
        let again = refer::refer(operations.to_vec(), &spec);
        if again == spec {
            break;
        }
        spec = again;
    }
    spec
}

/// Real products settle in the first round, and invented ones in two or three.
const MOST_ROUNDS: usize = 8;
