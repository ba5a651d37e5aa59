//! The attribute `operation_error`.

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, Data, DeriveInput, Field, Fields, LitStr, Path, Variant};

use crate::attr::{CodeAttr, runtime};
use crate::problems::{Problems, expand_type};
use crate::structure::refuse_generics;

/// The variant that is added for all other codes.
const UNKNOWN: &str = "Unknown";
/// The field that is added to every variant.
const SERVICE: &str = "service";

/// A documented error.
struct Case<'i> {
    variant: &'i Variant,
    source: Source<'i>,
    /// One per argument of the message.
    arguments: Vec<&'i Field>,
}

/// Where the code and messages of a variant come from.
enum Source<'i> {
    /// Attributes of the variant.
    Own(Vec<CodeAttr>),
    /// The variant of the same name in the enum of the product's codes.
    Product(&'i Path),
}

pub(crate) fn expand(arguments: TokenStream, input: TokenStream) -> TokenStream {
    expand_type(input, |input, problems| {
        refuse_generics(&input.generics, "operation_error", problems);
        let codes = codes(arguments, problems);
        let cases = cases(input, codes.as_ref(), problems);
        let definition = expand_definition(input, &cases);
        let ident = &input.ident;
        let error = expand_operation_error(ident, &cases);
        let documented_code = codes.as_ref().map(|codes| expand_documented_code(ident, codes));
        let debug = expand_debug(ident, &cases);
        let display = expand_display(ident);
        let stub = if input.generics.params.is_empty() { stub(input) } else { TokenStream::new() };
        (Some(quote! { #definition #error #documented_code #debug #display }), stub)
    })
}

/// Reads `codes = ErrorCode`, if given.
fn codes(arguments: TokenStream, problems: &mut Problems) -> Option<Path> {
    let mut codes = None;
    let parser = syn::meta::parser(|meta| {
        if !meta.path.is_ident("codes") {
            return Err(meta.error("unknown key; `operation_error` takes `codes`"));
        }
        match codes.replace(meta.value()?.parse()?) {
            None => Ok(()),
            Some(_) => Err(meta.error("given twice; remove one")),
        }
    });
    problems.take(parser.parse2(arguments));
    codes
}

fn cases<'i>(input: &'i DeriveInput, product: Option<&'i Path>, problems: &mut Problems) -> Vec<Case<'i>> {
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    let mut cases = Vec::new();
    let Data::Enum(data) = &input.data else {
        problems.at(&input.ident, "`operation_error` is only for enums");
        return cases;
    };
    for variant in &data.variants {
        if variant.ident == UNKNOWN {
            problems.at(&variant.ident, "this variant is added for all other codes; rename yours");
            continue;
        }
        let Some(arguments) = arguments(variant, problems) else { continue };
        let known = problems.count();
        let codes = CodeAttr::read(&variant.attrs, problems);
        for (index, CodeAttr { code, .. }) in codes.iter().enumerate() {
            let value = code.value();
            // A variant may have several messages for its code.
            let own = codes.iter().take(index).any(|before| before.code.value() == value);
            match seen.get(&value).filter(|_| !own) {
                Some(first) => problems.at(code, format_args!("`{first}` already has this code")),
                None => drop(seen.insert(value, &variant.ident)),
            }
        }
        let source = match (codes.is_empty(), product) {
            (true, Some(product)) => Source::Product(product),
            (true, None) => {
                if problems.count() == known {
                    problems.at(
                        &variant.ident,
                        "add `#[code(\"…\")]`, or name the product's codes with `codes = …`",
                    );
                }
                continue;
            }
            (false, _) => {
                check_count(variant, &codes, arguments.len(), problems);
                Source::Own(codes)
            }
        };
        cases.push(Case { variant, source, arguments });
    }
    cases
}

fn arguments<'i>(variant: &'i Variant, problems: &mut Problems) -> Option<Vec<&'i Field>> {
    let fields = match &variant.fields {
        Fields::Named(fields) => &fields.named,
        Fields::Unit => return Some(Vec::new()),
        Fields::Unnamed(_) => {
            problems
                .at(&variant.ident, "name the arguments of the message, as in `{ user: Option<String> }`");
            return None;
        }
    };
    if let Some(field) =
        fields.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident == SERVICE))
    {
        problems.at(&field.ident, "this field is added to every variant; rename yours");
        return None;
    }
    Some(fields.iter().collect())
}

