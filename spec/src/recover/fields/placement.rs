//! Placements: the place of every row, for people and tools that ask for the reason.

use std::ops::Range;

use super::super::declared::Declared;
use super::super::nest::{Nesting, Place, RunnerUp, Weighed, weights};
use super::head::Head;
use super::tree::Branch;
use super::tree::{LABELS, Page};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The places of the rows of a request or response, in page order, with the evidence.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// The rows.
    pub rows: Vec<Placement>,
    /// Their paths, one after the other.
    paths: String,
    /// The evidence for and against the places, one after the other.
    evidence: Vec<Weighed>,
}

impl Placed {
    /// Returns the path on the wire: `Data.Items[].Id`, list wrappers as segments (`KeyPairs.KeyPair[].Name`), maps as
    /// `{}`.
    #[must_use]
    pub fn path(&self, row: &Placement) -> &str {
        self.paths.get(row.path.clone()).unwrap_or_default()
    }

    /// Returns the next best parent's path, empty for the top level, and how much more it would have cost.
    #[must_use]
    pub fn runner_up(&self, row: &Placement) -> Option<(&str, u32)> {
        let (path, margin) = row.runner_up.as_ref()?;
        Some((self.paths.get(path.clone()).unwrap_or_default(), *margin))
    }

    /// Returns the evidence for and against a row's place; none for names that are paths themselves.
    #[must_use]
    pub fn evidence(&self, row: &Placement) -> &[Weighed] {
        self.evidence.get(row.evidence.clone()).unwrap_or_default()
    }

    /// Adds a parameter that is the same in every request of an operation and therefore not a field.
    pub(in crate::recover) fn add_constant(&mut self, name: &str, required: bool, span: Span) {
        let start = self.paths.len();
        self.paths.push_str(name);
        let path = start..self.paths.len();
        let at = self.rows.partition_point(|placement| placement.span < span);
        self.rows.insert(at, Placement { path, required, span, evidence: 0..0, runner_up: None });
    }
}

/// The place of a row. [`Placed`] has the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    path: Range<usize>,
    /// Whether a request must carry it.
    pub required: bool,
    /// The row.
    pub span: Span,
    evidence: Range<usize>,
    runner_up: Option<(Range<usize>, u32)>,
}

impl Placement {
    /// Returns whether another place would have cost little more, so that this one may be wrong.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.runner_up.as_ref().is_some_and(|(_, margin)| *margin < weights::CLEAR)
    }
}

/// Returns a path without the marks of lists and maps.
#[must_use]
pub fn bare(path: &str) -> String {
    path.replace("[]", "").replace("{}", "")
}

/// Bytes of a path, about.
const USUAL_PATH: usize = 32;

