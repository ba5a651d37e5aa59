//! `mod.rs` of the generated source, of an operation and of the shared types.

use proc_macro2::TokenStream;
use quote::quote;

use super::module_docs;
use crate::plan::{Docs, Identifier, OperationPlan, Plan, Side, StructurePlan, TypePlan};
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
    let modules: Vec<&Identifier> = plan.operations.iter().map(|operation| &operation.name).collect();
    quote! {
        #docs

        #[cfg(feature = "client")]
        mod client;
        #(pub mod #modules;)*
        #product
        pub mod types;

        #[cfg(feature = "mock")]
        use crate::mock::OperationDescription;

        /// What the local endpoint knows of every operation.
        #[cfg(feature = "mock")]
        pub static OPERATIONS: &[&OperationDescription] = &[#(&#modules::DESCRIPTION),*];
    }
}

/// An operation.
pub(super) fn operation(plan: &OperationPlan) -> TokenStream {
    let docs = module_docs(&plan.module_docs);
    let error = &plan.error.name;
    let request = exports(&plan.request, plan, Side::Request);
    let response = exports(&plan.response, plan, Side::Response);
    quote! {
        #docs

        #[cfg(feature = "mock")]
        mod description;
        mod error;
        mod request;
        mod response;

        #[cfg(feature = "mock")]
        pub use description::DESCRIPTION;
        pub use error::#error;
        pub use request::{#(#request),*};
        pub use response::{#(#response),*};
    }
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

fn exports<'a>(structure: &'a StructurePlan, plan: &'a OperationPlan, side: Side) -> Vec<&'a Identifier> {
    let types = plan.types.iter().filter(|plan| plan.side() == side).flat_map(names);
    let mut exports: Vec<_> = structure_names(structure).chain(types).collect();
    exports.sort();
    exports
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
