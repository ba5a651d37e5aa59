//! Operations: their names, and the parts of their modules put together.

use ccc_spec::model::{Operation, ProductSpec};

use super::names::{Identifier, Role, Scope, distinct};
use super::structure::{Place, Types};
use super::{
    DescriptionPlan, Docs, OperationPlan, Plan, SharedType, Side, TypePlan, docs, errors, example, sample,
};

/// Plans a product.
pub(super) fn plan(spec: &ProductSpec) -> Plan {
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
    let plans = operations.iter().zip(names).enumerate().map(|(index, (operation, names))| {
        let own = local.remove(&index).unwrap_or_default();
        one(spec, index, operation, names, &types, &shared, own)
    });
    Plan {
        product: operations.first().map(|first| (first.product.clone(), first.version.clone())),
        facts: None,
        operations: plans.collect(),
        types: shared,
    }
}

/// What is called after an operation.
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

fn one(
    spec: &ProductSpec,
    index: usize,
    operation: &Operation,
    names: Names,
    types: &Types,
    shared: &[SharedType],
    local: Vec<TypePlan>,
) -> OperationPlan {
    let Names { module, request, response, error, builder } = names;
    let place = |side| Place { operation: index, side, parent: None };
    let structures = example::structures(shared.iter().map(|shared| &shared.plan).chain(&local));

    let mut request =
        types.structure(place(Side::Request), request, Some(builder), Docs::default(), &operation.request);
    let alone = example::request(&module, &request, &structures);
    request.docs = docs::request(operation, &module, alone);

    let error = errors::plan(&operation.action, error, &operation.errors);
    let call = example::call(&operation.action, &module, &request, &structures);
    OperationPlan {
        product: operation.product.clone(),
        version: operation.version.clone(),
        action: operation.action.clone(),
        safe_to_repeat: operation.safe_to_repeat,
        module_docs: docs::module(operation),
        method_docs: docs::method(operation, &module, &error, call),
        blocking_docs: docs::blocking_method(operation, &module),
        response: types.structure(
            place(Side::Response),
            response,
            None,
            docs::response(operation),
            &operation.response,
        ),
        request,
        error,
        types: local,
        description: DescriptionPlan {
            errors: operation.errors.clone(),
            sample_json: sample::answer(spec, operation),
        },
        name: module,
    }
}
