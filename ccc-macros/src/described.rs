//! What the local endpoint is told of a type: implements `Described`, with the feature `mock` alone.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::attr::Range;
use crate::structure::Field;

/// Where a structure stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// In a request: fields that are no `Option` are required.
    Request,
    /// In a response, which promises nothing.
    Response,
}

/// A structure's fields with their kinds.
pub(crate) fn structure(ident: &Ident, fields: &[Field<'_>], side: Side) -> TokenStream {
    let mock = mock();
    let side_type = match side {
        Side::Request => quote!(#mock::Sent),
        Side::Response => quote!(#mock::Received),
    };
    let fields = fields.iter().map(|field| self::field(field, side, &side_type));
    only_with_mock(quote! {
        #[automatically_derived]
        impl #mock::Described<#side_type> for #ident {
            const KIND: #mock::Kind = #mock::Kind::Structure { fields: &[#(#fields),*] };
        }
    })
}

/// An enum's documented values, sent or received.
pub(crate) fn values(ident: &Ident) -> TokenStream {
    let mock = mock();
    only_with_mock(quote! {
        #[automatically_derived]
        impl<S> #mock::Described<S> for #ident {
            const KIND: #mock::Kind = #mock::Kind::Text { values: Self::values() };
        }
    })
}

fn only_with_mock(tokens: TokenStream) -> TokenStream {
    if cfg!(feature = "mock") { tokens } else { TokenStream::new() }
}

/// Where the local endpoint is.
fn mock() -> TokenStream {
    quote!(::acs_runtime::description)
}

fn field(field: &Field<'_>, side: Side, side_type: &TokenStream) -> TokenStream {
    let mock = mock();
    let Field { name, ty, json, text, .. } = field;
    let described = quote!(<#ty as #mock::Described<#side_type>>);
    let mut kind = if *text { quote!(#mock::Kind::TEXT) } else { quote!(#described::KIND) };
    if let Some(wrapper) = &field.wrapper {
        kind = quote!(#kind.wrapped(#wrapper));
    }
    if let Some(Range { min, max }) = field.range {
        let bound = |bound: Option<i64>| match bound.map(Literal::i64_unsuffixed) {
            Some(bound) => quote!(::core::option::Option::Some(#bound)),
            None => quote!(::core::option::Option::None),
        };
        let (min, max) = (bound(min), bound(max));
        kind = quote!(#mock::Kind::Within { kind: &#described::KIND, min: #min, max: #max });
    }
    let required = match side {
        Side::Request => quote!(!#described::IS_OPTIONAL),
        Side::Response => quote!(false),
    };
    quote!(#mock::FieldDescription { name: #name, kind: #kind, required: #required, json: #json })
}
