//! `mod.rs` of the generated source, of the shared types and of what the local endpoint knows.

use proc_macro2::TokenStream;
use quote::quote;

use super::module_docs;
use crate::plan::{Docs, Identifier, OperationPlan, Plan, SharedType, StructurePlan, TypePlan};
use crate::text::{code, literal};

/// The root of the generated source.
pub(super) fn root(plan: &Plan) -> TokenStream {
    let what = match &plan.product {
        Some((product, version)) => format!("Operations of {} {}.", code(product), code(version)),
        None => "Operations: none yet.".to_owned(),
    };
    let product = plan.facts.is_some().then(|| {
        quote!(
            pub mod product;
        )
    });
    let docs = module_docs(&Docs(vec![what]));
    let modules = plan.operations.iter().map(|OperationPlan { name, area, .. }| {
        let feature = feature(area.as_ref());
        quote!(#feature pub mod #name;)
    });
    quote! {
        #docs

        mod codes;
        #[cfg(feature = "mock")]
        mod descriptions;
        #(#modules)*
        #product
        pub mod types;

        pub use codes::ErrorCode;
        #[cfg(feature = "mock")]
        pub use descriptions::OPERATIONS;
    }
}

/// What the local endpoint knows.
pub(super) fn descriptions(plan: &Plan) -> TokenStream {
    let docs = module_docs(&Docs(vec!["What the local endpoint knows of operations.".to_owned()]));
    let modules = plan.operations.iter().map(|OperationPlan { name, area, .. }| {
        let feature = feature(area.as_ref());
        quote!(#feature mod #name;)
    });
    let all = plan.operations.iter().map(|OperationPlan { name, area, .. }| {
        let feature = feature(area.as_ref());
        quote!(#feature &#name::DESCRIPTION)
    });
    quote! {
        #docs

        #(#modules)*

        use crate::mock::OperationDescription;

        /// What the local endpoint knows of every operation.
        pub static OPERATIONS: &[&OperationDescription] = &[#(#all),*];
    }
}

/// The condition under which something of an area is compiled.
fn feature(area: Option<&String>) -> Option<TokenStream> {
    let area = literal(area?);
    Some(quote!(#[cfg(feature = #area)]))
}

/// The shared types.
pub(super) fn types(plan: &Plan) -> TokenStream {
    let docs = module_docs(&Docs(vec!["Structures and values that operations share.".to_owned()]));
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
