//! Element rows: rows that describe the content of the list or map before them. They are no fields; each becomes part
//! of the row that it describes.
//!
//! On today's pages an element row has no name. On those of the years before, it has one, and only the samples and the
//! layout of the page distinguish it from a member's row.

use std::borrow::Cow;

use super::declared::Declared;
use super::nest::names::{NameId, Names, is_element_name, starts_with_one_of};
use super::nest::outline::{Kind, NodeId, Outline, TOP};
use super::row::Row;
use super::table::nameless;
use crate::diagnostic::Diagnostic;

/// Makes each row without a name part of the row before it, if that is a list, a structure (which becomes a map), or
/// another element row. The first row of a table may describe the whole request or response. Other rows are reported
/// and left out.
pub(super) fn fold_unnamed(rows: &mut Vec<Row<'_>>, diagnostics: &mut Vec<Diagnostic>) {
    if rows.iter().all(|row| !row.name.is_empty()) {
        return;
    }
    let mut folded: Vec<Row<'_>> = Vec::with_capacity(rows.len());
    // Whether the next row is the first of a further table, as one that was left out says.
    let mut begins_table = false;
    for (at, mut row) in std::mem::take(rows).into_iter().enumerate() {
        let is_first = at == 0 || row.begins_table;
        if !row.name.is_empty() {
            row.begins_table |= std::mem::take(&mut begins_table);
            folded.push(row);
        } else if is_first && matches!(row.declared, Declared::Structure(_)) {
            begins_table = row.begins_table;
        } else if let Some(unowned) = hold(folded.last_mut().filter(|_| !is_first && !begins_table), row) {
            begins_table |= unowned.begins_table;
            diagnostics.push(nameless(unowned.span));
        }
    }
    *rows = folded;
}

/// Makes an element row part of its owner. Returns the row if it does not belong to the owner.
fn hold<'p>(owner: Option<&mut Row<'p>>, element: Row<'p>) -> Option<Row<'p>> {
    let Some(owner) = owner else { return Some(element) };
    // Element rows of members come right after these, so one that comes later belongs to a member.
    if !owner.declared.hold(owner.elements.len(), &element.declared) {
        return Some(element);
    }
    owner.elements.push(element.span);
    if owner.values.is_empty() {
        owner.values = element.values;
    }
    if owner.sample.is_none() {
        (owner.sample, owner.sample_span) = (element.sample, element.sample_span);
    }
    owner.signs = owner.signs.with(element.signs);
    if owner.description.is_empty() {
        (owner.description, owner.description_span) = (element.description, element.description_span);
    } else if !owner.description.contains(element.description.as_ref()) {
        owner.description = Cow::Owned(format!("{}\n\n{}", owner.description, element.description));
    }
    None
}

/// Makes each element row with a name part of the list before it, on pages that have such rows.
pub(super) fn fold_named<'a, 'p>(
    rows: &'a [Row<'p>],
    outline: &Outline<'_>,
    names: &Names<'_>,
) -> Cow<'a, [Row<'p>]> {
    if !may_have_named(rows) {
        return Cow::Borrowed(rows);
    }
    let shown = Named::new(outline, names);
    let pairs = rows.windows(2).filter_map(|pair| match pair {
        [list, next] => Some((list, next)),
        _ => None,
    });
    let verdicts: Vec<Verdict> = pairs.map(|(list, next)| shown.verdict(list, next)).collect();
    // If one list has a row for its elements, all lists have one.
    let has_habit = !verdicts.contains(&Verdict::Otherwise);
    let is_certain = |verdict: &Verdict| matches!(verdict, Verdict::Shown | Verdict::Alike);
    let is_proven = has_habit && verdicts.iter().any(is_certain);
    let is_element = |verdict: &Verdict| match verdict {
        Verdict::Shown | Verdict::Alike => true,
        Verdict::Structure => has_habit,
        Verdict::Scalar => is_proven,
        Verdict::Otherwise | Verdict::NoList => false,
    };
    let mut folded: Vec<Row<'p>> = Vec::with_capacity(rows.len());
    let elements = std::iter::once(false).chain(verdicts.iter().map(is_element));
    for (row, is_element) in rows.iter().zip(elements) {
        let unowned = hold(folded.last_mut().filter(|_| is_element), row.clone());
        folded.extend(unowned);
    }
    Cow::Owned(folded)
}

