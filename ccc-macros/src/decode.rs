//! The derive `Decode`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput};

use crate::attr::runtime;
use crate::described::{self, Side};
use crate::problems::expand_type;
use crate::structure::{Field, fields};

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    expand_type(input, |input, problems| {
        let fields = fields(input, "Decode", problems);
        (Some(expand(input, &fields)), stub(input))
    })
}

fn expand(input: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let runtime = runtime();
    let ident = &input.ident;
    let names = fields.iter().map(|field| &field.name);
    let reads = fields.iter().enumerate().map(|(index, Field { ident, wrapper, .. })| match wrapper {
        Some(wrapper) => quote! {
            #index => #runtime::fill_wrapped(&mut self.#ident, #wrapper, deserializer, context)
        },
        None => quote! { #index => #runtime::fill(&mut self.#ident, deserializer, context) },
    });
    let serialize = expand_serialize(input, fields);
    let described = described::structure(ident, fields, Side::Response);
    quote! {
        #serialize
        #described

        #[automatically_derived]
        impl #runtime::Structure for #ident {
            const FIELDS: &'static [&'static str] = &[#(#names),*];

            fn decode_field<'de, D: #runtime::Deserializer<'de>>(
                &mut self,
                index: usize,
                deserializer: D,
                context: #runtime::Context<'_>,
            ) -> ::core::result::Result<(), D::Error> {
                match index {
                    #(#reads,)*
                    _ => #runtime::skip(deserializer),
                }
            }
        }

        #[automatically_derived]
        impl #runtime::Decode for #ident {
            const FIELDS: &'static [&'static str] = <Self as #runtime::Structure>::FIELDS;

            fn decode<'de, D: #runtime::Deserializer<'de>>(
                deserializer: D,
                context: #runtime::Context<'_>,
            ) -> ::core::result::Result<::core::option::Option<Self>, D::Error> {
                #runtime::decode_structure(deserializer, context)
            }

            fn decode_over<'de, D: #runtime::Deserializer<'de>>(
                &mut self,
                deserializer: D,
                context: #runtime::Context<'_>,
            ) -> ::core::result::Result<(), D::Error> {
                #runtime::decode_structure_over(self, deserializer, context)
            }
        }
    }
}

/// Implements serde's `Serialize` with the feature `serialize`: names as on the wire, values unmasked.
fn expand_serialize(input: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    if !cfg!(feature = "serialize") {
        return TokenStream::new();
    }
    let runtime = runtime();
    let ident = &input.ident;
    let title = ident.unraw().to_string();
    let count = fields.len();
    let mutable = (count > 0).then(|| quote!(mut));
    let names = fields.iter().map(|field| &field.name);
    let idents = fields.iter().map(|field| field.ident);
    quote! {
        #[automatically_derived]
        impl #runtime::Serialize for #ident {
            fn serialize<S: #runtime::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let #mutable fields = #runtime::Serializer::serialize_struct(serializer, #title, #count)?;
                #(#runtime::SerializeStruct::serialize_field(&mut fields, #names, &self.#idents)?;)*
                #runtime::SerializeStruct::end(fields)
            }
        }
    }
}

/// The stub after a mistake. Only structures get `Structure`, which requires `Default`.
fn stub(input: &DeriveInput) -> TokenStream {
    if matches!(input.data, Data::Struct(_)) && input.generics.params.is_empty() {
        return expand(input, &[]);
    }
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let runtime = runtime();
    let ident = &input.ident;
    quote! {
        #[automatically_derived]
        impl #runtime::Decode for #ident {
            fn decode<'de, D: #runtime::Deserializer<'de>>(
                deserializer: D,
                _: #runtime::Context<'_>,
            ) -> ::core::result::Result<::core::option::Option<Self>, D::Error> {
                #runtime::skip(deserializer).map(|()| ::core::option::Option::None)
            }
        }
    }
}
