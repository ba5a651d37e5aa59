//! The derive `ErrorCodes`.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields, LitStr};

use crate::attr::{CodeAttr, runtime};
use crate::problems::Problems;
use crate::structure::refuse_generics;

/// A documented code.
struct Code<'i> {
    ident: &'i Ident,
    /// One or more, of one code.
    rows: Vec<CodeAttr>,
}

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut problems = Problems::default();
    let codes = codes(&input, &mut problems);
    let stub = if input.generics.params.is_empty() { stub(&input.ident) } else { TokenStream::new() };
    problems.settle(Some(expand(&input.ident, &codes)), &stub)
}

fn codes<'i>(input: &'i DeriveInput, problems: &mut Problems) -> Vec<Code<'i>> {
    refuse_generics(&input.generics, "ErrorCodes", problems);
    let Data::Enum(data) = &input.data else {
        problems.at(&input.ident, "`ErrorCodes` is for enums");
        return Vec::new();
    };
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    let mut codes = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            problems.at(ident, "a code is its text alone: the variant holds nothing");
        }
        let known = problems.count();
        let rows = CodeAttr::read(&variant.attrs, problems);
        let Some(CodeAttr { code: text, .. }) = rows.first() else {
            if problems.count() == known {
                problems.at(ident, "needs `#[code(\"…\")]`");
            }
            continue;
        };
        if let Some(other) = rows.iter().find(|row| row.code.value() != text.value()) {
            problems.at(&other.code, "a variant stands for one code");
        }
        if let Some(first) = seen.insert(text.value(), ident) {
            problems.at(text, format_args!("`{first}` stands for this code already"));
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
            /// All codes, in the order of the alphabet.
            pub const ALL: &'static [Self] = &[#(Self::#idents),*];

            /// The documented code that a text is.
            #[must_use]
            #[inline]
            pub fn from_code(code: &str) -> ::core::option::Option<Self> {
                match code {
                    #(#texts => ::core::option::Option::Some(Self::#idents),)*
                    _ => ::core::option::Option::None,
                }
            }

            /// The code of an error, whatever the operation, if the service gave one that the pages document.
            #[must_use]
            pub fn from_error<E: #runtime::OperationError>(error: &#runtime::Error<E>) -> ::core::option::Option<Self> {
                Self::from_code(error.code()?)
            }

            /// The code as the service writes it.
            #[must_use]
            #[inline]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#idents => #texts,)*
                }
            }

            /// Statuses and messages that are documented for it, where an operation does not document its own.
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

/// What stands in after a mistake. It never runs: a compile error stands beside it.
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
