//! Fields that samples show and no row documents. They are added as the samples show them, after the documented ones,
//! so that no response loses data. Their content may be anything. They are judged for sensitivity like rows; a field
//! with a sensitive value inside is sensitive as a whole.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::super::nest::names::is_element_name;
use super::super::nest::outline::{Kind, Node, NodeId, Outline, TOP};
use super::super::row::Row;
use super::super::sensitive::{self, KnownNumbers};
use super::tree::Branch;
use crate::model::{Field, SampleFormat, Sensitivity, Shape};

/// Adds the undocumented fields of the samples to the fields of a response. `fields` and `branches` have the same
/// order; the search limits their depth. `rows` are the documented ones.
pub(super) fn add(fields: &mut Vec<Field>, branches: &[Branch<'_>], outline: &Outline<'_>, rows: &[Row<'_>]) {
    add_below(TOP, fields, branches, outline, &KnownNumbers::from_rows(rows));
}

fn add_below(
    parent: NodeId,
    fields: &mut Vec<Field>,
    branches: &[Branch<'_>],
    outline: &Outline<'_>,
    numbers: &KnownNumbers<'_>,
) {
    for (field, branch) in fields.iter_mut().zip(branches) {
        if let Some((members, node)) = members(&mut field.shape).zip(branch.value_node()) {
            add_below(node, members, &branch.members, outline, numbers);
        }
    }
    let Some(shown) = outline.node(parent) else { return };
    let mut known: Vec<NodeId> = branches.iter().filter_map(|branch| branch.node).collect();
    known.sort_unstable();
    let strange = shown.children.iter().filter(|child| known.binary_search(child).is_err());
    let strange = strange.filter_map(|child| outline.node(*child));
    let strange: Vec<&Node> = strange.filter(|node| is_field(node, shown)).collect();
    if strange.is_empty() {
        return;
    }
    let names: HashSet<&str, RandomState> = fields.iter().map(|field| field.name.as_str()).collect();
    let strange = strange.into_iter().filter(|node| !names.contains(node.name));
    let strange = strange.map(|node| Field {
        sensitive: sensitivity(node, outline, numbers),
        ..Field::new(node.name, shape(node))
    });
    let strange: Vec<Field> = strange.collect();
    fields.extend(strange);
}

/// Returns why a field, or anything in it, must stay out of logs.
fn sensitivity(node: &Node<'_>, outline: &Outline<'_>, numbers: &KnownNumbers<'_>) -> Option<Sensitivity> {
    let mut found = None;
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let texts = node.occurrences.iter().filter(|occurrence| occurrence.kind == Kind::String);
        let texts: Vec<&str> = texts.filter_map(|occurrence| occurrence.text).collect();
        // Numbers are judged no more than those of rows; elements of lists are not looked through one by one.
        let holds_text = !texts.is_empty() || node.elements.has(Kind::String);
        if holds_text {
            found = found.max(sensitive::judge_shown(node.name, &texts, numbers));
        }
        open.extend(node.children.iter().filter_map(|child| outline.node(*child)));
    }
    found
}

/// Returns the members of a structure, or of the structures in a list.
fn members(shape: &mut Shape) -> Option<&mut Vec<Field>> {
    match shape {
        Shape::Structure { fields, .. } => Some(fields),
        Shape::List { element, .. } => members(element),
        _ => None,
    }
}

/// Returns whether a name in a sample can be a field's: not a placeholder, nor a level that XML alone has around
/// elements.
fn is_field(node: &Node<'_>, parent: &Node<'_>) -> bool {
    let is_name = node.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    let is_level = is_element_name(node.name, parent.name)
        && parent.kinds.has(Kind::List)
        && !node.is_shown_in(SampleFormat::Json);
    is_name && !node.name.is_empty() && !is_level
}

/// Returns a shape that holds everything the samples show. In XML all is text, so JSON counts if it shows the field.
fn shape(node: &Node<'_>) -> Shape {
    let has = |kind| node.kinds.has(kind);
    if has(Kind::Object) || has(Kind::List) {
        return Shape::Json;
    }
    let in_json = |format| format == SampleFormat::Json || !node.is_shown_in(SampleFormat::Json);
    let shown = || node.occurrences.iter().filter(|occurrence| in_json(occurrence.format));
    let all =
        |kind| shown().all(|occurrence| matches!(occurrence.kind, Kind::Null) || occurrence.kind == kind);
    let is_whole = |text: &str| text.parse::<i64>().is_ok();
    if !shown().any(|occurrence| occurrence.kind != Kind::Null) {
        Shape::Json
    } else if all(Kind::Bool) {
        Shape::Boolean
    } else if !all(Kind::Number) {
        Shape::string()
    } else if shown().filter_map(|occurrence| occurrence.text).all(is_whole) {
        Shape::Long
    } else {
        Shape::Float
    }
}
