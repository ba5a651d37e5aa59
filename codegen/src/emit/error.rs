//! `error.rs`: the operation's error.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use crate::plan::{ErrorVariantPlan, OperationPlan, TemplatePlan};
use crate::text::literal;

pub(super) fn error(operation: &OperationPlan) -> TokenStream {
    let plan = &operation.error;
    let docs = docs(&plan.docs);
    let name = &plan.name;
    let variants = plan.variants.iter().map(variant);
    quote! {
        use ccc_macros::OperationError;
        use crate::runtime::ServiceError;

        #docs
        #[derive(Clone, OperationError)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// Any other code.
            #[doc(hidden)]
            #[unknown]
            #[non_exhaustive]
            Unknown {
                /// What the service said.
                service: ServiceError,
            },
        }
    }
}

fn variant(plan: &ErrorVariantPlan) -> TokenStream {
    let name = &plan.name;
    let docs_of_variant = docs(&plan.docs);
    let codes = plan.templates.iter().map(|template| code(&plan.code, template));
    let arguments = plan.arguments.iter().map(|argument| {
        let docs = docs(&argument.docs);
        let name = &argument.name;
        quote!(#docs #name: Option<String>,)
    });
    quote! {
        #docs_of_variant
        #(#codes)*
        #[non_exhaustive]
        #name {
            #(#arguments)*
            /// What the service said.
            service: ServiceError,
        },
    }
}

fn code(code: &str, template: &TemplatePlan) -> TokenStream {
    let code = literal(code);
    let status = template.status.map(|status| {
        let status = Literal::u16_unsuffixed(status);
        quote!(, status = #status)
    });
    let message = (!template.message.is_empty()).then(|| {
        let message = literal(&template.message);
        quote!(, message = #message)
    });
    quote!(#[code(#code #status #message)])
}
