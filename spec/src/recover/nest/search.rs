//! The search: rows in page order, each placed in one of the containers that are open, so that what the
//! placements cost together is least.
//!
//! It is a beam search over stacks of open containers. States that later rows cannot tell apart are one, the
//! cheapest stays, and what the other would have cost more is remembered as a rival. At most [`BEAM`]
//! states of at most [`DEPTH`] open containers are kept, so the work is bounded by
//! `BEAM × DEPTH` weighings a row, and memory by `2 × BEAM` steps a row.

use std::cmp::Reverse;
use std::hash::{Hash, Hasher as _};
use std::ops::Range;

use super::evidence::{Evidence, Percentages};
use super::facts::{Fact, Facts, Role};
use super::ids::{IdHasher, IdMap};
use super::names::{NameId, is_element_name, starts_with_one_of};
use super::outline::{Kind, NodeId, Outline, TOP};

/// States kept after each row.
pub(super) const BEAM: usize = 12;
/// Containers open at once, the top level included.
pub(super) const DEPTH: usize = 16;
/// States that cost this much more than the cheapest are given up.
const HOPELESS: u32 = 200;
/// Members of a sample's object that are looked through where a name alone does not find one.
const GLANCE: usize = 32;

/// An open container.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Its row; none for the top level.
    pub(super) row: Option<usize>,
    /// Where the samples show it.
    pub(super) node: Option<NodeId>,
    /// Whether the samples show it without members, and `node` is that of another field of its name or type.
    is_twin: bool,
    /// A level between it and its members that the samples show and the table does not mention.
    pub(super) wrapper: Option<NodeId>,
    /// Repeated names among its members.
    names: u128,
    /// Its youngest member.
    last: Option<usize>,
    /// Whether its first member stands for its elements.
    has_element: bool,
    /// Whether its members so far all start with its own name.
    prefixed: bool,
    /// What tells it and the containers around it from others.
    key: u64,
}

impl Frame {
    fn new(row: Option<usize>, node: Option<NodeId>, wrapper: Option<NodeId>) -> Self {
        let (names, last) = (0, None);
        Self { row, node, is_twin: false, wrapper, names, last, has_element: false, prefixed: true, key: 0 }
    }

    /// The same inside of another: what tells sets of open containers apart is which they are, where the samples
    /// show them, and which of the names that repeat on the page they have.
    fn inside(mut self, outer: Option<&Self>) -> Self {
        let mut hasher = IdHasher::default();
        (outer.map_or(0, |outer| outer.key), self.row, self.node, self.names).hash(&mut hasher);
        self.key = hasher.finish();
        self
    }
}

/// A row placed: a link in the chain that leads to a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) before: Option<usize>,
    pub(super) parent: Option<usize>,
}

/// A state that lost to another with the same open containers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rival {
    /// The winner's step.
    pub(super) winner: usize,
    /// Its own.
    pub(super) step: usize,
    /// What it costs more.
    pub(super) margin: u32,
}

/// A way to place the rows so far.
#[derive(Clone, Debug)]
struct State {
    cost: u32,
    step: Option<usize>,
    /// Its open containers, outermost first.
    frames: Range<usize>,
}

/// The states after a row; two of them take turns, so that a row costs no memory but its steps.
#[derive(Debug, Default)]
struct Beam {
    states: Vec<State>,
    frames: Vec<Frame>,
}

impl Beam {
    fn frames(&self, state: &State) -> &[Frame] {
        self.frames.get(state.frames.clone()).unwrap_or_default()
    }

    /// The state whose innermost container, and so every other, has that key.
    fn find(&self, key: u64) -> Option<&State> {
        self.states.iter().find(|state| self.frames(state).last().is_some_and(|frame| frame.key == key))
    }

    fn clear(&mut self) {
        self.states.clear();
        self.frames.clear();
    }
}

/// A row tried in one open container of one state.
#[derive(Clone, Copy)]
struct Candidate {
    cost: u32,
    state: usize,
    level: usize,
    node: Option<NodeId>,
}

/// What the search found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) steps: Vec<Step>,
    pub(super) rivals: Vec<Rival>,
    /// The cheapest chain's last step.
    pub(super) last: Option<usize>,
    /// How often a row was weighed in a container: the work it took.
    pub(super) weighings: usize,
}

