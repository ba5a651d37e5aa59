//! Writes `mod.rs` of the generated source, of the operations, of the shared types and of the descriptions.

use proc_macro2::TokenStream;
use quote::quote;

use super::module_docs;
use crate::plan::{Docs, Identifier, OperationPlan, Plan, SharedType, StructurePlan, TypePlan};
use crate::text::{code, literal};

/// Writes the root of the generated source.
pub(super) fn root(plan: &Plan) -> TokenStream {
    let facts = &plan.facts;
    let what = match plan.operations.as_slice() {
        [] => "No operations yet.".to_owned(),
        _ => format!("Operations of {}, version {}.", code(&facts.code), code(&facts.version)),
    };
    let docs = module_docs(&Docs(vec![what]));
    let product = &facts.name;
    quote! {
        #docs

        #[cfg(feature = "description")]
        mod descriptions;
        pub mod operation;
        mod product;
        pub mod types;

        #[cfg(feature = "description")]
        pub(crate) use descriptions::OPERATIONS;
        pub use product::#product;
    }
}

/// Writes the module of all operations.
pub(super) fn operations(plan: &Plan) -> TokenStream {
    let docs = module_docs(&Docs(vec![
        "One module for each operation, and the error codes that their pages document.".to_owned(),
    ]));
    let modules = plan.operations.iter().map(|OperationPlan { name, area, .. }| {
        let feature = feature(area.as_ref());
        quote!(#feature pub mod #name;)
    });
    quote! {
        #docs

        mod error_code;
        #(#modules)*

        pub use error_code::ErrorCode;
    }
}

/// Writes the descriptions as one list by area, in the order of the list of operations.
pub(super) fn descriptions(plan: &Plan) -> TokenStream {
    let docs = module_docs(&Docs(vec!["Descriptions of the operations.".to_owned()]));
    let modules = plan.operations.iter().map(|OperationPlan { name, area, .. }| {
        let feature = feature(area.as_ref());
        quote!(#feature mod #name;)
    });
    let by_area = plan
        .areas
        .iter()
        .flat_map(|area| plan.operations.iter().filter(|operation| operation.area == area.feature));
    let all = by_area.map(|OperationPlan { name, area, .. }| {
        let feature = feature(area.as_ref());
        quote!(#feature &#name::DESCRIPTION)
    });
    quote! {
        #docs

        #(#modules)*

        use acs_runtime::description::OperationDescription;

        /// Every operation, by area.
        pub(crate) static OPERATIONS: &[&OperationDescription] = &[#(#all),*];
    }
}

/// Writes the condition under which an item of an area is compiled.
fn feature(area: Option<&String>) -> Option<TokenStream> {
    let area = literal(area?);
    Some(quote!(#[cfg(feature = #area)]))
}

/// Writes the module of the shared types.
pub(super) fn types(plan: &Plan) -> TokenStream {
    let docs = module_docs(&Docs(vec!["Structures and enums that several operations share.".to_owned()]));
    let modules = plan.types.iter().map(|SharedType { module, area, .. }| {
        let feature = feature(area.as_ref());
        quote!(#feature mod #module;)
    });
    let exports = plan.types.iter().map(|SharedType { module, area, plan, .. }| {
        let feature = feature(area.as_ref());
        match names(plan).as_slice() {
            [name] => quote!(#feature pub use #module::#name;),
            names => quote!(#feature pub use #module::{#(#names),*};),
        }
    });
    quote! {
        #docs

        #(#modules)*

        #(#exports)*
    }
}

fn names(plan: &TypePlan) -> Vec<&Identifier> {
    match plan {
        TypePlan::Structure(structure) => structure_names(structure).collect(),
        TypePlan::Enum(open_enum) => vec![&open_enum.name],
    }
}

fn structure_names(structure: &StructurePlan) -> impl Iterator<Item = &Identifier> {
    [&structure.name].into_iter().chain(&structure.builder)
}
