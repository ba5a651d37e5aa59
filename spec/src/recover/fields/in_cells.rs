//! JSON in the sample values of cells: it shows the content of a parameter, as a sample request would.

use super::super::declared::Declared;
use super::super::row::Row;
use super::embedded::embedded;
use crate::model::Side;
use crate::sample::{Entry, Tree, Value};
use crate::source::Span;

/// Returns the parameters whose cells show structures, as the tree of one request; `None` if no cell does.
pub(super) fn request_tree<'r>(direction: Side, rows: &'r [Row<'_>]) -> Option<Tree<'r>> {
    if direction == Side::Response {
        return None;
    }
    let entries: Vec<Entry<'r>> = rows.iter().filter_map(entry).collect();
    let span = Span::at(entries.first()?.value.span.start);
    Some(Tree { value: Value::Object(entries), span })
}

fn entry<'r>(row: &'r Row<'_>) -> Option<Entry<'r>> {
    let holds_structures = match &row.declared {
        Declared::Structure(_) | Declared::Map(_) | Declared::List(None) => true,
        Declared::List(Some(element)) => matches!(**element, Declared::Structure(_)),
        _ => false,
    };
    let text = row.sample.as_deref().filter(|_| holds_structures)?;
    let value = embedded(text, '[', ']').or_else(|| embedded(text, '{', '}'))?;
    let is_object = |tree: &Tree<'_>| matches!(tree.value, Value::Object(_));
    let shows_structures = match &value {
        Value::List(elements) => elements.iter().any(is_object),
        value => matches!(value, Value::Object(_)),
    };
    let value = Tree { value, span: row.sample_span };
    shows_structures.then(|| Entry { name: row.name.as_ref().into(), name_span: row.name_span, value })
}
