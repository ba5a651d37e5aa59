//! Descriptions of types: implements `Described` if the feature `description` is enabled.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::{Attribute, LitStr};

use crate::attr::Range;
use crate::documentation::{FieldDocumentation, of_field, of_value};
use crate::structure::Field;

/// The side of a call that a structure belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// In a request: fields that are no `Option` are required.
    Request,
    /// In a response: no field is required.
    Response,
}

/// Describes a structure by its fields and their kinds.
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

/// Describes an enum by its documented values, for requests and responses.
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

/// Returns the path of the runtime's module for descriptions.
fn description() -> TokenStream {
    quote!(::acs_runtime::description)
}

fn field(field: &Field<'_>, side: Side, side_type: &TokenStream) -> TokenStream {
    let path = description();
    let Field { name, ty, json, body, text, sensitive, secret, .. } = field;
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
        body: #body,
        sensitive: #sensitive,
        secret: #secret,
    })
}
