//! A container that is open while rows are placed: what the search remembers of it.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

use super::facts::Fact;
use super::outline::NodeId;

/// An open container.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Its row; none for the top level.
    pub(super) row: Option<usize>,
    /// Where the samples show it.
    pub(super) node: Option<NodeId>,
    /// Whether the samples show it without members, and `node` is that of another field of its name or type.
    pub(super) is_twin: bool,
    /// A level between it and its members that the samples show and the table does not mention.
    pub(super) wrapper: Option<NodeId>,
    /// Repeated names among its members.
    pub(super) names: u128,
    /// How many members it has so far.
    pub(super) members: u32,
    /// Its youngest member.
    pub(super) last: Option<usize>,
    /// Whether its first member stands for its elements.
    pub(super) has_element: bool,
    /// Whether its members so far all start with its own name.
    pub(super) prefixed: bool,
    /// How many members there are, if each name starts with the same word as the one before; else none.
    pub(super) alike: u32,
    /// What tells it and the containers around it from others.
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

    /// Whether a row that becomes a member is the first, right after its own row.
    pub(super) fn may_begin_with(&self, row: usize) -> bool {
        self.last.is_none() && self.row.is_some_and(|own| own + 1 == row)
    }

    /// Whether a row comes right after the youngest member, and starts with the same word.
    pub(super) fn is_continued_by(&self, row: usize, fact: &Fact<'_>) -> bool {
        fact.starts_like_before && self.last.is_some_and(|last| last + 1 == row)
    }

    /// The same inside of another: what tells sets of open containers apart is which they are, where the samples
    /// show them, and which of the names that repeat on the page they have.
    pub(super) fn inside(mut self, outer: Option<&Self>) -> Self {
        let around = outer.map_or(0, |outer| outer.key);
        self.key = FixedState::default().hash_one((around, self.row, self.node, self.names));
        self
    }
}
