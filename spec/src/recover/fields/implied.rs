//! Levels of a response that samples show around documented fields, and that no row documents. The fields are moved
//! into them.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::super::nest::outline::{Kind, NodeId, Outline, TOP};
use super::tree::Branch;

/// Moves the fields of the top level that samples show only inside levels without a row.
pub(super) fn contain<'a>(branches: Vec<Branch<'a>>, outline: &'a Outline<'a>) -> Vec<Branch<'a>> {
    let is_moved = |branch: &Branch| branch.node.is_some_and(|node| parent(outline, node) != TOP);
    if !branches.iter().any(is_moved) {
        return branches;
    }
    let mut known = HashSet::default();
    note(&branches, &mut known);
    let mut contained = Vec::with_capacity(branches.len());
    let mut made = Made::default();
    for branch in branches {
        let levels = branch.node.map(|node| levels(outline, node)).unwrap_or_default();
        let is_list = |level: &NodeId| outline.node(*level).is_some_and(|node| node.kinds.has(Kind::List));
        // A single object around everything belongs to a gateway and is no level.
        let is_implied = levels.iter().any(is_list) && !levels.iter().any(|level| known.contains(level));
        let levels = if is_implied { levels.as_slice() } else { &[] };
        put(&mut contained, branch, levels, outline, &mut made);
    }
    contained
}

/// The place of each new level among the members around it.
type Made = HashMap<NodeId, usize, RandomState>;

/// Records where the samples show documented fields.
fn note(branches: &[Branch], known: &mut HashSet<NodeId, RandomState>) {
    for branch in branches {
        known.extend(branch.node);
        known.extend(branch.value_node());
        note(&branch.members, known);
    }
}

fn parent(outline: &Outline<'_>, node: NodeId) -> NodeId {
    outline.node(node).map_or(TOP, |node| node.parent)
}

/// Returns the levels around a node, the outermost first.
fn levels(outline: &Outline<'_>, node: NodeId) -> Vec<NodeId> {
    let outer = |node: NodeId| Some(parent(outline, node)).filter(|parent| *parent != TOP);
    let mut levels: Vec<NodeId> = std::iter::successors(outer(node), |node| outer(*node)).collect();
    levels.reverse();
    levels
}

/// Puts a branch inside levels, and creates those that do not exist yet.
fn put<'a>(
    branches: &mut Vec<Branch<'a>>,
    branch: Branch<'a>,
    levels: &[NodeId],
    outline: &Outline<'a>,
    made: &mut Made,
) {
    let Some((level, inner)) = levels.split_first() else {
        branches.push(branch);
        return;
    };
    let at = *made.entry(*level).or_insert_with(|| {
        let node = outline.node(*level);
        branches.push(Branch {
            name: node.map(|node| node.name).unwrap_or_default(),
            node: Some(*level),
            is_list: node.is_some_and(|node| node.kinds.has(Kind::List)),
            ..Branch::default()
        });
        branches.len() - 1
    });
    if let Some(container) = branches.get_mut(at) {
        put(&mut container.members, branch, inner, outline, made);
    }
}