/// Returns the placement of every row that is part of the tree, in page order.
pub(super) fn placed(
    page: &Page<'_>,
    branches: &[Branch],
    nesting: &Nesting,
    evidence: Vec<Weighed>,
    heads: &[Head<'_>],
) -> Placed {
    let rows = page.rows.len();
    let mut paths = Paths { texts: String::with_capacity(rows * USUAL_PATH), rows: Vec::with_capacity(rows) };
    walk(page, branches, &mut String::with_capacity(USUAL_PATH), &mut paths);
    let Paths { texts, rows: mut paths } = paths;
    paths.sort_by_key(|path| path.row);
    let path_of = |row: usize| {
        let at = paths.binary_search_by_key(&row, |path| path.row).ok()?;
        paths.get(at).map(|path| path.inner.clone())
    };
    // A captioned row is described by its place in the first field that has it.
    let mut places = vec![None; page.rows.len()];
    for (head, place) in heads.iter().zip(&nesting.places) {
        for row in head.dotted.iter().chain([&head.first]) {
            if let Some(slot) = places.get_mut(*row) {
                slot.get_or_insert(place);
            }
        }
    }
    let runner_up = |runner_up: RunnerUp| match runner_up.parent.and_then(|parent| heads.get(parent)) {
        Some(parent) => Some((path_of(parent.first)?, runner_up.margin)),
        None => Some((0..0, runner_up.margin)),
    };
    let placed = paths.iter().filter_map(|path| {
        let row = page.rows.get(path.row)?;
        let place: Option<&Place> = places.get(path.row).copied().flatten();
        Some(Placement {
            path: path.own.clone(),
            required: row.required,
            span: row.span,
            evidence: place.map_or(0..0, |place| place.evidence.clone()),
            runner_up: place.and_then(|place| place.runner_up).and_then(runner_up),
        })
    });
    let mut placed: Vec<Placement> = placed.collect();
    // Captioned tables were taken after the others.
    placed.sort_by_key(|placement| placement.span.start);
    Placed { rows: placed, paths: texts, evidence }
}

/// The paths of rows.
struct Paths {
    texts: String,
    rows: Vec<RowPath>,
}

impl Paths {
    /// Adds the beginning of the paths of a row's members, and the length of its own path in that.
    fn add(&mut self, row: usize, inner: &str, own: usize) {
        let start = self.texts.len();
        self.texts.push_str(inner);
        self.rows.push(RowPath { row, inner: start..self.texts.len(), own: start..start + own });
    }
}

/// The path of a row.
struct RowPath {
    row: usize,
    /// The beginning of the paths of its members.
    inner: Range<usize>,
    own: Range<usize>,
}

/// Adds the path of every row below `prefix`, and leaves that as it was.
fn walk(page: &Page<'_>, branches: &[Branch<'_>], prefix: &mut String, out: &mut Paths) {
    let before = prefix.len();
    for branch in branches {
        if before > 0 {
            prefix.push('.');
        }
        prefix.push_str(branch.name);
        let declared = branch.row.and_then(|row| page.rows.get(row)).map(|row| &row.declared);
        let is_list = page.is_list(branch);
        let wrapper = is_list.then(|| page.wrapper_name(branch)).flatten();
        let mut own = prefix.len();
        if let Some(wrapper) = &wrapper {
            prefix.extend([".", wrapper]);
        }
        if is_list {
            prefix.push_str("[]");
        }
        match declared {
            Some(Declared::List(Some(element))) => mark(element, prefix),
            Some(map @ Declared::Map(_)) if !is_list => mark(map, prefix),
            _ => {}
        }
        if wrapper.is_none() {
            own = prefix.len();
        }
        if let Some(row) = branch.wrapper.as_ref().and_then(|wrapper| wrapper.row) {
            out.add(row, prefix, prefix.len());
        }
        if let Some(row) = branch.row {
            out.add(row, prefix, own);
        }
        walk(page, &branch.members, prefix, out);
        prefix.truncate(before);
    }
}

/// Marks the lists and maps that a type consists of.
fn mark(declared: &Declared, path: &mut String) {
    let (mark, inner) = match declared {
        Declared::List(element) => ("[]", element),
        Declared::Map(value) => ("{}", value),
        _ => return,
    };
    path.push_str(mark);
    if let Some(inner) = inner {
        self::mark(inner, path);
    }
}

/// Two parents of a row; the first was chosen.
type Doubt = (Option<usize>, Option<usize>);

/// Reports placements with a close runner-up. Consecutive rows with the same doubt share one diagnostic.
pub(super) fn report(
    placed: &Placed,
    heads: &[Head<'_>],
    nesting: &Nesting,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let doubts = nesting.places.iter().map(|place| {
        let runner_up = place.runner_up.filter(|runner_up| runner_up.margin < weights::CLEAR)?;
        Some((place.parent, runner_up.parent))
    });
    let doubts: Vec<Option<Doubt>> = doubts.collect();
    let mut start = 0;
    for run in doubts.chunk_by(|a, b| a == b) {
        let end = start + run.len();
        if let Some(Some(doubt)) = run.first() {
            let rows = heads.get(start..end).unwrap_or_default();
            diagnostics.extend(ambiguous(rows, *doubt, heads, placed));
        }
        start = end;
    }
}

fn ambiguous(
    run: &[Head<'_>],
    (parent, other): Doubt,
    heads: &[Head<'_>],
    placed: &Placed,
) -> Option<Diagnostic> {
    let first = &run.first()?.row;
    let row = |at: Option<usize>| at.and_then(|at| heads.get(at)).map(|head| &head.row);
    let named = |at| row(at).map_or("the top level".to_owned(), |row| format!("`{}`", row.name));
    let (here, there) = (named(parent), named(other));
    let others = match run.len() {
        1 => String::new(),
        2 => " and the row after it".to_owned(),
        more => format!(" and {} rows after it", more - 1),
    };
    let message = format!("`{}`{others} may belong to {here} or to {there}", first.name);
    let mut diagnostic = Diagnostic::new(Code::AmbiguousNesting, first.name_span, message);
    for head in run.iter().take(LABELS) {
        diagnostic = diagnostic.with_label(head.row.name_span, format!("taken as a member of {here}"));
    }
    if let Some(other) = row(other) {
        diagnostic = diagnostic.with_label(other.name_span, "the other candidate");
    }
    let at = placed.rows.binary_search_by_key(&first.span.start, |placement| placement.span.start).ok()?;
    let path = placed.path(placed.rows.get(at)?);
    Some(diagnostic.with_help(format!("`{path}` is assumed; show it in a sample, or mark members with `└`")))
}
