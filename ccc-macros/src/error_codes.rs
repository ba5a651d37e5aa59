//! The derive `ErrorCodes`.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields, LitStr};

use crate::attr::{CodeAttr, runtime};
use crate::problems::{Problems, expand_type};
use crate::structure::refuse_generics;

/// A documented code.
struct Code<'i> {
    ident: &'i Ident,
    /// One or more rows of the same code.
    rows: Vec<CodeAttr>,
}

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    expand_type(input, |input, problems| {
        let codes = codes(input, problems);
        let stub = if input.generics.params.is_empty() { stub(&input.ident) } else { TokenStream::new() };
        (Some(expand(&input.ident, &codes)), stub)
    })
}

fn codes<'i>(input: &'i DeriveInput, problems: &mut Problems) -> Vec<Code<'i>> {
    refuse_generics(&input.generics, "ErrorCodes", problems);
    let Data::Enum(data) = &input.data else {
        problems.at(&input.ident, "`ErrorCodes` is only for enums");
        return Vec::new();
    };
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    let mut codes = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            problems.at(ident, "a variant for a code holds nothing; remove its fields");
        }
        let known = problems.count();
        let rows = CodeAttr::read(&variant.attrs, problems);
        let Some(CodeAttr { code: text, .. }) = rows.first() else {
            if problems.count() == known {
                problems.at(ident, "add `#[code(\"…\")]`");
            }
            continue;
        };
        if let Some(other) = rows.iter().find(|row| row.code.value() != text.value()) {
            problems.at(&other.code, "a variant has only one code; write a variant for each");
        }
        if let Some(first) = seen.insert(text.value(), ident) {
            problems.at(text, format_args!("`{first}` already has this code"));
        }
        codes.push(Code { ident, rows });
    }
    codes
}

fn expand(ident: &Ident, codes: &[Code<'_>]) -> TokenStream {
    let runtime = runtime();
    let idents: Vec<&Ident> = codes.iter().map(|code| code.ident).collect();
    let texts: Vec<&LitStr> = codes.iter().filter_map(|code| Some(&code.rows.first()?.code)).collect();
    let rows = codes.iter().map(|code| {
        let rows = code.rows.iter().map(CodeAttr::documented);
        quote!(const { &[#(#rows),*] })
    });
    quote! {
        #[automatically_derived]
        impl #ident {
            /// All codes, in alphabetical order.
            pub const ALL: &'static [Self] = &[#(Self::#idents),*];

            /// Returns the code with this text; `None` if no page documents it.
            #[must_use]
            #[inline]
            pub fn from_code(code: &str) -> ::core::option::Option<Self> {
                match code {
                    #(#texts => ::core::option::Option::Some(Self::#idents),)*
                    _ => ::core::option::Option::None,
                }
            }

            /// Returns the code of an error of any operation; `None` if the service sent no documented code.
            #[must_use]
            pub fn from_error<E: #runtime::OperationError>(error: &#runtime::Error<E>) -> ::core::option::Option<Self> {
                Self::from_code(error.code()?)
            }

            /// Returns the code as the service writes it.
            #[must_use]
            #[inline]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#idents => #texts,)*
                }
            }

            /// Returns the documented statuses and messages of the code, for operations that do not document their own.
            #[must_use]
            #[inline]
            pub const fn documented(self) -> &'static [#runtime::DocumentedError] {
                match self {
                    #(Self::#idents => #rows,)*
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    }
}

/// The stub after a mistake. It never runs, because the mistake is a compile error.
fn stub(ident: &Ident) -> TokenStream {
    let runtime = runtime();
    quote! {
        #[automatically_derived]
        impl #ident {
            pub const ALL: &'static [Self] = &[];

            pub fn from_code(_: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }

            #[inline]
            pub const fn as_str(self) -> &'static str {
                ""
            }

            #[inline]
            pub const fn documented(self) -> &'static [#runtime::DocumentedError] {
                &[]
            }
        }
    }
}
