//! The nesting search: makes a tree of rows in page order. Pages list the members of a structure right after it, but
//! seldom say where it ends; the samples, markers, types, names and the alphabet do.
//!
//! The result has the parent of every row, with the evidence and the runner-up.

pub(super) mod envelope;
mod evidence;
mod facts;
mod frame;
pub(super) mod names;
pub(super) mod outline;
mod runner_up;
mod search;
#[cfg(test)]
pub(super) mod table;
#[cfg(test)]
mod tests;
mod weigh;
pub(super) mod weights;

pub use evidence::{Evidence, Weighed};
pub use runner_up::RunnerUp;

use std::ops::Range;

use facts::Facts;
pub(super) use facts::element_name;
use frame::Frame;
use names::Names;
use outline::{NodeId, Outline};
use search::Search;

use super::row::Row;

/// The place of a row, with the evidence.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The parent's row; none for the top level.
    pub(super) parent: Option<usize>,
    /// Its node in the samples.
    pub(super) node: Option<NodeId>,
    /// A level between it and its members that the samples show and the table does not mention.
    pub(super) wrapper: Option<NodeId>,
    /// Whether it describes the elements of its parent.
    pub(super) is_element: bool,
    /// The evidence for and against the place, as a range of the nesting's list.
    pub(super) evidence: Range<usize>,
    /// The next best place, if there was another.
    pub(super) runner_up: Option<RunnerUp>,
}

impl Place {
    /// Returns the place of a container that is placed already.
    fn of_owner(frame: &Frame) -> Self {
        let Frame { node, wrapper, .. } = *frame;
        Self { parent: None, node, wrapper, is_element: false, evidence: 0..0, runner_up: None }
    }
}

/// Every row's place, and the outline of the samples they were placed by.
#[derive(Debug)]
pub(super) struct Nesting<'a> {
    pub(super) places: Vec<Place>,
    /// The evidence for and against the places, one after the other.
    pub(super) evidence: Vec<Weighed>,
    pub(super) outline: Outline<'a>,
    names: Names<'a>,
}

impl<'a> Nesting<'a> {
    /// Returns the parent's row of a place; `None` for the top level.
    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        self.places.get(at).and_then(|place| place.parent)
    }

    /// Places further rows, all of them in the row of one that is placed. They come after the others.
    pub(super) fn add_members(&mut self, owner: usize, row: &'a Row<'_>, members: &[&'a Row<'_>]) {
        let rows: Vec<&'a Row<'_>> = std::iter::once(row).chain(members.iter().copied()).collect();
        let facts = Facts::new(&rows, &mut self.names);
        let search = Search::new(&facts, &self.outline);
        let node = self.places.get(owner).and_then(|place| place.node);
        let Some(container) = search.container(0, node) else { return };
        let (places, evidence) = search_from(&search, container);
        let (before, evidence_before) = (self.places.len(), self.evidence.len());
        self.evidence.extend(evidence);
        // The owner is the first of the rows.
        let moved = |parent: usize| parent.checked_sub(1).map_or(owner, |member| before + member);
        self.places.extend(places.into_iter().skip(1).map(|place| {
            Place {
                parent: place.parent.map(moved),
                evidence: place.evidence.start + evidence_before..place.evidence.end + evidence_before,
                runner_up: place
                    .runner_up
                    .map(|other| RunnerUp { parent: other.parent.map(moved), margin: other.margin }),
                ..place
            }
        }));
        if let Some(owner) = self.places.get_mut(owner) {
            owner.wrapper = container.wrapper;
        }
    }
}

/// Places rows, which must be in page order, by all evidence there is: theirs, and that of samples.
pub(super) fn nest<'a>(rows: &[&'a Row<'_>], outline: Outline<'a>, mut names: Names<'a>) -> Nesting<'a> {
    let facts = Facts::new(rows, &mut names);
    let search = Search::new(&facts, &outline);
    let (places, evidence) = search_from(&search, search.top());
    Nesting { places, evidence, outline, names }
}

/// Finds a place for every row in a container, which is the first row's or the top level.
fn search_from(search: &Search<'_>, outermost: Frame) -> (Vec<Place>, Vec<Weighed>) {
    let found = search.run(outermost);
    let placements = runner_up::placements(&found, search.facts.rows.len());
    replay(search, outermost, &placements)
}

/// Returns whether a name stands in the table, whatever its case.
pub(super) fn is_row(rows: &[Row<'_>], name: &str) -> bool {
    rows.iter().any(|row| row.name.eq_ignore_ascii_case(name))
}

/// Goes the chosen way again, now to write down the evidence.
fn replay(
    search: &Search<'_>,
    outermost: Frame,
    placements: &[(Option<usize>, Option<RunnerUp>)],
) -> (Vec<Place>, Vec<Weighed>) {
    let mut frames = vec![outermost];
    let mut places = Vec::with_capacity(placements.len());
    let mut evidence = Vec::with_capacity(placements.len() * 2);
    for ((row, fact), (parent, runner_up)) in search.facts.rows.iter().enumerate().zip(placements) {
        let start = evidence.len();
        if outermost.row == Some(row) {
            places.push(Place::of_owner(&outermost));
            continue;
        }
        let most = search.most_siblings(&frames, fact);
        let mut say = |piece| evidence.push(Weighed { evidence: piece, cost: search.cost(piece) });
        while let Some(frame) = frames.pop_if(|frame| frame.row != *parent) {
            search.close(&frame, Some(row), &mut say);
        }
        let level = frames.len().saturating_sub(1);
        let Some(frame) = frames.last_mut() else { break };
        if frame.row.is_some() && frame.row == outermost.row {
            say(Evidence::Captioned);
        }
        let placed = |row: usize| placements.get(row).map(|(parent, _)| *parent);
        let is_expected = search.expected(row, placed).map(|expected| frame.row == expected);
        let most = if is_expected == Some(true) { 0 } else { most };
        if is_expected == Some(false) {
            say(Evidence::UnlikeRepeated);
        }
        let node = search.weigh(frame, level, row, fact, most, &mut say);
        let own = evidence.get(start..).unwrap_or_default();
        let is_element = own.iter().any(|weighed: &Weighed| weighed.evidence == Evidence::Element);
        let own = start..evidence.len();
        search.join(frame, row);
        let opened = search.open(row, node).filter(|_| level + 1 < search::DEPTH);
        let wrapper = opened.and_then(|frame| frame.wrapper);
        frames.extend(opened);
        let (parent, runner_up) = (*parent, *runner_up);
        places.push(Place { parent, node, wrapper, is_element, evidence: own, runner_up });
    }
    (places, evidence)
}
