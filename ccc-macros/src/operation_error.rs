//! The derive `OperationError`.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{DeriveInput, Fields, LitStr, Variant};

use crate::attr::{CodeAttr, runtime};
use crate::problems::Problems;
use crate::variants::{Variants, variants};

/// A documented error.
struct Case<'i> {
    ident: &'i Ident,
    codes: Vec<CodeAttr>,
    /// The fields before `service`, one per argument of the message.
    arguments: Vec<&'i Ident>,
}

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut problems = Problems::default();
    let Variants { documented, unknown } = variants(&input, "OperationError", "code", &mut problems);
    let cases = cases(&documented, &mut problems);
    if let Some(variant) = unknown
        && arguments(variant).is_none_or(|arguments| !arguments.is_empty())
    {
        problems.at(&variant.ident, "holds any other error whole: write `{ service: ServiceError }`");
    }
    let ident = &input.ident;
    let expansion = unknown.map(|unknown| {
        let operation_error = expand_operation_error(ident, &cases, &unknown.ident);
        let debug = expand_debug(ident, &cases, &unknown.ident);
        let display = expand_display(ident);
        quote! { #operation_error #debug #display }
    });
    let stub = if input.generics.params.is_empty() { stub(ident) } else { TokenStream::new() };
    problems.settle(expansion, &stub)
}

fn cases<'i>(variants: &[&'i Variant], problems: &mut Problems) -> Vec<Case<'i>> {
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    let mut cases = Vec::new();
    for variant in variants {
        let codes = CodeAttr::read(&variant.attrs, problems);
        let mut own: Vec<String> = Vec::new();
        for code in &codes {
            let value = code.code.value();
            match seen.get(&value) {
                // One variant may document several messages of its code.
                Some(_) if own.contains(&value) => {}
                Some(first) => problems.at(&code.code, format_args!("`{first}` has this code already")),
                None => {
                    seen.insert(value.clone(), &variant.ident);
                }
            }
            own.push(value);
        }
        let Some(arguments) = arguments(variant) else {
            problems.at(&variant.ident, "the last field must be `service: ServiceError`");
            continue;
        };
        check_count(variant, &codes, arguments.len(), problems);
        cases.push(Case { ident: &variant.ident, codes, arguments });
    }
    cases
}

/// The fields before the last one, `service`.
fn arguments(variant: &Variant) -> Option<Vec<&Ident>> {
    let Fields::Named(fields) = &variant.fields else { return None };
    let mut idents: Vec<&Ident> = fields.named.iter().filter_map(|field| field.ident.as_ref()).collect();
    idents.pop().filter(|last| *last == "service")?;
    Some(idents)
}

fn check_count(variant: &Variant, codes: &[CodeAttr], fields: usize, problems: &mut Problems) {
    let wanted = codes.iter().map(CodeAttr::arguments).max().unwrap_or_default();
    if wanted == fields {
        return;
    }
    let message = format!(
        "the message has {wanted} `%s`, the variant {fields} {} before `service`",
        if fields == 1 { "field" } else { "fields" }
    );
    match codes.iter().find(|code| code.arguments() == wanted).and_then(|code| code.message.as_ref()) {
        Some(template) => problems.at(template, message),
        None => problems.at(&variant.ident, message),
    }
}

fn expand_operation_error(ident: &Ident, cases: &[Case<'_>], unknown: &Ident) -> TokenStream {
    let runtime = runtime();
    let documented = cases.iter().flat_map(|case| &case.codes).map(|CodeAttr { code, status, message }| {
        let status = match status {
            Some(status) => quote!(::core::option::Option::Some(#status)),
            None => quote!(::core::option::Option::None),
        };
        let message = message.as_ref().map_or_else(|| quote!(""), ToTokens::to_token_stream);
        quote! { #runtime::DocumentedError::new(#code, #status, #message) }
    });
    let makes = cases.iter().map(|case| {
        let Case { ident, codes, arguments } = case;
        let texts = distinct(codes);
        if arguments.is_empty() {
            return quote! { #(#texts)|* => Self::#ident { service } };
        }
        let templates = codes.iter().filter_map(|code| code.message.as_ref());
        let count = arguments.len();
        quote! {
            #(#texts)|* => {
                let mut found =
                    ::std::iter::IntoIterator::into_iter(#runtime::derive::arguments(&service, &[#(#templates),*], #count));
                Self::#ident {
                    #(#arguments: ::std::iter::Iterator::next(&mut found).flatten(),)*
                    service,
                }
            }
        }
    });
    let idents = cases.iter().map(|case| case.ident);
    quote! {
        #[automatically_derived]
        impl #runtime::OperationError for #ident {
            const DOCUMENTED: &'static [#runtime::DocumentedError] = &[#(#documented),*];

            fn from_service(service: #runtime::ServiceError) -> Self {
                match service.code() {
                    #(#makes,)*
                    _ => Self::#unknown { service },
                }
            }

            fn service(&self) -> &#runtime::ServiceError {
                match self {
                    #(Self::#idents { service, .. })|* | Self::#unknown { service } => service,
                }
            }
        }
    }
}

/// The codes of a variant, each once.
fn distinct(codes: &[CodeAttr]) -> Vec<&LitStr> {
    let mut distinct: Vec<&LitStr> = Vec::new();
    for CodeAttr { code, .. } in codes {
        if !distinct.iter().any(|known| known.value() == code.value()) {
            distinct.push(code);
        }
    }
    distinct
}

/// Arguments may be phone numbers, so they go through the error's redactor.
fn expand_debug(ident: &Ident, cases: &[Case<'_>], unknown: &Ident) -> TokenStream {
    let runtime = runtime();
    let shows = cases.iter().map(|Case { ident, arguments, .. }| {
        let title = ident.unraw().to_string();
        let labels = arguments.iter().map(|argument| argument.unraw().to_string());
        // Names of our own: a field may be called like anything else in the function.
        let bindings: Vec<Ident> = (0..arguments.len())
            .map(|index| format_ident!("argument_{index}", span = Span::mixed_site()))
            .collect();
        quote! {
            Self::#ident { #(#arguments: #bindings,)* service } => f
                .debug_struct(#title)
                #(.field(#labels, &#runtime::derive::shown_argument(service, #bindings.as_ref())))*
                .field("service", service)
                .finish()
        }
    });
    let other = unknown.unraw().to_string();
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    #(#shows,)*
                    Self::#unknown { service } => f.debug_struct(#other).field("service", service).finish(),
                }
            }
        }
    }
}

fn expand_display(ident: &Ident) -> TokenStream {
    let runtime = runtime();
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(#runtime::OperationError::service(self), f)
            }
        }

        #[automatically_derived]
        impl ::core::error::Error for #ident {}
    }
}

/// What stands in after a mistake. It never runs: a compile error stands beside it.
fn stub(ident: &Ident) -> TokenStream {
    let runtime = runtime();
    let display = expand_display(ident);
    quote! {
        #[automatically_derived]
        impl #runtime::OperationError for #ident {
            const DOCUMENTED: &'static [#runtime::DocumentedError] = &[];

            fn from_service(_: #runtime::ServiceError) -> Self {
                ::core::unimplemented!()
            }

            fn service(&self) -> &#runtime::ServiceError {
                ::core::unimplemented!()
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(self, f)
            }
        }

        #display
    }
}
