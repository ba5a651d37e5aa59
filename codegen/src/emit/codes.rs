//! Writes `operation/error_code.rs`: the codes that the product's operations document.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use crate::plan::{CodePlan, Plan, TemplatePlan};
use crate::text::literal;

pub(super) fn codes(plan: &Plan) -> TokenStream {
    let variants = plan.codes.iter().map(|CodePlan { name, docs: text, code, templates }| {
        let docs = docs(text);
        let rows = templates.iter().map(|template| row(code, template));
        quote!(#docs #(#rows)* #name,)
    });
    let docs = docs(&plan.codes_docs);
    quote! {
        use acs_runtime::custom::ErrorCodes;

        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCodes)]
        #[non_exhaustive]
        pub enum ErrorCode {
            #(#variants)*
        }
    }
}

/// Writes a row of a page as an attribute.
pub(super) fn row(code: &str, template: &TemplatePlan) -> TokenStream {
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
