//! The outline of a page's samples: every name once under its parent, with all its values. Lists have no level of
//! their own, so that one element and many look alike.

use std::borrow::Cow;

use foldhash::fast::FixedState;

use super::super::row::Row;
use super::envelope::content;
use super::names::{IdMap, NameId, Names};
use crate::model::SampleFormat;
use crate::sample::{self, Entry, Tree, Value};
use crate::source::Span;

/// Number of values of one name that are kept for diagnostics.
const OCCURRENCES: usize = 4;

pub(in crate::recover) type NodeId = u32;

/// The node of the whole sample.
pub(in crate::recover) const TOP: NodeId = 0;

/// A sample, read.
#[derive(Clone, Copy, Debug)]
pub(in crate::recover) struct Shown<'t> {
    pub(in crate::recover) format: SampleFormat,
    pub(in crate::recover) tree: &'t Tree<'t>,
}

/// A name in the samples, under its parent.
#[derive(Debug, Default)]
pub(in crate::recover) struct Node<'a> {
    pub(in crate::recover) name: &'a str,
    name_id: NameId,
    pub(in crate::recover) folded: NameId,
    pub(in crate::recover) parent: NodeId,
    pub(in crate::recover) children: Vec<NodeId>,
    /// Its places in samples, the first few of each kind of value.
    pub(in crate::recover) occurrences: Vec<Occurrence<'a>>,
    /// Formats that show it, and formats that show it with members.
    formats: u8,
    member_formats: u8,
    /// Kinds of its values.
    pub(in crate::recover) kinds: Kinds,
    /// Kinds of the elements of its lists.
    pub(in crate::recover) elements: Kinds,
    /// Whether a number of more than 32 bits is among its values and elements.
    pub(in crate::recover) is_wide: bool,
}

impl Node<'_> {
    /// Returns whether a sample of that format shows it.
    pub(in crate::recover) fn is_shown_in(&self, format: SampleFormat) -> bool {
        self.formats & bit(format) != 0
    }

    /// Returns whether its lists hold text, numbers and the like; a list in a string counts.
    pub(in crate::recover) fn is_list_of_scalars(&self) -> bool {
        let texts = self.occurrences.iter().filter_map(|occurrence| occurrence.text);
        let is_embedded = texts.map(str::trim_start).any(|text| text.starts_with('['));
        let scalars = [Kind::Bool, Kind::Number, Kind::String].iter().any(|kind| self.elements.has(*kind));
        (is_embedded || scalars) && self.children.is_empty()
    }

    /// Returns whether a sample of that format shows members of it.
    pub(in crate::recover) fn has_members_in(&self, format: SampleFormat) -> bool {
        self.member_formats & bit(format) != 0
    }
}

fn bit(format: SampleFormat) -> u8 {
    match format {
        SampleFormat::Http => 1,
        SampleFormat::Json => 2,
        SampleFormat::Xml => 4,
    }
}

/// A value of a sample.
#[derive(Clone, Debug)]
pub(in crate::recover) struct Occurrence<'a> {
    /// Which sample.
    pub(in crate::recover) sample: usize,
    pub(in crate::recover) format: SampleFormat,
    pub(in crate::recover) name_span: Span,
    pub(in crate::recover) span: Span,
    pub(in crate::recover) kind: Kind,
    /// The text of a scalar.
    pub(in crate::recover) text: Option<&'a str>,
}

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recover) enum Kind {
    Null,
    Bool,
    Number,
    String,
    List,
    Object,
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::recover) struct Kinds(u8);

impl Kinds {
    pub(in crate::recover) fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    pub(in crate::recover) fn insert(&mut self, kind: Kind) -> bool {
        let before = self.0;
        self.0 |= 1 << kind as u8;
        self.0 != before
    }

    /// Returns whether it holds that kind and no other.
    pub(in crate::recover) fn only(self, kind: Kind) -> bool {
        self.0 == 1 << kind as u8
    }
}