/// Returns whether the layout is that of pages whose element rows have names: types in lower case, and lists or maps.
fn may_have_named(rows: &[Row<'_>]) -> bool {
    let is_lower = |row: &Row<'_>| row.type_text.starts_with(|c: char| !c.is_ascii_uppercase());
    let is_list = |row: &Row<'_>| matches!(row.declared, Declared::List(_) | Declared::Map(_));
    rows.iter().any(is_list) && rows.iter().all(|row| is_lower(row) && row.elements.is_empty())
}

/// Relation of a row to the row before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// The other is no list.
    NoList,
    /// It is a field: the samples show it, or its type is not that of the list's elements.
    Otherwise,
    /// The samples show the list's elements, and do not show it.
    Shown,
    /// Its name is, or starts with, the singular of the list's name.
    Alike,
    /// It is a structure after a list of structures.
    Structure,
    /// It is a scalar after a list whose content is not stated.
    Scalar,
}

/// The places where samples show names.
struct Named<'a, 'n> {
    outline: &'a Outline<'n>,
    names: &'a Names<'n>,
    /// Every node but the top, in the order of names.
    nodes: Vec<(NameId, NodeId)>,
}

impl<'a, 'n> Named<'a, 'n> {
    fn new(outline: &'a Outline<'n>, names: &'a Names<'n>) -> Self {
        let nodes = outline.iter().filter(|(id, _)| *id != TOP).map(|(id, node)| (node.folded, id));
        let mut nodes: Vec<_> = nodes.collect();
        nodes.sort_unstable();
        Self { outline, names, nodes }
    }

    fn verdict(&self, list: &Row<'_>, next: &Row<'_>) -> Verdict {
        let (Declared::List(element) | Declared::Map(element)) = &list.declared else {
            return Verdict::NoList;
        };
        if list.members.is_some() || list.table != next.table {
            return Verdict::NoList;
        }
        if !element.as_deref().is_none_or(|element| fits(element, &next.declared)) {
            let needs_row = element.as_deref().is_some_and(Declared::is_container);
            return if needs_row { Verdict::Otherwise } else { Verdict::NoList };
        }
        let is_alike = next.name.eq_ignore_ascii_case(&list.name)
            || starts_with_one_of(&next.name, &list.name)
            || is_element_name(&next.name, &list.name);
        match self.samples_say(list, next, is_alike) {
            Some(true) => Verdict::Shown,
            Some(false) => Verdict::Otherwise,
            None if is_alike => Verdict::Alike,
            None if next.declared.is_container() => Verdict::Structure,
            None if element.is_none() => Verdict::Scalar,
            // A list of scalars needs no row for them.
            None => Verdict::NoList,
        }
    }

    /// Returns whether samples show that the row after a list is its element; `None` if they show neither.
    fn samples_say(&self, list: &Row<'_>, next: &Row<'_>, is_alike: bool) -> Option<bool> {
        let next = self.names.find(&next.name);
        let has_next = |node: NodeId| {
            next.is_some_and(|(name, folded)| self.outline.child(node, name, folded).is_some())
        };
        let mut shows_elements = false;
        for node in self.named(&list.name) {
            let is_map = matches!(list.declared, Declared::Map(_));
            let kind = if is_map { Kind::Object } else { Kind::List };
            let Some(shown) = self.outline.node(node).filter(|shown| shown.kinds.has(kind)) else { continue };
            if has_next(node) {
                return Some(false);
            }
            let scalars = [Kind::String, Kind::Number, Kind::Bool];
            shows_elements |=
                !shown.children.is_empty() || scalars.iter().any(|kind| shown.elements.has(*kind));
        }
        // Samples show no names of elements.
        let is_field = !is_alike && next.is_some_and(|(_, folded)| self.outline.places(folded) > 0);
        (is_field || shows_elements).then_some(!is_field)
    }

    /// Returns the nodes of a name, whatever its case.
    fn named(&self, name: &str) -> impl Iterator<Item = NodeId> {
        let folded = self.names.find(name).map(|(_, folded)| folded);
        let start = self.nodes.partition_point(|(name, _)| Some(*name) < folded);
        let nodes = self.nodes.get(start..).unwrap_or_default().iter();
        nodes.take_while(move |(name, _)| Some(*name) == folded).map(|(_, node)| *node)
    }
}

/// Returns whether a row of one type can describe elements of another.
fn fits(element: &Declared, row: &Declared) -> bool {
    use Declared::{Float, Integer, List, Long, Map, Structure};
    match (element, row) {
        (Structure(_), Structure(_) | Map(_))
        | (List(_), List(_))
        | (Map(_), Map(_))
        | (Integer | Long | Float, Integer | Long | Float) => true,
        _ => element == row,
    }
}

#[cfg(test)]
mod tests;
