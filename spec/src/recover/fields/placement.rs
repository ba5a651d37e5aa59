//! Placements: where every row went, for people and tools that ask why.

use std::ops::Range;

use super::super::declared::Declared;
use super::super::nest::{Nesting, RunnerUp, Weighed, weights};
use super::super::row::Row;
use super::branch::Branch;
use super::head::Head;
use super::{LABELS, Page};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Where the rows of one direction's tables went, in page order, and why.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// The rows.
    pub rows: Vec<Placement>,
    /// What speaks for the places and against them, one after the other.
    pub(super) evidence: Vec<Weighed>,
}

impl Placed {
    /// What speaks for a row's place and against it; nothing for names that are paths themselves.
    #[must_use]
    pub fn evidence(&self, row: &Placement) -> &[Weighed] {
        self.evidence.get(row.evidence.clone()).unwrap_or_default()
    }
}

/// Where a row of a table went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Path on the wire: `Data.Items[].Id`, list wrappers as segments (`KeyPairs.KeyPair[].Name`), maps as `{}`.
    pub path: String,
    /// Whether a request must carry it.
    pub required: bool,
    /// The row.
    pub span: Span,
    /// What speaks for the place and against it, in the list of [`Placed`].
    evidence: Range<usize>,
    /// The next best parent's path, empty for the top level, and what it would have cost more.
    pub runner_up: Option<(String, u32)>,
}

impl Placement {
    /// Whether another place would have cost little more, so that this one may be wrong.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.runner_up.as_ref().is_some_and(|(_, margin)| *margin < weights::CLEAR)
    }
}

impl Placement {
    /// That of a parameter which is the same in every request of an operation, and so is none of its fields.
    pub(in crate::recover) fn of_constant(row: &Row) -> Self {
        Self {
            path: row.name.to_string(),
            required: row.required,
            span: row.span,
            evidence: 0..0,
            runner_up: None,
        }
    }
}

/// Bytes that hold most paths.
const USUAL_PATH: usize = 64;

/// The placement of every row that is part of the tree, in page order.
pub(super) fn placements(
    page: &Page<'_>,
    branches: &[Branch],
    nesting: &Nesting,
    heads: &[Head<'_>],
) -> Vec<Placement> {
    let mut paths: Vec<RowPath> = Vec::with_capacity(page.rows.len());
    walk(page, branches, &mut String::with_capacity(USUAL_PATH), &mut paths);
    paths.sort_by_key(|path| path.row);
    let path_of = |row: usize| {
        let at = paths.binary_search_by_key(&row, |path| path.row).ok()?;
        paths.get(at).map(|path| path.inner.clone())
    };
    let mut places = vec![None; page.rows.len()];
    for (head, place) in heads.iter().zip(&nesting.places) {
        for row in head.dotted.iter().chain([&head.first]) {
            if let Some(slot) = places.get_mut(*row) {
                *slot = Some(place);
            }
        }
    }
    let runner_up = |runner_up: RunnerUp| match runner_up.parent.and_then(|parent| heads.get(parent)) {
        Some(parent) => Some((path_of(parent.first)?, runner_up.margin)),
        None => Some((String::new(), runner_up.margin)),
    };
    let place_of = |path: &RowPath| places.get(path.row).copied().flatten();
    let runners_up: Vec<_> = paths.iter().map(|path| place_of(path)?.runner_up.and_then(runner_up)).collect();
    let placed = paths.into_iter().zip(runners_up).filter_map(|(path, runner_up)| {
        let row = page.rows.get(path.row)?;
        let evidence = place_of(&path).map_or(0..0, |place| place.evidence.clone());
        let mut own = path.inner;
        own.truncate(path.own);
        Some(Placement { path: own, required: row.required, span: row.span, evidence, runner_up })
    });
    placed.collect()
}

/// Where a row's field stands.
struct RowPath {
    row: usize,
    /// What the paths of its members start with.
    inner: String,
    /// How much of that is its own path.
    own: usize,
}

/// The path of every row below `prefix`, which is left as it was.
fn walk(page: &Page<'_>, branches: &[Branch<'_>], prefix: &mut String, out: &mut Vec<RowPath>) {
    let before = prefix.len();
    for branch in branches {
        if before > 0 {
            prefix.push('.');
        }
        prefix.push_str(branch.name);
        let is_list = page.is_list(branch);
        let wrapper = is_list.then(|| page.wrapper_name(branch)).flatten();
        let mut own = prefix.len();
        match wrapper {
            Some(wrapper) => prefix.extend([".", &wrapper, "[]"]),
            None => {
                prefix.push_str(if is_list {
                    "[]"
                } else if is_map(page, branch) {
                    "{}"
                } else {
                    ""
                });
                own = prefix.len();
            }
        }
        let path = |row, own| RowPath { row, inner: prefix.clone(), own };
        out.extend(
            branch.wrapper.as_ref().and_then(|wrapper| wrapper.row).map(|row| path(row, prefix.len())),
        );
        let own = branch.row.map(|row| path(row, own));
        walk(page, &branch.members, prefix, out);
        out.extend(own);
        prefix.truncate(before);
    }
}

fn is_map(page: &Page<'_>, branch: &Branch) -> bool {
    branch.row.and_then(|row| page.rows.get(row)).is_some_and(|row| row.declared == Declared::Map)
}

/// Two parents of a row, of which the first was taken.
type Doubt = (Option<usize>, Option<usize>);

/// Reports placements that another would nearly have beaten; rows in a row with the same doubt together.
pub(super) fn report(
    placements: &[Placement],
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
            diagnostics.extend(ambiguous(rows, *doubt, heads, placements));
        }
        start = end;
    }
}

fn ambiguous(
    run: &[Head<'_>],
    (parent, other): Doubt,
    heads: &[Head<'_>],
    placements: &[Placement],
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
    let at = placements.binary_search_by_key(&first.span.start, |placement| placement.span.start).ok()?;
    let path = &placements.get(at)?.path;
    Some(diagnostic.with_help(format!("`{path}` is assumed; show it in a sample, or mark members with `└`")))
}
