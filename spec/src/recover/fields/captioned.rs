//! Inserts captioned tables into every field whose members they list.

use std::ops::Range;

use super::super::captions::DEEPEST;
use super::super::nest::Nesting;
use super::super::row::Row;
use super::head::{self, Head};

/// Most heads per row of a page. Without a limit, types with many fields of such types would multiply.
const USES: usize = 16;
/// Number of heads that every page may have.
const FEW: usize = 1024;

/// A place of the heads of a captioned table; there is one for each field whose members they are.
#[derive(Debug)]
pub(super) struct Use {
    /// The head of the field.
    owner: usize,
    /// The heads of its members.
    members: Range<usize>,
}

/// Adds the heads of captioned tables after those of the others, for each field whose members they are. A table is not
/// used inside itself; each is used at least once.
pub(super) fn uses<'a>(rows: &'a [Row<'a>], heads: &mut Vec<Head<'a>>) -> Vec<Use> {
    let mut uses: Vec<Use> = Vec::new();
    // The use that each head is a member of, if any.
    let mut used_in: Vec<Option<usize>> = vec![None; heads.len()];
    let mut used: Vec<bool> = Vec::new();
    let most = rows.len().saturating_mul(USES).saturating_add(FEW);
    let mut at = 0;
    while let Some(head) = heads.get(at) {
        let owner = at;
        at += 1;
        let Some(table) = head.own().and_then(|row| rows.get(row)?.members) else { continue };
        let inside = used_in.get(owner).copied().flatten();
        let outer = |inside: &usize| used_in.get(uses.get(*inside)?.owner).copied().flatten();
        let around = std::iter::successors(inside, outer).filter_map(|used| uses.get(used));
        let table_of = |used: &Use| rows.get(heads.get(used.members.start)?.first)?.table;
        let tables: Vec<Option<usize>> = around.map(table_of).collect();
        if tables.len() >= DEEPEST || tables.contains(&Some(table)) {
            continue;
        }
        let start = rows.partition_point(|row| row.table < Some(table));
        let end = rows.partition_point(|row| row.table <= Some(table));
        let members = head::heads(rows.get(start..end).unwrap_or_default(), start);
        if used.len() <= table {
            used.resize(table + 1, false);
        }
        let Some(is_used) = used.get_mut(table) else { continue };
        if members.is_empty() || *is_used && heads.len() + members.len() > most {
            continue;
        }
        *is_used = true;
        used_in.extend(members.iter().map(|_| Some(uses.len())));
        let first = heads.len();
        heads.extend(members);
        uses.push(Use { owner, members: first..heads.len() });
    }
    uses
}

/// Places the members of captioned tables.
pub(super) fn nest<'a>(nesting: &mut Nesting<'a>, uses: &[Use], heads: &'a [Head<'a>]) {
    for Use { owner, members } in uses {
        let Some(field) = heads.get(*owner) else { continue };
        let rows = heads.get(members.clone()).unwrap_or_default().iter().map(|head| &*head.row);
        nesting.add_members(*owner, &field.row, &rows.collect::<Vec<_>>());
    }
}