/// The step of a state that placed the row so many rows before the next.
fn placed(steps: &[Step], state: &State, back: usize) -> Option<Step> {
    let mut step = *steps.get(state.step?)?;
    for _ in 1..back {
        step = *steps.get(step.before?)?;
    }
    Some(step)
}

pub(super) struct Search<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) outline: &'a Outline<'a>,
    /// How many of the rows have a name that a sample shows.
    shown_percent: u32,
    /// By the name of a field, or of the type of a list's elements, where samples show one with members.
    twins: IdMap<NameId, NodeId>,
}

impl<'a> Search<'a> {
    pub(super) fn new(facts: &'a Facts, outline: &'a Outline<'a>) -> Self {
        let shown = facts.rows.iter().filter(|fact| outline.places(fact.folded) > 0).count();
        let percent = shown * 100 / facts.rows.len().max(1);
        let mut twins = IdMap::default();
        for (id, node) in outline.iter().filter(|(id, node)| *id != TOP && !node.children.is_empty()) {
            twins.entry(node.folded).or_insert(id);
        }
        for fact in &facts.rows {
            let Some((element, node)) = fact.element.zip(twins.get(&fact.folded).copied()) else { continue };
            // A level that the samples have for the elements is no twin of theirs.
            if outline.child(node, element, element).is_none() {
                twins.entry(element).or_insert(node);
            }
        }
        Self { facts, outline, shown_percent: u32::try_from(percent).unwrap_or(100), twins }
    }

    pub(super) fn run(&self) -> Found {
        let steps = Vec::with_capacity(self.facts.rows.len() * 2);
        let mut found = Found { steps, rivals: Vec::new(), last: None, weighings: 0 };
        let mut beam =
            Beam { states: vec![State { cost: 0, step: None, frames: 0..1 }], frames: vec![self.top()] };
        let mut next = Beam::default();
        let mut candidates = Vec::new();
        for (row, fact) in self.facts.rows.iter().enumerate() {
            self.weigh_all(&beam, row, fact, &found.steps, &mut candidates);
            found.weighings += candidates.len();
            candidates.sort_unstable_by_key(|c| (c.cost, c.state, Reverse(c.level)));
            self.keep(&beam, &candidates, row, &mut next, &mut found);
            std::mem::swap(&mut beam, &mut next);
        }
        found.last = self.finish(&beam, &mut found.rivals);
        found
    }

    /// Tries a row in every open container of every state.
    fn weigh_all(
        &self,
        beam: &Beam,
        row: usize,
        fact: &Fact<'_>,
        steps: &[Step],
        candidates: &mut Vec<Candidate>,
    ) {
        candidates.clear();
        for (at, state) in beam.states.iter().enumerate() {
            let mut cost = state.cost;
            let placed = |repeated| placed(steps, state, row - repeated).map(|step| step.parent);
            let expected = self.expected(row, placed);
            for (level, frame) in beam.frames(state).iter().enumerate().rev() {
                let mut here = cost;
                if expected.is_some_and(|expected| frame.row != expected) {
                    here += self.cost(Evidence::UnlikeRepeated);
                }
                let node = self.weigh(frame, level, row, fact, |evidence| here += self.cost(evidence));
                candidates.push(Candidate { cost: here, state: at, level, node });
                self.close(frame, Some(row), |evidence| cost += self.cost(evidence));
            }
        }
    }

    /// The parent a row has if it stands as the row it repeats does, whose parent `placed` tells.
    pub(super) fn expected(
        &self,
        row: usize,
        placed: impl Fn(usize) -> Option<Option<usize>>,
    ) -> Option<Option<usize>> {
        let repeated = self.facts.rows.get(row)?.repeats?;
        let distance = row - repeated.row;
        let moved = |parent: usize| if parent < repeated.start { parent } else { parent + distance };
        Some(placed(repeated.row)?.map(moved))
    }