impl Kind {
    fn from_tree(tree: &Tree<'_>) -> Self {
        match &tree.value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::List(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

/// The content of all samples of a page, merged.
#[derive(Debug)]
pub(in crate::recover) struct Outline<'a> {
    nodes: Vec<Node<'a>>,
    /// The first child of a node with a name, folded.
    children: IdMap<(NodeId, NameId), NodeId>,
    /// Further children whose names differ in case alone, by their exact names.
    variants: IdMap<(NodeId, NameId), NodeId>,
    /// Names of maps whose values are structures: their keys leave no level of their own.
    maps: IdMap<NameId, ()>,
    /// How many places show a name, and the first of them, by folded name.
    shown: Vec<(u32, NodeId)>,
}

impl<'a> Outline<'a> {
    /// Merges samples, in which these rows may be shown: an element around everything whose name none has is only the
    /// envelope of the sample.
    pub(in crate::recover) fn new(
        rows: &'a [Row<'_>],
        samples: &'a [Shown<'a>],
        names: &mut Names<'a>,
    ) -> Self {
        let maps = maps(rows, names);
        let mut outline = Self {
            nodes: Vec::with_capacity(1 + names.len()),
            children: IdMap::with_capacity_and_hasher(names.len(), FixedState::default()),
            variants: IdMap::default(),
            maps,
            shown: vec![(0, TOP); names.len()],
        };
        outline.nodes.push(Node::default());
        for (at, sample) in samples.iter().enumerate() {
            let tree = content(sample.tree, rows);
            let from = From { sample: at, format: sample.format };
            outline.add_value(TOP, tree, tree.span, from, names);
        }
        outline
    }

