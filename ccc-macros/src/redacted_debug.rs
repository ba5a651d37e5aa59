//! The derive `RedactedDebug`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;
use syn::ext::IdentExt;

use crate::attr::runtime;
use crate::structure::{Field, derive_structure};
use crate::types::inside_option;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    derive_structure(input, "RedactedDebug", expand)
}

fn expand(input: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let runtime = runtime();
    let ident = &input.ident;
    let title = ident.unraw().to_string();
    let shows = fields.iter().map(|Field { ident, ty, sensitive, .. }| {
        let label = ident.unraw().to_string();
        if *sensitive && inside_option(ty).is_some() {
            quote! { .field(#label, &self.#ident.as_ref().map(|_| #runtime::REDACTED)) }
        } else if *sensitive {
            quote! { .field(#label, &#runtime::REDACTED) }
        } else {
            quote! { .field(#label, &self.#ident) }
        }
    });
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#title) #(#shows)* .finish()
            }
        }
    }
}
