//! The link stage of a run: the operations of each product, and the types that they share.

use std::collections::BTreeMap;

use ccc_spec::diagnostic::{Code, Diagnostic};
use ccc_spec::ir;
use ccc_spec::link::{Joined, link};
use ccc_spec::model::{Operation, ProductSpec};
use ccc_spec::recover::Placements;
use ccc_spec::source::{Source, Span};

use super::clients::is_rpc;
use crate::specs::{ProductKey, Specs};

/// The linked operations of a run.
#[derive(Debug, Default)]
pub(crate) struct Products {
    /// By product and version.
    pub(crate) specs: BTreeMap<ProductKey, ProductSpec>,
    /// The spec's files, by path below their folder.
    pub(super) files: BTreeMap<String, String>,
    /// Statements of one page about a field of another.
    pub(super) joined: Vec<(ProductKey, Joined)>,
}

/// Links the operations, given by the path of their specs, product by product. No client is generated for those that are
/// not RPC, so they share no types.
pub(super) fn products(operations: &BTreeMap<String, Operation>, before: &Specs) -> Products {
    let mut products = Products::default();
    let mut groups: BTreeMap<ProductKey, Vec<(&String, &Operation)>> = BTreeMap::new();
    for (path, operation) in operations {
        if is_rpc(operation) {
            groups.entry(ProductKey::from_operation(operation)).or_default().push((path, operation));
        } else {
            products.files.insert(path.clone(), ir::to_json(operation));
        }
    }
    for (key, group) in groups {
        let previous = before.products.get(&key).cloned().unwrap_or_default();
        let linked = link(group.iter().map(|(_, operation)| (*operation).clone()).collect(), &previous);
        for (path, operation) in group {
            let of_action = |linked: &&Operation| linked.action == operation.action;
            if let Some(linked) = linked.spec.operations.iter().find(of_action) {
                products.files.insert(path.clone(), ir::to_json(linked));
            }
        }
        for shared in &linked.spec.types {
            products.files.insert(key.type_path(&shared.name), ir::type_to_json(shared));
        }
        products.joined.extend(linked.joined.into_iter().map(|joined| (key.clone(), joined)));
        products.specs.insert(key, linked.spec);
    }
    products
}

/// The places of an operation's fields on its page.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) source: Source,
    pub(super) placements: Placements,
}

/// Makes the diagnostic for a field that another page says more about. It points at the field's row, or at the start of the
/// page if an overlay added the field.
pub(super) fn diagnostic(joined: &Joined, origin: &Origin) -> Diagnostic {
    let span = origin.placements.span(joined.side, &joined.path).unwrap_or_else(|| Span::at(0));
    Diagnostic::new(Code::JoinedType, span, joined.to_string()).with_help(joined.way_out())
}