    pub(in crate::recover) fn node(&self, id: NodeId) -> Option<&Node<'a>> {
        self.nodes.get(id as usize)
    }

    pub(in crate::recover) fn iter(&self) -> impl Iterator<Item = (NodeId, &Node<'a>)> {
        (0..).zip(&self.nodes)
    }

    /// Returns the number of nodes, including that of the whole sample.
    pub(in crate::recover) fn size(&self) -> usize {
        self.nodes.len()
    }

    /// Returns whether the samples show nothing at all.
    pub(in crate::recover) fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    /// Returns the child with a name, else one whose name differs in case alone, and whether it is the first.
    pub(in crate::recover) fn child(
        &self,
        parent: NodeId,
        name: NameId,
        folded: NameId,
    ) -> Option<(NodeId, bool)> {
        let first = *self.children.get(&(parent, folded))?;
        if self.node(first).is_some_and(|node| node.name_id == name) {
            return Some((first, true));
        }
        // Few samples have two such children.
        let variant = if self.variants.is_empty() { None } else { self.variants.get(&(parent, name)) };
        Some(variant.map_or((first, false), |variant| (*variant, true)))
    }

    /// Returns how many places show a name, whatever its case.
    pub(in crate::recover) fn places(&self, folded: NameId) -> u32 {
        self.shown.get(folded as usize).map_or(0, |(places, _)| *places)
    }

    /// Returns the place that shows a name, if there is just one.
    pub(in crate::recover) fn only_place(&self, folded: NameId) -> Option<NodeId> {
        self.shown.get(folded as usize).filter(|(places, _)| *places == 1).map(|(_, node)| *node)
    }

    fn add_value(
        &mut self,
        id: NodeId,
        tree: &'a Tree<'a>,
        name_span: Span,
        from: From,
        names: &mut Names<'a>,
    ) {
        let Some(node) = self.nodes.get_mut(id as usize) else { return };
        let kind = Kind::from_tree(tree);
        node.formats |= bit(from.format);
        node.is_wide |= is_wide(tree);
        let is_new =
            node.kinds.insert(kind) || node.occurrences.iter().all(|known| known.sample != from.sample);
        if is_new && node.occurrences.len() < OCCURRENCES {
            let text = match &tree.value {
                Value::String(text) => Some(text.as_ref()),
                Value::Number(text) => Some(*text),
                Value::Bool(value) => Some(if *value { "true" } else { "false" }),
                _ => None,
            };
            let From { sample, format } = from;
            node.occurrences.push(Occurrence { sample, format, name_span, span: tree.span, kind, text });
        }
        match &tree.value {
            Value::List(elements) => {
                for element in elements {
                    self.add_element(id, element, from, names);
                }
            }
            Value::Object(_) => self.add_object(id, tree, from, names),
            Value::String(text) if from.format == SampleFormat::Http && text.starts_with(['[', '{']) => {
                if let Some(sent) = sample::parse(SampleFormat::Json, text, tree.span.start).tree {
                    self.add_sent(id, &sent, from, names);
                }
            }
            _ => {}
        }
    }

    /// Adds JSON that a request sends in one parameter. Names that are escaped there are left out.
    fn add_sent(&mut self, id: NodeId, tree: &Tree<'a>, from: From, names: &mut Names<'a>) {
        let inside = match &tree.value {
            Value::List(elements) => elements.as_slice(),
            _ => std::slice::from_ref(tree),
        };
        for element in inside {
            if let (Value::List(_), Some(node)) = (&tree.value, self.nodes.get_mut(id as usize)) {
                node.elements.insert(Kind::from_tree(element));
            }
            for entry in element.entries() {
                let Cow::Borrowed(name) = entry.name else { continue };
                if let Some(node) = self.nodes.get_mut(id as usize) {
                    node.member_formats |= bit(from.format);
                }
                let child = self.child_or_new(id, name, names);
                if let Some(node) = self.nodes.get_mut(child as usize) {
                    node.formats |= bit(from.format);
                    node.kinds.insert(Kind::from_tree(&entry.value));
                }
                self.add_sent(child, &entry.value, from, names);
            }
        }
    }

    fn add_element(&mut self, id: NodeId, element: &'a Tree<'a>, from: From, names: &mut Names<'a>) {
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.elements.insert(Kind::from_tree(element));
            node.is_wide |= is_wide(element);
        }
        match &element.value {
            Value::List(inner) => {
                for element in inner {
                    self.add_element(id, element, from, names);
                }
            }
            _ => self.add_object(id, element, from, names),
        }
    }

    /// Adds an object: the entries of a structure, or the values of a map, which are the elements of its keys.
    fn add_object(&mut self, id: NodeId, tree: &'a Tree<'a>, from: From, names: &mut Names<'a>) {
        let is_map = self.node(id).is_some_and(|node| self.maps.contains_key(&node.folded));
        let holds_values = |entry: &Entry<'_>| matches!(entry.value.value, Value::Object(_) | Value::List(_));
        if !is_map || !tree.entries().iter().all(holds_values) {
            return self.add_entries(id, tree, from, names);
        }
        for entry in tree.entries() {
            match &entry.value.value {
                Value::List(elements) => {
                    elements.iter().for_each(|element| self.add_element(id, element, from, names));
                }
                _ => self.add_entries(id, &entry.value, from, names),
            }
        }
    }

    fn add_entries(&mut self, id: NodeId, tree: &'a Tree<'a>, from: From, names: &mut Names<'a>) {
        if let Some(node) = self.nodes.get_mut(id as usize)
            && !tree.entries().is_empty()
        {
            node.member_formats |= bit(from.format);
        }
        for entry in tree.entries() {
            let child = self.child_or_new(id, &entry.name, names);
            self.add_value(child, &entry.value, entry.name_span, from, names);
        }
    }

    fn child_or_new(&mut self, parent: NodeId, name: &'a str, names: &mut Names<'a>) -> NodeId {
        let name_id = names.intern(name);
        let folded = names.folded(name_id);
        let known = self.child(parent, name_id, folded);
        if let Some((child, true)) = known {
            return child;
        }
        let child = NodeId::try_from(self.nodes.len()).unwrap_or(NodeId::MAX);
        self.nodes.push(Node { name, name_id, folded, parent, ..Node::default() });
        if let Some(parent) = self.nodes.get_mut(parent as usize) {
            parent.children.push(child);
        }
        if known.is_none() {
            self.children.insert((parent, folded), child);
        } else {
            self.variants.insert((parent, name_id), child);
        }
        if self.shown.len() <= folded as usize {
            self.shown.resize(names.len(), (0, child));
        }
        if let Some((places, first)) = self.shown.get_mut(folded as usize) {
            if *places == 0 {
                *first = child;
            }
            *places += 1;
        }
        child
    }
}

/// Returns whether a value is a whole number that 32 bits do not hold.
fn is_wide(tree: &Tree<'_>) -> bool {
    match &tree.value {
        Value::Number(number) => is_wide_number(number),
        Value::String(text) => is_wide_number(text),
        _ => false,
    }
}

/// Returns whether a text is a whole number that 32 bits do not hold.
pub(in crate::recover) fn is_wide_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.len() > 9 && digits.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<i32>().is_err()
}

#[derive(Clone, Copy)]
struct From {
    sample: usize,
    format: SampleFormat,
}

/// Returns the names that rows document only for maps of structures.
fn maps<'a>(rows: &'a [Row<'_>], names: &mut Names<'a>) -> IdMap<NameId, ()> {
    let mut maps = IdMap::default();
    let (of_maps, others): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row.declared.is_map_of_structures());
    for row in of_maps {
        let name = names.intern(&row.name);
        maps.insert(names.folded(name), ());
    }
    if !maps.is_empty() {
        for (_, folded) in others.into_iter().filter_map(|row| names.find(&row.name)) {
            maps.remove(&folded);
        }
    }
    maps
}
