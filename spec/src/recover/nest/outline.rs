//! The outline of a page's samples: every name once under its parent, with what the samples show there.
//! Lists leave no level of their own, so that one element and many look alike.

use std::collections::HashMap;

use super::names::{NameId, Names};
use crate::model::SampleFormat;
use crate::sample::{Tree, Value};
use crate::source::Span;

/// Values of one name that are kept to point at.
const OCCURRENCES: usize = 4;

pub(in crate::recover) type NodeId = u32;

/// What stands for the sample as a whole.
pub(in crate::recover) const TOP: NodeId = 0;

/// A sample, read.
#[derive(Clone, Debug)]
pub(in crate::recover) struct Shown {
    pub(in crate::recover) format: SampleFormat,
    pub(in crate::recover) tree: Tree,
}

/// A name in the samples, under its parent.
#[derive(Debug, Default)]
pub(in crate::recover) struct Node {
    pub(in crate::recover) name: String,
    pub(in crate::recover) folded: NameId,
    pub(in crate::recover) parent: NodeId,
    pub(in crate::recover) children: Vec<NodeId>,
    /// Where samples show it, the first few of each kind of value.
    pub(in crate::recover) occurrences: Vec<Occurrence>,
    /// Formats that show it, and formats that show it with members.
    formats: u8,
    member_formats: u8,
    /// What kinds of values it has anywhere.
    pub(in crate::recover) kinds: Kinds,
    /// What kinds the elements of its lists have.
    pub(in crate::recover) elements: Kinds,
}

impl Node {
    /// Whether a sample of that format shows it.
    pub(in crate::recover) fn is_shown_in(&self, format: SampleFormat) -> bool {
        self.formats & bit(format) != 0
    }

    /// Whether its lists hold text, numbers and the like, be it in a string.
    pub(in crate::recover) fn is_list_of_scalars(&self) -> bool {
        let texts = self.occurrences.iter().filter_map(|occurrence| occurrence.text.as_deref());
        let is_embedded = texts.map(str::trim_start).any(|text| text.starts_with('['));
        let scalars = [Kind::Bool, Kind::Number, Kind::String].iter().any(|kind| self.elements.has(*kind));
        (is_embedded || scalars) && self.children.is_empty()
    }

    /// Whether a sample of that format shows members of it.
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
pub(in crate::recover) struct Occurrence {
    /// Which sample.
    pub(in crate::recover) sample: usize,
    pub(in crate::recover) format: SampleFormat,
    pub(in crate::recover) name_span: Span,
    pub(in crate::recover) span: Span,
    pub(in crate::recover) kind: Kind,
    /// The text of a scalar.
    pub(in crate::recover) text: Option<String>,
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

    /// Whether it holds one kind, and that one.
    pub(in crate::recover) fn only(self, kind: Kind) -> bool {
        self.0 == 1 << kind as u8
    }
}

impl Kind {
    fn of(tree: &Tree) -> Self {
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

/// What all samples of a page show together.
#[derive(Debug)]
pub(in crate::recover) struct Outline {
    nodes: Vec<Node>,
    exact: HashMap<(NodeId, NameId), NodeId>,
    folded: HashMap<(NodeId, NameId), NodeId>,
    /// Names that are shown anywhere, folded: in how many places, and the first of them.
    shown: HashMap<NameId, (u32, NodeId)>,
}

impl Outline {
    /// Merges samples. `is_row` tells whether a name stands in the table: an element around everything
    /// whose name does not is only the envelope of the sample.
    pub(in crate::recover) fn new(
        samples: &[Shown],
        names: &mut Names,
        is_row: impl Fn(&str) -> bool,
    ) -> Self {
        let mut outline = Self {
            nodes: vec![Node::default()],
            exact: HashMap::new(),
            folded: HashMap::new(),
            shown: HashMap::new(),
        };
        for (at, sample) in samples.iter().enumerate() {
            let tree = content(&sample.tree, &is_row);
            let from = From { sample: at, format: sample.format };
            outline.add_value(TOP, tree, tree.span, from, names);
        }
        outline
    }

    pub(in crate::recover) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    pub(in crate::recover) fn iter(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        (0..).zip(&self.nodes)
    }

    /// Whether the samples show nothing at all.
    pub(in crate::recover) fn is_empty(&self) -> bool {
        self.nodes.len() <= 1
    }

    pub(in crate::recover) fn child(&self, parent: NodeId, name: NameId) -> Option<NodeId> {
        self.exact.get(&(parent, name)).copied()
    }

    /// The child whose name differs in case alone.
    pub(in crate::recover) fn child_folded(&self, parent: NodeId, folded: NameId) -> Option<NodeId> {
        self.folded.get(&(parent, folded)).copied()
    }

    /// How many places show a name, whatever its case.
    pub(in crate::recover) fn places(&self, folded: NameId) -> u32 {
        self.shown.get(&folded).map_or(0, |(places, _)| *places)
    }

    /// The one place that shows a name, if there is just one.
    pub(in crate::recover) fn only_place(&self, folded: NameId) -> Option<NodeId> {
        self.shown.get(&folded).filter(|(places, _)| *places == 1).map(|(_, node)| *node)
    }

    fn add_value(&mut self, id: NodeId, tree: &Tree, name_span: Span, from: From, names: &mut Names) {
        let Some(node) = self.nodes.get_mut(id as usize) else { return };
        let kind = Kind::of(tree);
        node.formats |= bit(from.format);
        let is_new =
            node.kinds.insert(kind) || node.occurrences.iter().all(|known| known.sample != from.sample);
        if is_new && node.occurrences.len() < OCCURRENCES {
            let text = match &tree.value {
                Value::String(text) | Value::Number(text) => Some(text.clone()),
                Value::Bool(value) => Some(value.to_string()),
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
            Value::Object(_) => self.add_entries(id, tree, from, names),
            _ => {}
        }
    }

    fn add_element(&mut self, id: NodeId, element: &Tree, from: From, names: &mut Names) {
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.elements.insert(Kind::of(element));
        }
        match &element.value {
            Value::List(inner) => {
                for element in inner {
                    self.add_element(id, element, from, names);
                }
            }
            _ => self.add_entries(id, element, from, names),
        }
    }

    fn add_entries(&mut self, id: NodeId, tree: &Tree, from: From, names: &mut Names) {
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

    fn child_or_new(&mut self, parent: NodeId, name: &str, names: &mut Names) -> NodeId {
        let id = names.intern(name);
        if let Some(child) = self.child(parent, id) {
            return child;
        }
        let folded = names.folded(id);
        let child = NodeId::try_from(self.nodes.len()).unwrap_or(NodeId::MAX);
        self.nodes.push(Node { name: name.to_owned(), folded, parent, ..Node::default() });
        if let Some(parent) = self.nodes.get_mut(parent as usize) {
            parent.children.push(child);
        }
        self.exact.insert((parent, id), child);
        self.folded.entry((parent, folded)).or_insert(child);
        self.shown.entry(folded).or_insert((0, child)).0 += 1;
        child
    }
}

#[derive(Clone, Copy)]
struct From {
    sample: usize,
    format: SampleFormat,
}

/// A sample without the element around everything, if that is none of the documented fields.
fn content<'t>(tree: &'t Tree, is_row: &impl Fn(&str) -> bool) -> &'t Tree {
    match tree.entries() {
        [only] if !only.value.entries().is_empty() && !is_row(&only.name) => &only.value,
        _ => tree,
    }
}
