//! `mod.rs` of the generated source, of the shared types and of what the local endpoint knows.

use proc_macro2::TokenStream;
use quote::quote;

use super::module_docs;
use crate::plan::{Docs, Identifier, Plan, StructurePlan, TypePlan};
use crate::text::code;

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
    let modules = modules(plan);
    quote! {
        #docs

        mod codes;
        #[cfg(feature = "mock")]
        mod descriptions;
        #(pub mod #modules;)*
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
    let modules = modules(plan);
    quote! {
        #docs

        #(mod #modules;)*

        use crate::mock::OperationDescription;

        /// What the local endpoint knows of every operation.
        pub static OPERATIONS: &[&OperationDescription] = &[#(&#modules::DESCRIPTION),*];
    }
}

fn modules(plan: &Plan) -> Vec<&Identifier> {
    plan.operations.iter().map(|operation| &operation.name).collect()
}

/// The shared types.
pub(super) fn types(plan: &Plan) -> TokenStream {
    let docs = module_docs(&Docs(vec!["Structures and values that operations share.".to_owned()]));
    let modules = plan.types.iter().map(|shared| &shared.module);
    let exports = plan.types.iter().map(|shared| {
        let module = &shared.module;
        let names = names(&shared.plan);
        match names.as_slice() {
            [name] => quote!(pub use #module::#name;),
            names => quote!(pub use #module::{#(#names),*};),
        }
    });
    quote! {
        #docs

        #(mod #modules;)*

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
