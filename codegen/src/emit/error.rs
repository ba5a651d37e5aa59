//! Writes the error of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::codes::row;
use super::docs;
use crate::plan::{ErrorPlan, ErrorVariantPlan};

pub(super) fn error(plan: &ErrorPlan) -> TokenStream {
    let docs = docs(&plan.docs);
    let name = &plan.name;
    let variants = plan.variants.iter().map(variant);
    quote! {
        #docs
        #[operation_error(codes = crate::operation::ErrorCode)]
        pub enum #name {
            #(#variants)*
        }
    }
}

fn variant(plan: &ErrorVariantPlan) -> TokenStream {
    let ErrorVariantPlan { name, docs: text, code, own, arguments } = plan;
    let docs = docs(text);
    let rows = own.iter().flatten().map(|template| row(code, template));
    let fields = (!arguments.is_empty()).then(|| quote!({ #(#arguments: Option<String>),* }));
    quote! {
        #docs
        #(#rows)*
        #name #fields,
    }
}
