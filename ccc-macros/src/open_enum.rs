//! The derive `OpenEnum`.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, LitStr, Token, Variant};

use crate::attr::runtime;
use crate::described;
use crate::problems::{Problems, expand_type};
use crate::variants::{Variants, variants};

/// A documented value.
struct Value<'i> {
    ident: &'i Ident,
    attributes: &'i [Attribute],
    text: LitStr,
    /// Other spellings that are read as this value.
    also: Vec<LitStr>,
}

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    expand_type(input, |input, problems| {
        let Variants { documented, unknown } = variants(input, "OpenEnum", "value", problems);
        let values = values(&documented, problems);
        if let Some(variant) = unknown
            && !matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1)
        {
            problems.at(&variant.ident, "must hold the undocumented value; write `(UnknownValue)`");
        }
        let expansion = unknown.map(|unknown| {
            let own = expand_own(&input.ident, &values, &unknown.ident);
            let common = expand_common(&input.ident);
            let debug = expand_debug(&input.ident, &values, &unknown.ident);
            let described =
                described::values(&input.ident, values.iter().map(|value| (&value.text, value.attributes)));
            quote! { #own #common #debug #described }
        });
        let stub = if input.generics.params.is_empty() { stub(&input.ident) } else { TokenStream::new() };
        (expansion, stub)
    })
}

fn values<'i>(variants: &[&'i Variant], problems: &mut Problems) -> Vec<Value<'i>> {
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    let mut values = Vec::new();
    for variant in variants {
        if !matches!(variant.fields, Fields::Unit) {
            problems.at(&variant.ident, "a variant for a value holds nothing; remove its fields");
        }
        let attributes = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("value"));
        for (index, attribute) in attributes.enumerate() {
            if index > 0 {
                problems.at(attribute, "a variant has only one value; write a variant for each");
                continue;
            }
            let spellings = attribute.parse_args_with(Punctuated::<LitStr, Token![,]>::parse_terminated);
            let Some(spellings) = problems.take(spellings) else { continue };
            for text in &spellings {
                if let Some(first) = seen.insert(text.value(), &variant.ident) {
                    problems.at(text, format_args!("`{first}` already has this value"));
                }
            }
            let mut spellings = spellings.into_iter();
            match spellings.next() {
                Some(text) => values.push(Value {
                    ident: &variant.ident,
                    attributes: &variant.attrs,
                    text,
                    also: spellings.collect(),
                }),
                None => problems.at(attribute, "no value; write `#[value(\"…\")]`"),
            }
        }
    }
    values
}

/// Writes the enum's own methods, and the conversion that the other implementations use.
fn expand_own(ident: &Ident, values: &[Value<'_>], unknown: &Ident) -> TokenStream {
    let runtime = runtime();
    let variants: Vec<&Ident> = values.iter().map(|value| value.ident).collect();
    let texts: Vec<&LitStr> = values.iter().map(|value| &value.text).collect();
    let spellings = values.iter().map(|Value { text, also, .. }| quote!(#text #(| #also)*));
    quote! {
        #[automatically_derived]
        impl #ident {
            /// Returns the value as it is on the wire, documented or not.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::#unknown(value) => value.as_str(),
                }
            }

            /// Returns the documented values, in the order of the page.
            #[must_use]
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[#(#texts),*]
            }

            /// Returns whether the value was documented when this client was generated.
            #[must_use]
            #[inline]
            pub const fn is_documented(&self) -> bool {
                !::core::matches!(self, Self::#unknown(_))
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<&str> for #ident {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    #(#spellings => Self::#variants,)*
                    _ => Self::#unknown(#runtime::unknown_value(value)),
                }
            }
        }
    }
}

fn expand_debug(ident: &Ident, values: &[Value<'_>], unknown: &Ident) -> TokenStream {
    let variants: Vec<&Ident> = values.iter().map(|value| value.ident).collect();
    let titles = variants.iter().map(|variant| variant.unraw().to_string());
    let other = unknown.unraw().to_string();
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    #(Self::#variants => f.write_str(#titles),)*
                    Self::#unknown(value) => f.debug_tuple(#other).field(value).finish(),
                }
            }
        }
    }
}

/// Writes the implementations that need only `as_str` and `From<&str>`.
fn expand_common(ident: &Ident) -> TokenStream {
    let runtime = runtime();
    let serialize = cfg!(feature = "serialize").then(|| {
        quote! {
            #[automatically_derived]
            impl #runtime::Serialize for #ident {
                fn serialize<S: #runtime::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }
        }
    });
    quote! {
        #serialize

        #[automatically_derived]
        impl ::core::convert::From<::std::string::String> for #ident {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for #ident {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<#ident> for ::std::string::String {
            #[inline]
            fn from(value: #ident) -> Self {
                value.as_str().to_owned()
            }
        }

        #[automatically_derived]
        impl ::core::convert::AsRef<str> for #ident {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq<str> for #ident {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq<&str> for #ident {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[automatically_derived]
        impl #runtime::Decode for #ident {
            fn decode<'de, D: #runtime::Deserializer<'de>>(
                deserializer: D,
                context: #runtime::Context<'_>,
            ) -> ::core::result::Result<::core::option::Option<Self>, D::Error> {
                #runtime::decode_open_enum(deserializer, context)
            }
        }

        #[automatically_derived]
        impl #runtime::ParameterValue for #ident {
            #[inline]
            fn write_value<'a>(&'a self, list: &mut #runtime::ParameterList<'a>) {
                list.text(self.as_str());
            }

            #[inline]
            fn write_json(&self, json: &mut ::std::string::String) {
                #runtime::ParameterValue::write_json(self.as_str(), json);
            }
        }
    }
}

/// The stub after a mistake: every implementation, without values. It never runs, because the mistake is a compile error.
fn stub(ident: &Ident) -> TokenStream {
    let common = expand_common(ident);
    quote! {
        #[automatically_derived]
        impl #ident {
            fn as_str(&self) -> &str {
                ""
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<&str> for #ident {
            fn from(_: &str) -> Self {
                // It never runs, because the program does not compile.
                ::core::unimplemented!()
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #common
    }
}
