//! Writes how a request asks for pages.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::type_tokens;
use crate::plan::{Identifier, OperationPlan, PagedBy, PagingPlan};

/// Writes the part of the builder's attribute about pages.
pub(super) fn attribute(paging: &PagingPlan) -> TokenStream {
    let position = &paging.position;
    let kind = match paging.by {
        PagedBy::Number { .. } => quote!(number),
        PagedBy::Token { .. } => quote!(token),
    };
    let size = paging.size.as_ref().map(|(size, items)| {
        let items = Literal::i64_unsuffixed(*items);
        quote!(, size = #size, size_default = #items)
    });
    quote!(, pages(#kind = #position #size))
}

/// Writes the implementation of `Paged`.
pub(super) fn implementation(operation: &OperationPlan, paging: &PagingPlan) -> TokenStream {
    let (request, response) = (&operation.request.name, &operation.response.name);
    let (item, position) = (type_tokens(&paging.item), &paging.position);
    let items = place(&paging.items);
    let (kind, further) = match &paging.by {
        PagedBy::Number { total, wide } => {
            let total = place(total);
            let widened = (!wide).then(|| quote!(.map(i64::from)));
            let total = quote! {
                fn total(response: &#response) -> Option<i64> {
                    response.#total #widened
                }
            };
            (quote!(Number), total)
        }
        PagedBy::Token { next } => {
            let next = place(next);
            let next = quote! {
                fn next_token(response: &#response) -> Option<&str> {
                    response.#next.as_deref()
                }
            };
            (quote!(Token), next)
        }
    };
    quote! {
        impl paging::Paged for #request {
            type Item = #item;

            fn position(&mut self) -> paging::Position<'_> {
                paging::Position::#kind(&mut self.#position)
            }

            fn items(response: &mut #response) -> &mut Vec<#item> {
                &mut response.#items
            }

            #further
        }
    }
}

/// Writes a path of fields: `data.list`.
fn place(path: &[Identifier]) -> TokenStream {
    quote!(#(#path).*)
}
