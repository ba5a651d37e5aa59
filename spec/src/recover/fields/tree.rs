//! The fields of a request or response as a tree, before their shapes are worked out.

use crate::model::Side;
use crate::recover::nest::outline::{NodeId, Outline};
use crate::recover::row::Row;

/// The input for working out shapes.
pub(super) struct Page<'a> {
    pub(super) direction: Side,
    pub(super) rows: &'a [Row<'a>],
    pub(super) outline: &'a Outline<'a>,
    /// Whether the page's lists have wrappers, if it shows that.
    pub(super) wraps: Option<bool>,
}

/// A future field, with its members.
#[derive(Clone, Debug, Default)]
pub(super) struct Branch<'a> {
    /// Name on the wire.
    pub(super) name: &'a str,
    /// Its row; none for a level that only dotted names mention.
    pub(super) row: Option<usize>,
    /// The node in the samples.
    pub(super) node: Option<NodeId>,
    /// The level between a list and its elements.
    pub(super) wrapper: Option<Wrapper<'a>>,
    /// Whether its name says it is a list, as in `Tag.N`.
    pub(super) is_list: bool,
    /// Its members, in page order.
    pub(super) members: Vec<Branch<'a>>,
}

/// A level between a list and its elements.
#[derive(Clone, Debug)]
pub(super) struct Wrapper<'a> {
    pub(super) name: &'a str,
    /// Its row, if the table mentions it.
    pub(super) row: Option<usize>,
    /// The node in the samples.
    pub(super) node: Option<NodeId>,
}

impl Branch<'_> {
    /// Returns the node of its value: of the list inside the wrapper, if there is one.
    pub(super) fn value_node(&self) -> Option<NodeId> {
        match &self.wrapper {
            Some(wrapper) => wrapper.node,
            None => self.node,
        }
    }
}

/// Places labelled in one diagnostic.
pub(super) const LABELS: usize = 6;
