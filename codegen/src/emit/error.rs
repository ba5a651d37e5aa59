//! `error.rs`: the operation's error.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::plan::{ErrorVariantPlan, OperationPlan};
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
        #[derive(OperationError)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc(hidden)]
            #[unknown]
            Unknown { service: ServiceError },
        }
    }
}

fn variant(plan: &ErrorVariantPlan) -> TokenStream {
    let ErrorVariantPlan { name, arguments, .. } = plan;
    let docs = docs(&plan.docs);
    let code = literal(&plan.code);
    let status = plan.status.map(|status| {
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        quote!(, status = #status)
    });
    let message = plan.message.as_deref().map(|message| {
        let message = literal(message);
        quote!(, message = #message)
    });
    let which = (1..=arguments.len()).map(|number| format!(" Argument {number} of the message, if it came."));
    quote! {
        #docs
        #[code(#code #status #message)]
        #name {
            #(
                #[doc = #which]
                #arguments: Option<String>,
            )*
            /// The whole refusal.
            service: ServiceError,
        },
    }
}
