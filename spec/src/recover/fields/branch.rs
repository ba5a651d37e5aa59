//! Branches: the placed rows as a tree, before shapes are worked out.

use super::super::nest::Nesting;
use super::super::nest::outline::{Kind, NodeId, Occurrence, Outline};
use super::super::row::Row;
use super::head::Head;
use super::merge::graft;
use super::tree::{Branch, Wrapper};
use crate::model::SampleFormat;

/// Builds the tree of placed heads, with the rows whose names are paths.
pub(super) fn grow<'a>(
    nesting: &'a Nesting<'a>,
    heads: &'a [Head<'a>],
    rows: &'a [Row<'a>],
) -> Vec<Branch<'a>> {
    let mut grower = Grower { nesting, heads, rows, by_parent: (0..nesting.places.len()).collect() };
    grower.by_parent.sort_by_key(|at| nesting.parent(*at));
    grower.branches(None)
}

struct Grower<'a> {
    nesting: &'a Nesting<'a>,
    heads: &'a [Head<'a>],
    rows: &'a [Row<'a>],
    /// Places in the order of their parents, those of one parent in page order.
    by_parent: Vec<usize>,
}

impl<'a> Grower<'a> {
    /// Builds the branch of a place; it is as deep as the search lets rows nest, so recursion is safe.
    fn branch(&self, at: usize) -> Option<Branch<'a>> {
        let place = self.nesting.places.get(at)?;
        let head = self.heads.get(at)?;
        let mut members = self.branches(Some(at));
        let element = self.members(Some(at)).first();
        let element =
            element.filter(|at| self.nesting.places.get(**at).is_some_and(|place| place.is_element));
        let shown_wrapper = place.wrapper.filter(|wrapper| !self.is_only_xml(place.node, *wrapper));
        let mut wrapper = shown_wrapper.map(|node| Wrapper {
            name: self.nesting.outline.node(node).map(|node| node.name).unwrap_or_default(),
            row: None,
            node: Some(node),
        });
        if element.is_some() && !members.is_empty() {
            let inner = members.remove(0);
            wrapper = Some(Wrapper { name: inner.name, row: inner.row, node: inner.node });
            members.splice(0..0, inner.members);
        }
        let mut branch = Branch {
            name: &head.row.name,
            row: head.own(),
            node: place.node,
            wrapper,
            is_list: false,
            members,
        };
        for row in &head.dotted {
            let name = self.rows.get(*row).map(|row| row.name.as_ref()).unwrap_or_default();
            graft(&mut branch, *row, name);
        }
        Some(branch)
    }

    /// Returns whether JSON shows the list itself where XML shows a level around each element: then that level is
    /// XML's alone.
    fn is_only_xml(&self, list: Option<NodeId>, wrapper: NodeId) -> bool {
        let outline = &self.nesting.outline;
        let is_list = |o: &Occurrence| o.format == SampleFormat::Json && o.kind == Kind::List;
        let list = list.and_then(|list| outline.node(list));
        list.is_some_and(|list| list.occurrences.iter().any(is_list))
            && outline.node(wrapper).is_some_and(|wrapper| !wrapper.is_shown_in(SampleFormat::Json))
    }

    fn branches(&self, parent: Option<usize>) -> Vec<Branch<'a>> {
        let members = self.members(parent);
        let mut branches = Vec::with_capacity(members.len());
        branches.extend(members.iter().filter_map(|at| self.branch(*at)));
        branches
    }

    fn members(&self, parent: Option<usize>) -> &[usize] {
        let start = self.by_parent.partition_point(|at| self.nesting.parent(*at) < parent);
        let rest = self.by_parent.get(start..).unwrap_or_default();
        let end = rest.partition_point(|at| self.nesting.parent(*at) == parent);
        rest.get(..end).unwrap_or_default()
    }
}

/// Returns whether the page's lists have wrappers: all whose form is known, or none; `None` if no form is known, or
/// they differ.
pub(super) fn wraps(branches: &[Branch], outline: &Outline) -> Option<bool> {
    let mut with = false;
    let mut without = false;
    note_wrappers(branches, outline, &mut with, &mut without);
    (with != without).then_some(with)
}

/// Records whether there are lists with wrappers, and lists without.
fn note_wrappers(branches: &[Branch], outline: &Outline, with: &mut bool, without: &mut bool) {
    for branch in branches {
        let shown = branch.node.and_then(|node| outline.node(node));
        *with |= branch.wrapper.is_some();
        *without |= branch.wrapper.is_none() && shown.is_some_and(|node| node.kinds.has(Kind::List));
        note_wrappers(&branch.members, outline, with, without);
    }
}
