//! Descriptions of types: implements `Described`, with the feature `description` alone.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::{Attribute, LitStr};

use crate::attr::Range;
use crate::documentation::{FieldDocumentation, of_field, of_value};
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
    let path = description();
    let side_type = match side {
        Side::Request => quote!(#path::Sent),
        Side::Response => quote!(#path::Received),
    };
    let fields = fields.iter().map(|field| self::field(field, side, &side_type));
    only_with_description(quote! {
        #[automatically_derived]
        impl #path::Described<#side_type> for #ident {
            const KIND: #path::Kind = #path::Kind::Structure { fields: &[#(#fields),*] };
        }
    })
}

/// An enum's documented values with their attributes, sent or received.
pub(crate) fn values<'i>(
    ident: &Ident,
    values: impl Iterator<Item = (&'i LitStr, &'i [Attribute])>,
) -> TokenStream {
    let path = description();
    let values = values.map(|(value, attributes)| {
        let documentation = of_value(attributes, &value.value());
        quote!(#path::ValueDescription { value: #value, documentation: #documentation })
    });
    only_with_description(quote! {
        #[automatically_derived]
        impl<S> #path::Described<S> for #ident {
            const KIND: #path::Kind = #path::Kind::Text { values: &[#(#values),*] };
        }
    })
}

fn only_with_description(tokens: TokenStream) -> TokenStream {
    if cfg!(feature = "description") { tokens } else { TokenStream::new() }
}

/// Where the runtime has descriptions.
fn description() -> TokenStream {
    quote!(::acs_runtime::description)
}

fn field(field: &Field<'_>, side: Side, side_type: &TokenStream) -> TokenStream {
    let path = description();
    let Field { name, ty, json, text, sensitive, .. } = field;
    let described = quote!(<#ty as #path::Described<#side_type>>);
    let mut kind = if *text { quote!(#path::Kind::TEXT) } else { quote!(#described::KIND) };
    if let Some(wrapper) = &field.wrapper {
        kind = quote!(#kind.wrapped(#wrapper));
    }
    if let Some(Range { min, max }) = field.range {
        let bound = |bound: Option<i64>| match bound.map(Literal::i64_unsuffixed) {
            Some(bound) => quote!(::core::option::Option::Some(#bound)),
            None => quote!(::core::option::Option::None),
        };
        let (min, max) = (bound(min), bound(max));
        kind = quote!(#path::Kind::Within { kind: &#described::KIND, min: #min, max: #max });
    }
    let required = match side {
        Side::Request => quote!(!#described::IS_OPTIONAL),
        Side::Response => quote!(false),
    };
    let FieldDocumentation { text: documentation, sample } = of_field(field.attributes, &name.value());
    let sample = match sample {
        Some(sample) => quote!(::core::option::Option::Some(#sample)),
        None => quote!(::core::option::Option::None),
    };
    quote!(#path::FieldDescription {
        name: #name,
        documentation: #documentation,
        sample: #sample,
        kind: #kind,
        required: #required,
        json: #json,
        sensitive: #sensitive,
    })
}