    /// The cheapest candidates as states, one for each set of open containers.
    fn keep(&self, beam: &Beam, candidates: &[Candidate], row: usize, next: &mut Beam, found: &mut Found) {
        let hopeless = candidates.first().map_or(0, |best| best.cost.saturating_add(HOPELESS));
        let mut losers = 0;
        next.clear();
        for candidate in candidates.iter().take_while(|candidate| candidate.cost <= hopeless) {
            let Some(before) = beam.states.get(candidate.state) else { continue };
            let frames = beam.frames(before);
            let Some(outer) = frames.get(..candidate.level) else { continue };
            let Some(mut frame) = frames.get(candidate.level).copied() else { continue };
            let parent = frame.row;
            self.join(&mut frame, row);
            let frame = frame.inside(outer.last());
            let opened = self.open(row, candidate.node).filter(|_| outer.len() + 1 < DEPTH);
            let opened = opened.map(|opened| opened.inside(Some(&frame)));
            let winner = next.find(opened.unwrap_or(frame).key);
            let winner = winner.and_then(|state| state.step.map(|step| (step, state.cost)));
            if winner.is_none() && next.states.len() == BEAM || winner.is_some() && losers == BEAM {
                continue;
            }
            let step = found.steps.len();
            found.steps.push(Step { before: before.step, parent });
            if let Some((winner, cost)) = winner {
                found.rivals.push(Rival { winner, step, margin: candidate.cost - cost });
                losers += 1;
                continue;
            }
            let start = next.frames.len();
            next.frames.extend(outer.iter().copied().chain([frame]).chain(opened));
            let frames = start..next.frames.len();
            next.states.push(State { cost: candidate.cost, step: Some(step), frames });
        }
    }

    /// Ends every container that is still open; the cheapest state wins.
    fn finish(&self, beam: &Beam, rivals: &mut Vec<Rival>) -> Option<usize> {
        let mut ends: Vec<(u32, usize)> = Vec::new();
        for state in &beam.states {
            let mut cost = state.cost;
            for frame in beam.frames(state) {
                self.close(frame, None, |evidence| cost += self.cost(evidence));
            }
            ends.extend(state.step.map(|step| (cost, step)));
        }
        ends.sort_unstable();
        let (best, winner) = ends.first().copied()?;
        rivals.extend(ends.iter().skip(1).map(|(cost, step)| Rival {
            winner,
            step: *step,
            margin: cost - best,
        }));
        Some(winner)
    }

    pub(super) fn cost(&self, evidence: Evidence) -> u32 {
        evidence.cost(Percentages { sorted: self.facts.sorted_percent, shown: self.shown_percent })
    }

