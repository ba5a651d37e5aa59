//! The search: places rows in page order, each in one of the open containers, at the least cost for all.
//!
//! It is a beam search over stacks of open containers. States that later rows cannot distinguish become one: the
//! cheapest stays, and the other is kept as a rival with its further cost. At most [`BEAM`] states of at most
//! [`DEPTH`] open containers are kept, so a row takes at most `BEAM × DEPTH` weighings, and `2 × BEAM` steps of
//! memory.

use std::cmp::Reverse;
use std::ops::Range;

use super::evidence::{Evidence, Percentages};
use super::facts::{Fact, Facts};
use super::frame::Frame;
use super::names::{IdMap, NameId};
use super::outline::{NodeId, Outline, TOP};

/// States kept after each row.
pub(super) const BEAM: usize = 12;
/// Containers open at once, the top level included.
pub(super) const DEPTH: usize = 16;
/// Typical number of states and open containers after a row, to reserve memory.
const USUAL: usize = 8;
/// States that cost this much more than the cheapest are given up.
const HOPELESS: u32 = 200;

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
    /// Its further cost.
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

/// The states after a row; two of them take turns, so that a row needs memory only for its steps.
#[derive(Debug)]
struct Beam {
    states: Vec<State>,
    frames: Vec<Frame>,
}

impl Beam {
    fn new() -> Self {
        Self { states: Vec::with_capacity(USUAL), frames: Vec::with_capacity(USUAL) }
    }

    fn frames(&self, state: &State) -> &[Frame] {
        self.frames.get(state.frames.clone()).unwrap_or_default()
    }

    /// Returns the state whose innermost container, and so every other, has that key.
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

/// The result of the search.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) steps: Vec<Step>,
    pub(super) rivals: Vec<Rival>,
    /// The cheapest chain's last step.
    pub(super) last: Option<usize>,
    /// Number of times that a row was weighed in a container: the work done.
    pub(super) weighings: usize,
}

/// Returns the step of a state that placed the row a number of rows before the next.
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
    /// Percentage of rows with a name that a sample shows.
    shown_percent: u32,
    /// The first node with members, by the name of a field or of the type of a list's elements.
    pub(super) twins: IdMap<NameId, NodeId>,
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

    /// Places rows in a container that is open from the start. If it is the first row's, that row needs no place.
    pub(super) fn run(&self, outermost: Frame) -> Found {
        let mut steps = Vec::with_capacity(self.facts.rows.len() * 2);
        steps.extend(outermost.row.map(|_| Step { before: None, parent: None }));
        let placed = steps.len();
        let mut found = Found { steps, rivals: Vec::new(), last: None, weighings: 0 };
        let start = State { cost: 0, step: placed.checked_sub(1), frames: 0..1 };
        let (mut beam, mut next) = (Beam::new(), Beam::new());
        beam.states.push(start);
        beam.frames.push(outermost);
        let mut candidates = Vec::with_capacity(USUAL);
        for (row, fact) in self.facts.rows.iter().enumerate().skip(placed) {
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
            let most = self.most_siblings(beam.frames(state), fact);
            for (level, frame) in beam.frames(state).iter().enumerate().rev() {
                let mut here = cost;
                // A row that repeats an earlier place does so among however few siblings.
                let is_expected = expected.map(|expected| frame.row == expected);
                let most = if is_expected == Some(true) { 0 } else { most };
                if is_expected == Some(false) {
                    here += self.cost(Evidence::UnlikeRepeated);
                }
                let node = self.weigh(frame, level, row, fact, most, |evidence| here += self.cost(evidence));
                candidates.push(Candidate { cost: here, state: at, level, node });
                self.close(frame, Some(row), |evidence| cost += self.cost(evidence));
            }
        }
    }

    /// Returns the parent of a row that stands as the row it repeats. `placed` gives the parent of that.
    pub(super) fn expected(
        &self,
        row: usize,
        placed: impl Fn(usize) -> Option<Option<usize>>,
    ) -> Option<Option<usize>> {
        let fact = self.facts.rows.get(row)?;
        let Some(repeated) = fact.repeats else {
            let again = fact.follows_again?;
            let (there, before_it) = (placed(again)?, placed(again.checked_sub(1)?)?);
            return match there {
                _ if there == before_it => placed(row.checked_sub(1)?),
                Some(parent) if parent + 1 == again => Some(row.checked_sub(1)),
                _ => None,
            };
        };
        let distance = row - repeated.row;
        let moved = |parent: usize| if parent < repeated.start { parent } else { parent + distance };
        Some(placed(repeated.row)?.map(moved))
    }

    /// Keeps the cheapest candidates as states, one for each set of open containers.
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

    /// Closes every container that is still open; the cheapest state wins.
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
        let Facts { sorted_percent: sorted, is_sorted, .. } = *self.facts;
        evidence.cost(Percentages { sorted, is_sorted, shown: self.shown_percent })
    }
}
