//! Weighs a row in an open container: collects the evidence of samples, table and names for and against the place.

use super::evidence::Evidence;
use super::facts::{Fact, Role};
use super::frame::Frame;
use super::names::{is_element_name, starts_with_one_of};
use super::outline::{Kind, Node, NodeId, TOP};
use super::search::Search;

/// Number of members with the same first word that make a pattern.
const MANY_ALIKE: u32 = 3;
/// A container with fewer members has hardly begun.
const FEW: u32 = 2;
/// Most members of a sample's object that are searched if the name alone finds none.
const GLANCE: usize = 32;

/// Returns how often `some` would have to grow by half to be as many as `many`.
fn times_more(many: u32, some: u32) -> u32 {
    let squared = |number: u32| number.saturating_mul(number);
    (squared(many) / squared(some).max(1)).checked_ilog2().unwrap_or(0)
}

impl Search<'_> {
    /// Returns the number of members of the largest open container that the row could continue in alphabetical order;
    /// 0 on a page that is not sorted.
    pub(super) fn most_siblings(&self, frames: &[Frame], fact: &Fact<'_>) -> u32 {
        if !self.facts.is_sorted {
            return 0;
        }
        let last = |frame: &Frame| self.facts.rows.get(frame.last?);
        let goes_on = |frame: &&Frame| last(frame).is_some_and(|last| last.rank <= fact.rank);
        frames.iter().filter(goes_on).map(|frame| frame.members).max().unwrap_or(0)
    }

    /// Reports the evidence for and against a row in a container, and returns the row's node there. `most` is the
    /// number of members of the largest container that it could continue.
    pub(super) fn weigh(
        &self,
        frame: &Frame,
        level: usize,
        row: usize,
        fact: &Fact<'_>,
        most: u32,
        mut say: impl FnMut(Evidence),
    ) -> Option<NodeId> {
        let is_first = frame.may_begin_with(row);
        let follows_its_list = fact.follows_its_list && !(is_first && self.is_shown_as_member(frame, fact));
        let is_element = follows_its_list && is_first;
        let node = self.locate(frame, fact, is_element, &mut say);
        self.weigh_marker(level, fact, &mut say);
        if frame.last.is_none() && !is_element {
            self.weigh_first(frame, &mut say);
        }
        self.weigh_name(frame, level, row, fact, &mut say);
        // The place of such a field is known, even among few siblings.
        let is_known = || {
            let is_at_top = fact.is_paging || fact.is_envelope || fact.is_usual_envelope;
            node.is_some() || level == 0 && is_at_top
        };
        if most > frame.members && frame.members >= FEW && !is_known() {
            let times = times_more(most, frame.members);
            if times > 0 {
                say(Evidence::FewerSiblings(times));
            }
        }
        if fact.begins_table && level == 0 {
            say(Evidence::FurtherAtTop);
        }
        if follows_its_list {
            say(if is_element { Evidence::Element } else { Evidence::ElementElsewhere });
        }
        if frame.has_element {
            say(Evidence::BesideElement);
        }
        if fact.has_element_row {
            say(Evidence::HasElementRow);
        }
        node
    }

    /// Reports the evidence of a container's type about a first member.
    fn weigh_first(&self, frame: &Frame, say: &mut impl FnMut(Evidence)) {
        let Some(parent) = frame.row.and_then(|parent| self.facts.rows.get(parent)) else { return };
        let wrapper = frame.wrapper.and_then(|wrapper| self.outline.node(wrapper));
        match parent.role {
            Role::Scalar => say(Evidence::MemberOfScalar),
            Role::List if wrapper.is_some_and(Node::is_list_of_scalars) => say(Evidence::MemberOfScalar),
            Role::List => say(Evidence::MemberOfBareList),
            Role::Map => say(Evidence::MemberOfMap),
            Role::Structure | Role::Open => {}
        }
    }

    /// Reports the evidence of a row's name, compared with the names of the container and its members.
    fn weigh_name(
        &self,
        frame: &Frame,
        level: usize,
        row: usize,
        fact: &Fact<'_>,
        say: &mut impl FnMut(Evidence),
    ) {
        let row_at = |at: usize| self.facts.rows.get(at);
        if fact.bit.is_some_and(|bit| frame.names & (1 << bit) != 0) {
            say(Evidence::Duplicate);
        }
        if frame.last.and_then(row_at).is_some_and(|last| fact.rank < last.rank) {
            say(Evidence::OrderBroken);
        }
        let parent = frame.row.and_then(row_at);
        let is_other = |parent: &Fact<'_>| !starts_with_one_of(fact.text, parent.text);
        let leaves_prefix = frame.last.is_some() && frame.prefixed && parent.is_some_and(is_other);
        // Names in the order of the alphabet start alike anyway.
        let leaves_word =
            !self.facts.is_sorted && frame.alike >= MANY_ALIKE && !frame.is_continued_by(row, fact);
        if leaves_prefix || leaves_word {
            say(Evidence::OtherPrefix);
        }
        if fact.is_paging && (parent.is_some_and(Fact::is_list) || frame.has_element) {
            say(Evidence::PagingInElement);
        }
        if fact.required && parent.is_some_and(|parent| !parent.required) {
            say(Evidence::RequiredInOptional);
        }
        if level > 0 && fact.is_envelope {
            say(Evidence::EnvelopeFurtherIn);
        }
        if level > 0 && fact.is_usual_envelope {
            say(Evidence::UsualEnvelopeFurtherIn);
        }
    }

    fn locate(
        &self,
        frame: &Frame,
        fact: &Fact<'_>,
        is_element: bool,
        say: &mut impl FnMut(Evidence),
    ) -> Option<NodeId> {
        let mut in_other_case = None;
        for place in [frame.wrapper, frame.node].into_iter().flatten() {
            match self.outline.child(place, fact.name, fact.folded) {
                Some((node, true)) => {
                    say(if frame.is_twin { Evidence::ShownInTwin } else { Evidence::Shown });
                    return Some(node);
                }
                found => in_other_case = in_other_case.or(found),
            }
        }
        if let Some((node, _)) = in_other_case {
            say(Evidence::ShownInOtherCase);
            return Some(node);
        }
        if is_element {
            // The samples name the element's level otherwise, or leave it out: its members stand in the list.
            return frame.wrapper.or(frame.node);
        }
        if !self.outline.is_empty() {
            let shown = frame.wrapper.or(frame.node).and_then(|node| self.outline.node(node));
            let has_members = shown.is_some_and(|node| !node.children.is_empty());
            say(if has_members { Evidence::NotAmongMembers } else { Evidence::ParentNotShown });
            if self.outline.places(fact.folded) >= fact.namesakes {
                say(Evidence::ShownElsewhere);
                // If it is the same after all, its members are shown there too.
                return self.outline.only_place(fact.folded);
            }
        }
        None
    }

    fn weigh_marker(&self, level: usize, fact: &Fact<'_>, say: &mut impl FnMut(Evidence)) {
        let Some(deepest) = self.facts.deepest_marker else { return };
        // Many pages mark every depth with one and the same marker.
        let agrees = if deepest > 1 { fact.depth == level } else { (fact.depth == 0) == (level == 0) };
        say(if agrees { Evidence::MarkerAgrees } else { Evidence::MarkerDisagrees });
    }

    /// Returns the container that a row opens, if it may have members.
    pub(super) fn open(&self, row: usize, node: Option<NodeId>) -> Option<Frame> {
        let fact = self.facts.rows.get(row)?;
        let shown = node.and_then(|node| self.outline.node(node));
        let has_members = shown.is_some_and(|shown| !shown.children.is_empty());
        let has_keys_alone = fact.is_map && fact.role == Role::Scalar;
        let may_have_members = match fact.role {
            Role::Scalar => false,
            Role::List | Role::Open => shown.is_none_or(|shown| !shown.is_list_of_scalars()),
            Role::Structure | Role::Map => true,
        };
        // A text that is JSON in a sample request stays a text.
        let is_text = shown.is_some_and(|shown| shown.kinds.only(Kind::String));
        if fact.is_described_elsewhere
            || !may_have_members && (!has_members || is_text || has_keys_alone) && !fact.marked_parent
        {
            return None;
        }
        self.container(row, node)
    }

    /// Returns the container of a row.
    pub(super) fn container(&self, row: usize, node: Option<NodeId>) -> Option<Frame> {
        let fact = self.facts.rows.get(row)?;
        let shown = node.and_then(|node| self.outline.node(node));
        let has_members = shown.is_some_and(|shown| !shown.children.is_empty());
        let twin = || {
            let by_name = self.twins.get(&fact.folded);
            by_name.or_else(|| self.twins.get(&fact.element?)).copied()
        };
        let twin = if has_members { None } else { twin() };
        let node = twin.or(node);
        let wrapper = node.filter(|_| !fact.is_map).and_then(|node| self.wrapper(row, fact, node));
        Some(Frame { is_twin: twin.is_some(), ..Frame::new(Some(row), node, wrapper) })
    }

    /// Returns the top level. Some samples put the whole response into an object that is no field.
    pub(super) fn top(&self) -> Frame {
        let documented = |id: NodeId| {
            let children = self.outline.node(id).map(|node| node.children.as_slice()).unwrap_or_default();
            let folded = children.iter().filter_map(|child| Some(self.outline.node(*child)?.folded));
            folded.filter(|name| self.facts.is_documented(*name)).count()
        };
        let children = self.outline.node(TOP).map(|node| node.children.as_slice()).unwrap_or_default();
        let strange = children.iter().copied().filter(|child| {
            self.outline.node(*child).is_some_and(|node| !self.facts.is_documented(node.folded))
        });
        let inner = strange.max_by_key(|child| documented(*child)).filter(|child| documented(*child) > 0);
        Frame::new(None, Some(TOP), inner)
    }

    /// Returns a level that the samples show between a list and its elements, and that the table does not mention.
    fn wrapper(&self, row: usize, fact: &Fact<'_>, node: NodeId) -> Option<NodeId> {
        // The level between a map and its values consists of keys.
        if fact.role == Role::Map {
            return None;
        }
        let shown = self.outline.node(node)?;
        let next = self.facts.rows.get(row + 1).map(|next| next.folded);
        shown.children.iter().copied().take(GLANCE).find(|child| {
            let Some(inner) = self.outline.node(*child) else { return false };
            if next == Some(inner.folded) {
                return false;
            }
            let is_list = shown.children.len() == 1 && inner.kinds.has(Kind::List);
            let is_strange = !self.facts.is_documented(inner.folded);
            if !is_strange && self.has_documented_children_beside(shown, *child) {
                return false;
            }
            let has_members = !inner.children.is_empty() || inner.kinds.has(Kind::List);
            let is_element = || {
                fact.element == Some(inner.folded)
                    || inner.folded == shown.folded
                    || is_element_name(inner.name, shown.name)
            };
            is_list && is_strange || (has_members || shown.children.len() == 1) && is_element()
        })
    }

    /// Returns whether the samples show a typed field in a list, beside other fields of the table, so that it is not
    /// the list's element.
    fn is_shown_as_member(&self, frame: &Frame, fact: &Fact<'_>) -> bool {
        let list = frame.node.filter(|_| !frame.is_twin && fact.role != Role::Open);
        let Some(list) = list else { return false };
        let child = self.outline.child(list, fact.name, fact.folded);
        let shown = self.outline.node(list);
        child.zip(shown).is_some_and(|((child, _), shown)| self.has_documented_children_beside(shown, child))
    }

    /// Returns whether the samples show other fields of the table beside a child.
    fn has_documented_children_beside(&self, shown: &Node<'_>, child: NodeId) -> bool {
        let others = shown.children.iter().take(GLANCE).filter(|other| **other != child);
        let mut others = others.filter_map(|other| self.outline.node(*other));
        others.any(|other| self.facts.is_documented(other.folded))
    }

    /// Records a row as a container's youngest member.
    pub(super) fn join(&self, frame: &mut Frame, row: usize) {
        let Some(fact) = self.facts.rows.get(row) else { return };
        if frame.last.is_none() {
            let is_first = frame.may_begin_with(row);
            frame.has_element = fact.follows_its_list && is_first && !self.is_shown_as_member(frame, fact);
        }
        let parent = frame.row.and_then(|parent| self.facts.rows.get(parent));
        frame.prefixed &= parent.is_some_and(|parent| starts_with_one_of(fact.text, parent.text));
        frame.alike = match frame.last {
            None => 1,
            Some(_) if frame.alike > 0 && frame.is_continued_by(row, fact) => frame.alike + 1,
            Some(_) => 0,
        };
        frame.last = Some(row);
        frame.members += 1;
        if let Some(bit) = fact.bit {
            frame.names |= 1 << bit;
        }
    }

    /// Reports the evidence against closing a container before a row, or at the end of the page.
    pub(super) fn close(&self, frame: &Frame, next: Option<usize>, mut say: impl FnMut(Evidence)) {
        let Some(fact) = frame.row.and_then(|row| self.facts.rows.get(row)) else { return };
        if let Some(last) = frame.last {
            let next = next.and_then(|next| self.facts.rows.get(next)).filter(|_| next == Some(last + 1));
            if next.is_some_and(|next| next.starts_like_before || next.ends_like_before) {
                say(Evidence::LeavesLikeNamed);
            }
            // A list and the row for its elements end as one.
            if !frame.has_element {
                say(Evidence::Ends);
            }
            return;
        }
        let shown = frame.wrapper.or(frame.node).and_then(|node| self.outline.node(node));
        let members_documented = || {
            let children = shown.into_iter().flat_map(|shown| &shown.children).take(GLANCE);
            let mut folded = children.filter_map(|child| self.outline.node(*child)).map(|child| child.folded);
            folded.any(|name| self.facts.is_documented(name))
        };
        let needs_members = match fact.role {
            // Members that samples show and no row documents are described on another page.
            Role::Structure => shown.is_none_or(|shown| shown.children.is_empty()) || members_documented(),
            Role::Open => shown.is_none() || members_documented(),
            Role::List => members_documented(),
            Role::Map | Role::Scalar => false,
        };
        if needs_members {
            say(Evidence::EndsEmpty);
        }
    }
}
