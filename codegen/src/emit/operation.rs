//! Writes the file of an operation: client method, request, response, error, and the types that only it uses.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::error::error;
use super::imports::Imports;
use super::types::{Used, definition, request_structure, response_structure, structures};
use super::{docs, module_docs, paging};
use crate::plan::{OperationPlan, ProductPlan, Side, TypePlan};
use crate::text::literal;

pub(super) fn operation(plan: &OperationPlan, facts: &ProductPlan) -> TokenStream {
    let docs = module_docs(&plan.module_docs);
    let imports = imports(plan);
    let method = method(plan);
    let (request, response) = (request(plan), response_structure(&plan.response));
    let operation = implementation(plan, facts);
    let paged = plan.paging.as_ref().map(|paging| paging::implementation(plan, paging));
    let (requests, responses) = (types(plan, Side::Request), types(plan, Side::Response));
    let error = plan.error.as_ref().map(error);
    quote! {
        #docs
        #imports
        #method
        #request
        #operation
        #paged
        #(#requests)*
        #response
        #(#responses)*
        #error
    }
}

fn imports(plan: &OperationPlan) -> TokenStream {
    let types: Vec<&TypePlan> = plan.types.iter().collect();
    let imports = Imports::new([&plan.request, &plan.response].into_iter().chain(structures(&types)));
    let (std, shared) = (imports.std(), imports.shared());
    let used = Used { requests: true, responses: true, ..Used::by(&types) };
    let mut custom = used.derives();
    custom.push("Operation");
    custom.sort_unstable();
    custom.push("both_clients");
    custom.extend(plan.error.is_some().then_some("operation_error"));
    let custom = custom.into_iter().map(|name| Ident::new(name, Span::call_site()));
    let service_error = plan.error.is_none().then(|| {
        quote!(
            use acs_runtime::error::ServiceError;
        )
    });
    let unknown = used.enums.then(|| {
        quote!(
            use acs_runtime::response::UnknownValue;
        )
    });
    let paging = plan.paging.as_ref().map(|_| {
        quote!(
            use acs_runtime::paging;
        )
    });
    quote! {
        #std
        use acs_runtime::custom::{#(#custom),*};
        #service_error
        #paging
        #unknown
        #shared
    }
}

fn method(plan: &OperationPlan) -> TokenStream {
    let docs = docs(&plan.method_docs);
    let aliases = plan.aliases.iter().map(|alias| literal(alias));
    let name = &plan.name;
    let builder = &plan.request.builder;
    quote! {
        #[both_clients]
        impl Client {
            #docs
            #(#[doc(alias = #aliases)])*
            pub fn #name(&self) -> #builder<Self> {
                #builder::with_client(self.clone())
            }
        }
    }
}

fn request(plan: &OperationPlan) -> TokenStream {
    let action = literal(&plan.action);
    let pages = plan.paging.as_ref().map(paging::attribute);
    request_structure(&plan.request, &quote!(, operation = #action #pages))
}

/// Writes the implementation of the runtime's `Operation`.
fn implementation(plan: &OperationPlan, facts: &ProductPlan) -> TokenStream {
    let (request, response) = (&plan.request.name, &plan.response.name);
    let (product, action) = (&facts.name, literal(&plan.action));
    let idempotent = plan.safe_to_repeat;
    let error = match &plan.error {
        Some(error) => {
            let name = &error.name;
            quote!(#name)
        }
        None => quote!(ServiceError),
    };
    quote! {
        impl Operation for #request {
            type Product = crate::#product;

            const ACTION: &'static str = #action;
            const IDEMPOTENT: bool = #idempotent;

            type Response = #response;
            type Error = #error;
        }
    }
}

fn types(plan: &OperationPlan, side: Side) -> impl Iterator<Item = TokenStream> {
    plan.types.iter().filter(move |plan| plan.side() == side).map(definition)
}
