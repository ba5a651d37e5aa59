//! An open container during the search.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

use super::facts::Fact;
use super::outline::NodeId;

/// An open container.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Its row; none for the top level.
    pub(super) row: Option<usize>,
    /// Its node in the samples.
    pub(super) node: Option<NodeId>,
    /// Whether the samples show it without members, and `node` is that of another field of its name or type.
    pub(super) is_twin: bool,
    /// A level between it and its members that the samples show and the table does not mention.
    pub(super) wrapper: Option<NodeId>,
    /// Repeated names among its members.
    pub(super) names: u128,
    /// Number of its members so far.
    pub(super) members: u32,
    /// Its youngest member.
    pub(super) last: Option<usize>,
    /// Whether its first member describes its elements.
    pub(super) has_element: bool,
    /// Whether its members so far all start with its own name.
    pub(super) prefixed: bool,
    /// Number of its members, if each name starts with the same word as the one before; else 0.
    pub(super) alike: u32,
    /// Identifies it and the containers around it.
    pub(super) key: u64,
}

impl Frame {
    pub(super) fn new(row: Option<usize>, node: Option<NodeId>, wrapper: Option<NodeId>) -> Self {
        Self {
            row,
            node,
            is_twin: false,
            wrapper,
            names: 0,
            members: 0,
            last: None,
            has_element: false,
            prefixed: true,
            alike: 0,
            key: 0,
        }
    }

    /// Returns whether a row that becomes a member is the first, right after its own row.
    pub(super) fn may_begin_with(&self, row: usize) -> bool {
        self.last.is_none() && self.row.is_some_and(|own| own + 1 == row)
    }

    /// Returns whether a row comes right after the youngest member, and starts with the same word.
    pub(super) fn is_continued_by(&self, row: usize, fact: &Fact<'_>) -> bool {
        fact.starts_like_before && self.last.is_some_and(|last| last + 1 == row)
    }

    /// Returns the container inside another. Sets of open containers differ in their rows, their nodes, and the
    /// repeated names that they have.
    pub(super) fn inside(mut self, outer: Option<&Self>) -> Self {
        let around = outer.map_or(0, |outer| outer.key);
        self.key = FixedState::default().hash_one((around, self.row, self.node, self.names));
        self
    }
}
