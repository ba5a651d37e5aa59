//! `response.rs`: the answer and the types that it alone uses.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::Imports;
use super::types::{answer_structure, definition, derive_imports, runtime_imports, structures};
use crate::plan::{OperationPlan, Side, TypePlan};

pub(super) fn response(operation: &OperationPlan) -> TokenStream {
    let types: Vec<&TypePlan> = operation.types.iter().filter(|plan| plan.side() == Side::Response).collect();
    let imports = Imports::of([&operation.response].into_iter().chain(structures(&types)));
    let std = imports.std();
    let derives = derive_imports(&types, true);
    let runtime = runtime_imports(&types);
    let shared = imports.shared();
    let beside = imports.defined_elsewhere(Side::Response);
    let beside = (!beside.is_empty()).then(|| quote!(use super::{#(#beside),*};));
    let structure = answer_structure(&operation.response);
    let definitions = types.iter().map(|plan| definition(plan));
    quote! {
        #std
        #derives
        #runtime
        #shared
        #beside
        #structure
        #(#definitions)*
    }
}
