//! Operations: their names, and their modules as a whole.

use std::collections::BTreeMap;

use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Operation, ProductSpec};

use super::names::{Identifier, Role, Scope, distinct};
use super::product;
use super::structure::{Place, Types};
use super::{
    CodePlan, DescriptionPlan, Docs, OperationPlan, Plan, SharedType, Side, TypePlan, docs, errors, example,
    paging, sample,
};

/// Plans a product.
pub(super) fn plan(spec: &ProductSpec, manifest: &Manifest) -> Plan {
    let library = &manifest.crate_name.replace('-', "_");
    let operations = &spec.operations;
    let actions: Vec<&str> = operations.iter().map(|operation| operation.action.as_str()).collect();
    let mut scope = Scope::default();
    let names: Vec<Names> = distinct(Role::Operation, &actions)
        .into_iter()
        .zip(&actions)
        .map(|(module, action)| Names::new(module, action, &mut scope))
        .collect();

    let types = Types::new(spec, &mut scope);
    let shared = types.shared();
    let mut local = types.local();
    let codes = errors::codes(names.iter().map(|names| &names.module).zip(operations));
    let usual = example::usual(operations);
    let product =
        Product { spec, manifest, types: &types, shared: &shared, codes: &codes, usual: &usual, library };
    let plans: Vec<OperationPlan> = operations
        .iter()
        .zip(names)
        .enumerate()
        .map(|(index, (operation, names))| {
            let own = local.remove(&index).unwrap_or_default();
            plan_operation(index, operation, names, &product, own)
        })
        .collect();
    Plan {
        facts: product::plan(manifest),
        operations: plans,
        areas: Vec::new(),
        codes_docs: docs::codes(operations),
        codes,
        types: shared,
    }
}

/// The facts that all operations share.
struct Product<'a> {
    spec: &'a ProductSpec,
    manifest: &'a Manifest,
    types: &'a Types,
    shared: &'a [SharedType],
    codes: &'a [CodePlan],
    usual: &'a BTreeMap<&'a str, &'a str>,
    library: &'a str,
}

/// The names that come from an operation's name.
struct Names {
    module: Identifier,
    request: Identifier,
    response: Identifier,
    error: Identifier,
    builder: Identifier,
}

impl Names {
    fn new(module: Identifier, action: &str, scope: &mut Scope) -> Self {
        let mut claim = |what: &str| scope.claim(Role::Type, &[&format!("{action} {what}")]);
        Self {
            module,
            request: claim("Request"),
            response: claim("Response"),
            error: claim("Error"),
            builder: claim("Builder"),
        }
    }
}

fn plan_operation(
    index: usize,
    operation: &Operation,
    names: Names,
    product: &Product<'_>,
    local: Vec<TypePlan>,
) -> OperationPlan {
    let Product { spec, manifest, types, shared, codes, usual, library } = *product;
    let Names { module, request, response, error, builder } = names;
    let place = |side| Place { operation: index, side, parent: None };
    let types_in_use = || shared.iter().map(|shared| &shared.plan).chain(&local);

    let mut request =
        types.structure(place(Side::Request), request, Some(builder), Docs::default(), &operation.request);
    request.docs = docs::request(operation, &module);

    let error = errors::plan(&operation.action, error, &operation.errors, codes);
    let response = types.structure(
        place(Side::Response),
        response,
        None,
        docs::response(operation),
        &operation.response,
    );
    let structures = paging::structures(types_in_use());
    let paging = paging::plan(&manifest.paging, &request, &response, &structures);
    let call = example::Call { library, action: &operation.action, module: &module, paging: paging.as_ref() };
    let example = call.example(&request, types_in_use(), usual);
    let aliases = manifest.aliases.get(&operation.action).map(|words| words.value.clone());
    OperationPlan {
        product: operation.product.clone(),
        version: operation.version.clone(),
        action: operation.action.clone(),
        safe_to_repeat: operation.safe_to_repeat,
        area: None,
        module_docs: docs::module(operation),
        method_docs: docs::method(operation, error.as_ref(), example),
        aliases: aliases.unwrap_or_default(),
        brief: docs::brief(operation),
        paging,
        response,
        request,
        error,
        types: local,
        description: DescriptionPlan {
            summary: docs::brief_text(operation).to_owned(),
            documentation: docs::text(operation),
            errors: operation.errors.clone(),
            sample_json: sample::response(spec, operation),
        },
        name: module,
    }
}
