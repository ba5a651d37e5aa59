//! Adds dotted names to the tree, and merges siblings with the same name.

use std::collections::HashMap;

use super::super::row::Row;
use super::tree::Branch;
use crate::diagnostic::{Code, Diagnostic};

/// Most segments of a dotted name; a text with more is not a name.
const SEGMENTS: usize = 16;
/// Number of members that are searched before a new one is made; duplicates beyond them are merged later.
const LOOK_BACK: usize = 64;

/// Adds a row whose name is a path to the branch of its first segment: `Tag.N.Key` is the member `Key` of the
/// elements of the list `Tag`.
pub(super) fn graft<'a>(branch: &mut Branch<'a>, row: usize, name: &'a str) {
    let path = name.split('.').filter(|segment| !segment.is_empty()).take(SEGMENTS);
    insert(branch, path.skip(1), row);
}

fn insert<'a, P: Iterator<Item = &'a str>>(mut branch: &mut Branch<'a>, path: P, row: usize) {
    let mut path = path.peekable();
    while let Some(segment) = path.next() {
        if is_index(segment) {
            branch.is_list = true;
            continue;
        }
        // Rows of one list or structure stand together, so the youngest members are the ones to look at.
        let youngest = branch.members.iter().enumerate().rev().take(LOOK_BACK);
        let known = youngest.filter(|(_, member)| member.name == segment);
        // A second row for one member is a namesake, which is reported when the two are united.
        let is_last = path.peek().is_none();
        let known = known.filter(|(_, member)| !is_last || member.row.is_none()).map(|(at, _)| at).next();
        let at = known.unwrap_or_else(|| {
            branch.members.push(Branch { name: segment, ..Branch::default() });
            branch.members.len() - 1
        });
        let Some(member) = branch.members.get_mut(at) else { return };
        branch = member;
    }
    if branch.row.is_none() {
        branch.row = Some(row);
    }
}

/// Returns whether a segment is a number, or a placeholder of one.
fn is_index(segment: &str) -> bool {
    let segment = segment.trim_matches(['{', '}', '[', ']', '<', '>', '*']);
    matches!(segment, "" | "N" | "n" | "M" | "m" | "#") || segment.bytes().all(|byte| byte.is_ascii_digit())
}

/// Merges siblings with the same name: keeps the one with members, else the first, and reports the other.
pub(super) fn unite(branches: &mut Vec<Branch<'_>>, rows: &[Row], diagnostics: &mut Vec<Diagnostic>) {
    branches.iter_mut().for_each(|branch| unite(&mut branch.members, rows, diagnostics));
    if !have_namesakes(branches) {
        return;
    }
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut united: Vec<Branch<'_>> = Vec::with_capacity(branches.len());
    for branch in std::mem::take(branches) {
        let Some(known) = first.get(branch.name).and_then(|at| united.get_mut(*at)) else {
            first.insert(branch.name, united.len());
            united.push(branch);
            continue;
        };
        diagnostics.extend(duplicate(known, &branch, rows));
        if known.members.is_empty() && !branch.members.is_empty() {
            *known = branch;
        }
    }
    *branches = united;
}

/// Returns whether two siblings have one name.
fn have_namesakes(branches: &[Branch]) -> bool {
    let mut names: Vec<&str> = branches.iter().map(|branch| branch.name).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair.first() == pair.last())
}

fn duplicate(first: &Branch, second: &Branch, rows: &[Row]) -> Option<Diagnostic> {
    let one = rows.get(first.row?)?;
    let other = rows.get(second.row?)?;
    let message = format!("`{}` is documented twice in the same place", other.name);
    Some(
        Diagnostic::new(Code::DuplicateField, other.name_span, message)
            .with_label(other.name_span, "again here")
            .with_label(one.name_span, "first here")
            .with_help("one field is recovered; if these are two, a row that opens a structure is missing between them"),
    )
}
