//! `request.rs`: the request, what it is to the runtime, and the types that it alone uses.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::types::{definition, request_structure, runtime_imports, structures};
use crate::plan::{OperationPlan, ProductPlan, Side, TypePlan};
use crate::text::literal;

pub(super) fn request(operation: &OperationPlan, facts: Option<&ProductPlan>) -> TokenStream {
    let types = types(operation);
    let imports = Imports::of([&operation.request].into_iter().chain(structures(&types)));
    let std = imports.std();
    let shared = imports.shared();
    let open_enum = types.iter().any(|plan| matches!(plan, TypePlan::Enum(_))).then(|| quote!(OpenEnum,));
    let unknown = runtime_imports(&types);
    let (error, response) = (&operation.error.name, &operation.response.name);
    let mut beside = imports.defined_elsewhere(Side::Request);
    beside.extend([error, response]);
    beside.sort();

    let action = literal(&operation.action);
    let product = literal(&operation.product);
    let version = literal(&operation.version);
    let structure = request_structure(&operation.request, &quote!(, operation = #action));
    let name = &operation.request.name;
    let safe_to_repeat = operation.safe_to_repeat.then(|| {
        quote!(
            const SAFE_TO_REPEAT: bool = true;
        )
    });
    let success_codes = facts.is_some_and(|facts| !facts.success_codes.is_empty()).then(|| {
        quote!(
            const SUCCESS_CODES: &'static [&'static str] = crate::product::SUCCESS_CODES;
        )
    });
    let definitions = types.iter().map(|plan| definition(plan));
    quote! {
        #std
        use ccc_macros::{Builder, #open_enum Parameters, RedactedDebug};
        use crate::runtime::Operation;
        #unknown
        #shared
        use super::{#(#beside),*};

        #structure

        impl Operation for #name {
            const PRODUCT: &'static str = #product;
            const VERSION: &'static str = #version;
            const ACTION: &'static str = #action;
            #safe_to_repeat
            #success_codes
            type Response = #response;
            type Error = #error;
        }

        #(#definitions)*
    }
}

fn types(operation: &OperationPlan) -> Vec<&TypePlan> {
    operation.types.iter().filter(|plan| plan.side() == Side::Request).collect()
}