    /// Says what speaks for and against a row in a container, and where the samples show it there.
    pub(super) fn weigh(
        &self,
        frame: &Frame,
        level: usize,
        row: usize,
        fact: &Fact<'_>,
        mut say: impl FnMut(Evidence),
    ) -> Option<NodeId> {
        let is_element =
            fact.follows_its_list && frame.last.is_none() && frame.row.is_some_and(|list| list + 1 == row);
        let node = self.locate(frame, fact, is_element, &mut say);
        self.weigh_marker(level, fact, &mut say);
        if fact.bit.is_some_and(|bit| frame.names & (1 << bit) != 0) {
            say(Evidence::Duplicate);
        }
        if frame.last.and_then(|last| self.facts.rows.get(last)).is_some_and(|last| fact.rank < last.rank) {
            say(Evidence::OrderBroken);
        }
        let parent = frame.row.and_then(|parent| self.facts.rows.get(parent));
        if frame.last.is_none() && !is_element {
            match parent.map(|parent| parent.role) {
                Some(Role::Scalar) => say(Evidence::MemberOfScalar),
                Some(Role::Map) => say(Evidence::MemberOfMap),
                Some(Role::List) => say(Evidence::MemberOfBareList),
                _ => {}
            }
        }
        let is_other = |parent: &Fact<'_>| !starts_with_one_of(fact.text, parent.text);
        if frame.last.is_some() && frame.prefixed && parent.is_some_and(is_other) {
            say(Evidence::OtherPrefix);
        }
        if fact.begins_table && level == 0 {
            say(Evidence::FurtherAtTop);
        }
        if fact.follows_its_list {
            say(if is_element { Evidence::Element } else { Evidence::ElementElsewhere });
        }
        if frame.has_element {
            say(Evidence::BesideElement);
        }
        if level > 0 && fact.folded == self.facts.envelope {
            say(Evidence::EnvelopeFurtherIn);
        }
        if level > 0 && self.facts.usual_envelope.contains(&fact.folded) {
            say(Evidence::UsualEnvelopeFurtherIn);
        }
        node
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

    /// The container a row opens, if it may have members.
    pub(super) fn open(&self, row: usize, node: Option<NodeId>) -> Option<Frame> {
        let fact = self.facts.rows.get(row)?;
        let shown = node.and_then(|node| self.outline.node(node));
        let has_members = shown.is_some_and(|shown| !shown.children.is_empty());
        let may_have_members = match fact.role {
            Role::Scalar => false,
            Role::List => shown.is_none_or(|shown| !shown.is_list_of_scalars()),
            Role::Structure | Role::Map | Role::Open => true,
        };
        if !may_have_members && !has_members && !fact.marked_parent {
            return None;
        }
        let twin = || {
            let by_name = self.twins.get(&fact.folded);
            by_name.or_else(|| self.twins.get(&fact.element?)).copied()
        };
        let twin = if has_members { None } else { twin() };
        let node = twin.or(node);
        let wrapper = node.and_then(|node| self.wrapper(row, fact, node));
        Some(Frame { is_twin: twin.is_some(), ..Frame::new(Some(row), node, wrapper) })
    }

    /// The top level. Some samples show the whole answer inside an object that is none of its fields.
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

    /// A level that the samples show between a list and its elements, and the table does not mention.
    fn wrapper(&self, row: usize, fact: &Fact<'_>, node: NodeId) -> Option<NodeId> {
        let shown = self.outline.node(node)?;
        let next = self.facts.rows.get(row + 1).map(|next| next.folded);
        shown.children.iter().copied().take(GLANCE).find(|child| {
            let Some(inner) = self.outline.node(*child) else { return false };
            if next == Some(inner.folded) {
                return false;
            }
            let is_list = shown.children.len() == 1 && inner.kinds.has(Kind::List);
            let is_strange = !self.facts.is_documented(inner.folded);
            let has_members = !inner.children.is_empty() || inner.kinds.has(Kind::List);
            let is_element = || {
                fact.element == Some(inner.folded)
                    || inner.folded == shown.folded
                    || is_element_name(inner.name, shown.name)
            };
            is_list && is_strange || (has_members || shown.children.len() == 1) && is_element()
        })
    }

    /// Notes a row as a container's youngest member.
    pub(super) fn join(&self, frame: &mut Frame, row: usize) {
        let Some(fact) = self.facts.rows.get(row) else { return };
        if frame.last.is_none() {
            frame.has_element = fact.follows_its_list && frame.row.is_some_and(|list| list + 1 == row);
        }
        let parent = frame.row.and_then(|parent| self.facts.rows.get(parent));
        frame.prefixed &= parent.is_some_and(|parent| starts_with_one_of(fact.text, parent.text));
        frame.last = Some(row);
        if let Some(bit) = fact.bit {
            frame.names |= 1 << bit;
        }
    }

    /// Says what speaks against a container ending before a row, or at the end of the page.
    pub(super) fn close(&self, frame: &Frame, next: Option<usize>, mut say: impl FnMut(Evidence)) {
        let Some(fact) = frame.row.and_then(|row| self.facts.rows.get(row)) else { return };
        if let Some(last) = frame.last {
            let next = next.and_then(|next| self.facts.rows.get(next)).filter(|_| next == Some(last + 1));
            if next.is_some_and(|next| next.is_like_before) {
                say(Evidence::LeavesLikeNamed);
            }
            // A list and the row for its elements end as one.
            if !frame.has_element {
                say(Evidence::Ends);
            }
            return;
        }
        let shown = frame.node.and_then(|node| self.outline.node(node));
        let members_documented = || {
            let children = shown.into_iter().flat_map(|shown| &shown.children).take(GLANCE);
            let mut folded = children.filter_map(|child| self.outline.node(*child)).map(|child| child.folded);
            folded.any(|name| self.facts.is_documented(name))
        };
        let needs_members = match fact.role {
            Role::Structure => true,
            Role::Open => shown.is_none() || members_documented(),
            Role::List => members_documented(),
            Role::Map | Role::Scalar => false,
        };
        if needs_members {
            say(Evidence::EndsEmpty);
        }
    }
}
