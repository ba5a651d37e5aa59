//! Fields that only the table or only the samples show.

use super::super::tree::{Branch, LABELS, Page};
use crate::diagnostic::{Code, Diagnostic};
use crate::recover::declared::Declared;
use crate::recover::nest::outline::{Node, NodeId, TOP};
use crate::recover::row::Row;

pub(super) fn report(page: &Page<'_>, branches: &[Branch], diagnostics: &mut Vec<Diagnostic>) {
    if page.outline.is_empty() {
        return;
    }
    let nodes = page.outline.size();
    let mut coverage =
        Coverage { page, known: vec![false; nodes], free: vec![false; nodes], unshown: Vec::new() };
    set(&mut coverage.known, TOP);
    coverage.note(branches, Some(TOP), diagnostics);
    coverage.undocumented(diagnostics);
    diagnostics.extend(unshown(&coverage.unshown));
}

struct Coverage<'a> {
    page: &'a Page<'a>,
    /// Whether rows document a node, by node.
    known: Vec<bool>,
    /// Whether a node may hold anything, by node.
    free: Vec<bool>,
    /// Rows whose parent a sample shows without them.
    unshown: Vec<&'a Row<'a>>,
}

impl Coverage<'_> {
    /// Records which rows the samples show. The search limits the depth of fields.
    fn note(&mut self, branches: &[Branch], parent: Option<NodeId>, diagnostics: &mut Vec<Diagnostic>) {
        let page = self.page;
        let shows_members =
            parent.and_then(|parent| page.outline.node(parent)).is_some_and(|node| !node.children.is_empty());
        for branch in branches {
            let row = branch.row.and_then(|row| page.rows.get(row));
            match branch.node {
                Some(id) => {
                    set(&mut self.known, id);
                    if let Some(wrapper) = branch.wrapper.as_ref().and_then(|wrapper| wrapper.node) {
                        set(&mut self.known, wrapper);
                    }
                    let has_values =
                        |row: &Row| row.declared.is_map_of_structures() && !branch.members.is_empty();
                    if row.is_some_and(|row| is_free(&row.declared) && !has_values(row)) {
                        set(&mut self.free, id);
                    }
                    // A level around fields that have rows.
                    let level = page.outline.node(id).filter(|_| branch.row.is_none());
                    diagnostics.extend(level.and_then(undocumented));
                    let node = page.outline.node(id).filter(|node| node.name != branch.name);
                    diagnostics.extend(row.zip(node).and_then(|(row, node)| other_case(row, node)));
                }
                None if shows_members => self.unshown.extend(row),
                None => {}
            }
            self.note(&branch.members, branch.value_node().or(branch.node), diagnostics);
        }
    }

    fn undocumented(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (id, node) in self.page.outline.iter() {
            if !is_set(&self.known, id) || is_set(&self.free, id) {
                continue;
            }
            let members = node.children.iter().filter(|child| !is_set(&self.known, **child));
            let members: Vec<&Node> = members.filter_map(|child| self.page.outline.node(*child)).collect();
            if id != TOP && members.len() > 1 && members.len() == node.children.len() {
                diagnostics.extend(undocumented_members(node, &members));
            } else {
                diagnostics.extend(members.into_iter().filter_map(undocumented));
            }
        }
    }
}

fn set(nodes: &mut [bool], id: NodeId) {
    if let Some(node) = nodes.get_mut(id as usize) {
        *node = true;
    }
}

fn is_set(nodes: &[bool], id: NodeId) -> bool {
    nodes.get(id as usize) == Some(&true)
}

/// Returns whether members in a sample need no rows: the type allows any members, or none, which is reported
/// separately.
fn is_free(declared: &Declared) -> bool {
    use Declared::{Boolean, Float, Integer, Json, List, Long, Map, String};
    match declared {
        List(Some(element)) => matches!(**element, Map(_) | List(_)) && is_free(element),
        Map(_) | Json | String | Boolean | Integer | Long | Float => true,
        _ => false,
    }
}

fn other_case(row: &Row, node: &Node) -> Option<Diagnostic> {
    let first = node.occurrences.first()?;
    let message = format!("the table writes `{}`, a sample `{}`", row.name, node.name);
    Some(
        Diagnostic::new(Code::OtherCase, row.name_span, message)
            .with_label(row.name_span, "the table")
            .with_label(first.name_span, "the sample")
            .with_help("the table's name is taken, and responses are read with either"),
    )
}

fn undocumented(node: &Node) -> Option<Diagnostic> {
    let first = node.occurrences.first()?;
    let message = format!("a sample shows `{}`, which no row documents", node.name);
    Some(
        Diagnostic::new(Code::UndocumentedField, first.name_span, message)
            .with_label(first.name_span, "not in the table")
            .with_help("it is taken as the sample shows it; add a row for it"),
    )
}

fn undocumented_members(node: &Node, members: &[&Node]) -> Option<Diagnostic> {
    let first = node.occurrences.first()?;
    let names: Vec<String> = members.iter().take(LABELS).map(|member| format!("`{}`", member.name)).collect();
    let more = if members.len() > LABELS { ", …" } else { "" };
    let message = format!(
        "a sample shows members of `{}` that no row documents: {}{more}",
        node.name,
        names.join(", ")
    );
    Some(
        Diagnostic::new(Code::UndocumentedField, first.name_span, message)
            .with_label(first.name_span, "its members are not in the table")
            .with_help("they are taken as the sample shows them; add rows for them"),
    )
}

fn unshown(rows: &[&Row]) -> Option<Diagnostic> {
    let first = rows.first()?;
    let message = match rows.len() {
        1 => format!("no sample shows `{}`", first.name),
        count => format!("no sample shows these {count} fields"),
    };
    let mut diagnostic = Diagnostic::new(Code::UnshownField, first.name_span, message);
    for row in rows.iter().take(LABELS) {
        diagnostic = diagnostic.with_label(row.name_span, "not shown");
    }
    Some(diagnostic)
}
