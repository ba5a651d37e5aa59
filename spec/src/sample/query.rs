//! Request samples: a URL with its query on one line or many, or a form. `Tag.1.Key=a` is an element of
//! the list `Tag`.

use std::borrow::Cow;

use super::{Entry, MAX_DEPTH, Parsed, Tree, Value};
use crate::source::Span;

/// Reads the pairs of a query. `base` is the text's offset on its page.
pub(super) fn parse(text: &str, base: usize) -> Parsed<'_> {
    let mut root = Node::default();
    let mut at = 0;
    for piece in text.split(['?', '&', '\n']) {
        let start = at;
        at += piece.len() + 1;
        // Placeholders such as `<common parameters>` and lines of a header are no pairs.
        let Some((name, value)) = piece.split_once('=') else { continue };
        let lead = name.len() - name.trim_start().len();
        let name_start = base + start + lead;
        let value_start = base + start + name.len() + 1;
        let name = name.trim();
        if name.is_empty() || name.contains([' ', '<', '/', ':']) {
            continue;
        }
        let lead = value.len() - value.trim_start().len();
        let name_span = Span::new(name_start, name_start + name.len());
        let value_span = Span::new(value_start + lead, value_start + lead + value.trim().len());
        root.insert(name.split('.'), name_span, (value.trim(), value_span), MAX_DEPTH);
    }
    let tree = (!root.children.is_empty()).then(|| root.into_tree(Span::new(base, base + text.len())));
    Parsed { tree, repairs: Vec::new() }
}

#[derive(Default)]
struct Node<'t> {
    children: Vec<(&'t str, Span, Node<'t>)>,
    value: Option<(&'t str, Span)>,
}

impl<'t> Node<'t> {
    fn insert<P: Iterator<Item = &'t str>>(
        &mut self,
        mut path: P,
        name_span: Span,
        (value, span): (&'t str, Span),
        depth: usize,
    ) {
        let Some(segment) = path.next().filter(|_| depth > 0) else {
            self.value = Some((value, span));
            return;
        };
        // Keys of one list or structure stand together, so the last child is the one to look at.
        let known = self.children.last().is_some_and(|(name, ..)| *name == segment);
        if !known {
            self.children.push((segment, name_span, Self::default()));
        }
        if let Some((_, _, child)) = self.children.last_mut() {
            child.insert(path, name_span, (value, span), depth - 1);
        }
    }

    fn into_tree(self, whole: Span) -> Tree<'t> {
        if self.children.is_empty() {
            let (text, span) = self.value.unwrap_or_default();
            return Tree { value: Value::String(Cow::Borrowed(text)), span };
        }
        let is_list = self.children.iter().all(|(name, ..)| is_index(name));
        let children = self.children.into_iter().map(|(name, name_span, node)| {
            let value = node.into_tree(name_span);
            Entry { name: Cow::Borrowed(name), name_span, value }
        });
        let value = if is_list {
            Value::List(children.map(|entry| entry.value).collect())
        } else {
            Value::Object(children.collect())
        };
        Tree { value, span: whole }
    }
}

/// Returns whether a segment is the index of a list element: a number, or the placeholder `N`.
fn is_index(segment: &str) -> bool {
    matches!(segment, "N" | "n") || (!segment.is_empty() && segment.bytes().all(|b| b.is_ascii_digit()))
}