fn check_count(variant: &Variant, codes: &[CodeAttr], fields: usize, problems: &mut Problems) {
    let wanted = codes.iter().map(CodeAttr::arguments).max().unwrap_or_default();
    if wanted == fields {
        return;
    }
    let message = format!(
        "the message has {wanted} `%s`, but the variant has {fields} {}",
        if fields == 1 { "field" } else { "fields" }
    );
    match codes.iter().find(|code| code.arguments() == wanted).and_then(|code| code.message.as_ref()) {
        Some(template) => problems.at(template, message),
        None => problems.at(&variant.ident, message),
    }
}

/// Writes the enum with the field `service` in every variant, and with the variant for all other codes.
fn expand_definition(input: &DeriveInput, cases: &[Case<'_>]) -> TokenStream {
    let runtime = runtime();
    let DeriveInput { attrs, vis, ident, .. } = input;
    let service = quote! {
        /// The error as the service sent it.
        service: #runtime::ServiceError,
    };
    let variants = cases.iter().map(|Case { variant, arguments, .. }| {
        let ident = &variant.ident;
        let attributes = variant.attrs.iter().filter(|attribute| !attribute.path().is_ident("code"));
        let arguments = arguments.iter().enumerate().map(|(index, field)| {
            let Field { attrs, ident, ty, .. } = field;
            let text = format!("Argument {} of the message.", index + 1);
            let docs = (!attrs.iter().any(is_doc)).then(|| quote!(#[doc = #text]));
            quote! { #docs #(#attrs)* #ident: #ty, }
        });
        quote! {
            #(#attributes)*
            #[non_exhaustive]
            #ident { #(#arguments)* #service },
        }
    });
    let unknown = format_ident!("{UNKNOWN}");
    quote! {
        #(#attrs)*
        #[derive(Clone)]
        #[non_exhaustive]
        #vis enum #ident {
            #(#variants)*
            /// Any other code.
            #[doc(hidden)]
            #[non_exhaustive]
            #unknown { #service },
        }
    }
}

fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}

fn expand_operation_error(ident: &Ident, cases: &[Case<'_>]) -> TokenStream {
    let runtime = runtime();
    let rows = cases.iter().map(|Case { variant, source, .. }| match source {
        Source::Own(codes) => {
            let rows = codes.iter().map(CodeAttr::documented);
            quote!(&[#(#rows),*])
        }
        Source::Product(product) => {
            let ident = &variant.ident;
            quote!(#product::#ident.documented())
        }
    });
    let makes = cases.iter().map(|Case { variant, source, arguments }| {
        let ident = &variant.ident;
        let names = arguments.iter().map(|field| &field.ident);
        let count = arguments.len();
        let condition = match source {
            Source::Own(codes) => {
                let texts = distinct(codes);
                quote!(::core::matches!(service.code(), #(#texts)|*))
            }
            Source::Product(product) => quote!(service.code() == #product::#ident.as_str()),
        };
        if arguments.is_empty() {
            return quote! { if #condition { return Self::#ident { service }; } };
        }
        let templates = match source {
            Source::Own(codes) => {
                let rows = codes.iter().map(CodeAttr::documented);
                quote!(const { &[#(#rows),*] })
            }
            Source::Product(product) => quote!(#product::#ident.documented()),
        };
        quote! {
            if #condition {
                let mut found = #runtime::arguments(&service, #templates, #count);
                return Self::#ident {
                    #(#names: ::std::iter::Iterator::next(&mut found).flatten(),)*
                    service,
                };
            }
        }
    });
    let idents = cases.iter().map(|case| &case.variant.ident);
    let unknown = format_ident!("{UNKNOWN}");
    quote! {
        #[automatically_derived]
        impl #runtime::OperationError for #ident {
            const DOCUMENTED: &'static [#runtime::DocumentedError] = {
                const ROWS: &[&[#runtime::DocumentedError]] = &[#(#rows),*];
                &#runtime::joined::<{ #runtime::count(ROWS) }>(ROWS)
            };

            #[inline]
            fn from_service(service: #runtime::ServiceError) -> Self {
                #(#makes)*
                Self::#unknown { service }
            }

            #[inline]
            fn service(&self) -> &#runtime::ServiceError {
                match self {
                    #(Self::#idents { service, .. } |)* Self::#unknown { service } => service,
                }
            }
        }
    }
}

fn expand_documented_code(ident: &Ident, codes: &Path) -> TokenStream {
    let runtime = runtime();
    quote! {
        #[automatically_derived]
        impl #ident {
            /// Returns the code, if the page of any operation documents it.
            #[must_use]
            #[inline]
            pub fn documented_code(&self) -> ::core::option::Option<#codes> {
                #codes::from_code(#runtime::OperationError::code(self))
            }
        }
    }
}

/// Returns the codes of a variant, each once.
fn distinct(codes: &[CodeAttr]) -> Vec<&LitStr> {
    let mut distinct: Vec<&LitStr> = Vec::new();
    for CodeAttr { code, .. } in codes {
        if !distinct.iter().any(|known| known.value() == code.value()) {
            distinct.push(code);
        }
    }
    distinct
}

/// Implements `Debug`. Arguments may be phone numbers, so they go through the error's redactor.
fn expand_debug(ident: &Ident, cases: &[Case<'_>]) -> TokenStream {
    let runtime = runtime();
    let shows = cases.iter().map(|Case { variant, arguments, .. }| {
        let ident = &variant.ident;
        let title = ident.unraw().to_string();
        let arguments: Vec<&Ident> = arguments.iter().filter_map(|field| field.ident.as_ref()).collect();
        let labels = arguments.iter().map(|argument| argument.unraw().to_string());
        // These names are hygienic, because a field may have the same name as anything else in the function.
        let bindings: Vec<Ident> = (0..arguments.len())
            .map(|index| format_ident!("argument_{index}", span = Span::mixed_site()))
            .collect();
        quote! {
            Self::#ident { #(#arguments: #bindings,)* service } => f
                .debug_struct(#title)
                #(.field(#labels, &#runtime::shown_argument(service, #bindings.as_ref())))*
                .field("service", service)
                .finish()
        }
    });
    let unknown = format_ident!("{UNKNOWN}");
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    #(#shows,)*
                    Self::#unknown { service } => f.debug_struct(#UNKNOWN).field("service", service).finish(),
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
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(#runtime::OperationError::service(self), f)
            }
        }

        #[automatically_derived]
        impl ::core::error::Error for #ident {}
    }
}

/// The stub after a mistake: the error without documented codes.
fn stub(input: &DeriveInput) -> TokenStream {
    let definition = expand_definition(input, &[]);
    let error = expand_operation_error(&input.ident, &[]);
    let debug = expand_debug(&input.ident, &[]);
    let display = expand_display(&input.ident);
    quote! { #definition #error #debug #display }
}

impl CodeAttr {
    /// Writes the row as the runtime's `DocumentedError`.
    pub(crate) fn documented(&self) -> TokenStream {
        let runtime = runtime();
        let Self { code, status, message } = self;
        let status = match status {
            Some(status) => quote!(::core::option::Option::Some(#status)),
            None => quote!(::core::option::Option::None),
        };
        let message = message.as_ref().map_or_else(|| quote!(""), ToTokens::to_token_stream);
        quote! { #runtime::DocumentedError::new(#code, #status, #message) }
    }
}
