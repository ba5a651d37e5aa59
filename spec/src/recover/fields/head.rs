//! Heads: the rows that the nesting search places. A row is its own head; rows whose names are paths, such as
//! `Tag.N.Key` and `Tag.N.Value`, share one with the name of their first segment.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;

use foldhash::fast::RandomState;

use super::super::declared::Declared;
use super::super::row::Row;

/// A row to place, with the rows that go where it goes.
#[derive(Debug)]
pub(super) struct Head<'a> {
    /// The row to place.
    pub(super) row: HeadRow<'a>,
    /// The first row that it represents.
    pub(super) first: usize,
    /// Rows whose names are paths that start here.
    pub(super) dotted: Vec<usize>,
}

/// A row of the table, or one made up from the paths of others.
#[derive(Debug)]
pub(super) enum HeadRow<'a> {
    Own(&'a Row<'a>),
    MadeUp(Box<Row<'a>>),
}

impl<'a> Deref for HeadRow<'a> {
    type Target = Row<'a>;

    fn deref(&self) -> &Row<'a> {
        match self {
            Self::Own(row) => row,
            Self::MadeUp(row) => row,
        }
    }
}

impl Head<'_> {
    /// Returns its own row, unless the head comes from the paths of others.
    pub(super) fn own(&self) -> Option<usize> {
        (self.dotted.first() != Some(&self.first)).then_some(self.first)
    }
}

/// Finds the heads of a table's rows, in page order; `before` rows come before the table.
pub(super) fn heads<'a>(rows: &'a [Row<'a>], before: usize) -> Vec<Head<'a>> {
    let mut heads: Vec<Head<'_>> = Vec::with_capacity(rows.len());
    // The youngest head of a name. It is filled only if paths ask for it, which they do in few tables.
    let mut youngest: HashMap<&str, usize, RandomState> = HashMap::default();
    let mut known = 0;
    for (at, row) in rows.iter().enumerate() {
        let first = first_segment(row);
        if first.len() == row.name.len() {
            heads.push(Head { row: HeadRow::Own(row), first: at, dotted: Vec::new() });
            continue;
        }
        let new = heads.iter().enumerate().skip(known);
        youngest.extend(new.filter_map(|(at, head)| Some((first_segment(rows.get(head.first)?), at))));
        known = heads.len();
        if let Some(head) = youngest.get(first).and_then(|at| heads.get_mut(*at)) {
            head.dotted.push(at);
        } else {
            // Its members are in the paths, so no other row is one.
            let row = Row { name: Cow::Borrowed(first), declared: Declared::String, ..row.clone() };
            heads.push(Head { row: HeadRow::MadeUp(Box::new(row)), first: at, dotted: vec![at] });
        }
    }
    for head in &mut heads {
        head.first += before;
        head.dotted.iter_mut().for_each(|row| *row += before);
    }
    heads
}

/// Returns the first segment of a path; the whole name if it is no path.
fn first_segment<'a>(row: &'a Row<'_>) -> &'a str {
    row.name.split('.').find(|segment| !segment.is_empty()).unwrap_or(&row.name)
}
