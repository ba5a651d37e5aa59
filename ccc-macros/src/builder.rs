//! The derive `Builder`.
//!
//! Every required parameter has a type parameter of the builder, which is `Missing` or `Set<T>`. `build` and `send`
//! require a separate trait for each, so that the compiler's message can name the parameter.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{DeriveInput, LitStr, Type};

use crate::attr::{BuilderAttr, PagesAttr, runtime};
use crate::problems::expand_type;
use crate::structure::{Field, camel, fields};
use crate::types::{inside_map, inside_option, inside_vec};

mod paging;

/// The builder's own methods.
const METHODS: [&str; 4] = ["with_client", "build", "customize", "send"];
/// The further methods of a builder whose request asks for pages.
const PAGE_METHODS: [&str; 2] = ["pages", "items"];

/// A required parameter.
struct Required<'i> {
    field: &'i Field<'i>,
    /// The type parameter that says whether it is set.
    state: Ident,
    /// The trait that `Set` implements for it.
    is_set: Ident,
}

/// An optional parameter.
struct Optional<'i> {
    field: &'i Field<'i>,
    inside: &'i Type,
}

/// The input of the expansion.
struct Plan<'i> {
    input: &'i DeriveInput,
    builder: Ident,
    operation: String,
    /// Whether the builder sends. A structure inside a request is only built.
    sends: bool,
    pages: Option<&'i PagesAttr>,
    required: Vec<Required<'i>>,
    optional: Vec<Optional<'i>>,
    /// The type parameter of the client that sends the request.
    sender: Ident,
    /// The field that holds the client.
    sender_field: Ident,
}

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    expand_type(input, |input, problems| {
        let attr = BuilderAttr::read(&input.attrs, problems);
        let fields = fields(input, "Builder", problems);
        let name = attr.name.as_ref().map(|name| {
            let parsed = name.parse::<Ident>();
            problems.take(parsed.map_err(|_| syn::Error::new(name.span(), "not a valid type name")))
        });
        let builder = match name {
            Some(Some(name)) => name,
            _ => format_ident!("{}Builder", input.ident.unraw()),
        };
        for field in &fields {
            let page_methods = PAGE_METHODS.iter().filter(|_| attr.pages.is_some());
            if METHODS.iter().chain(page_methods).any(|method| field.ident == method) {
                problems.at(field.ident, "the builder has a method of this name; rename the field, and give its name on the wire with `#[field(name = \"…\")]`");
            }
        }
        let operation =
            attr.operation.as_ref().map_or_else(|| input.ident.unraw().to_string(), LitStr::value);
        let sends = attr.operation.is_some();
        if let Some(pages) = &attr.pages {
            paging::check(pages, sends, &fields, problems);
        }
        let plan = Plan::new(input, builder, operation, sends, attr.pages.as_ref(), &fields);
        (Some(plan.expand()), stub(&plan))
    })
}

impl<'i> Plan<'i> {
    fn new(
        input: &'i DeriveInput,
        builder: Ident,
        operation: String,
        sends: bool,
        pages: Option<&'i PagesAttr>,
        fields: &'i [Field<'i>],
    ) -> Self {
        let mut taken = idents_in(&fields.iter().map(|field| field.ty).collect::<Vec<_>>());
        taken.insert(builder.to_string());
        taken.insert(input.ident.unraw().to_string());
        let mut fresh = |name: String| {
            let mut ident = name;
            while !taken.insert(ident.clone()) {
                ident.push('_');
            }
            format_ident!("{ident}")
        };
        let sender = fresh("Client".to_owned());
        let mut required = Vec::new();
        let mut optional = Vec::new();
        for field in fields {
            match inside_option(field.ty) {
                Some(inside) => optional.push(Optional { field, inside }),
                None => {
                    let camel = camel(&field.ident.unraw().to_string());
                    let state = fresh(camel.clone());
                    let is_set = fresh(format!("{camel}IsSet"));
                    required.push(Required { field, state, is_set });
                }
            }
        }
        let names: HashSet<String> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
        let mut sender_field = "client".to_owned();
        while names.contains(&sender_field) {
            sender_field.push('_');
        }
        let sender_field = format_ident!("{sender_field}");
        Self { input, builder, operation, sends, pages, required, optional, sender, sender_field }
    }

    fn expand(&self) -> TokenStream {
        let builder = self.expand_builder();
        let start = self.expand_start();
        let traits = self.required.iter().map(|required| self.expand_is_set(required));
        let setters = (0..self.required.len()).map(|index| self.expand_required_setter(index));
        let optional = self.expand_optional_setters();
        let finish = self.expand_finish();
        let pages = self.pages.map(|pages| self.expand_pages(pages));
        let debug = self.expand_debug();
        quote! {
            #builder
            const _: () = {
                #start
                #(#traits)*
                #(#setters)*
                #optional
                #finish
                #pages
                #debug
            };
        }
    }

    fn states(&self) -> Vec<&Ident> {
        self.required.iter().map(|required| &required.state).collect()
    }

    fn expand_builder(&self) -> TokenStream {
        let runtime = runtime();
        let Self { input, builder, sender, sender_field, .. } = self;
        let vis = &input.vis;
        let states = self.states();
        let required = self.required.iter().map(|required| required.field.ident);
        let optional = self.optional.iter().map(|optional| optional.field.ident);
        let types = self.optional.iter().map(|optional| optional.field.ty);
        let doc = format!(
            "Builder of [`{}`]. Each required parameter has a type parameter, which is `Missing` until it is set.",
            input.ident.unraw()
        );
        quote! {
            #[doc = #doc]
            #[must_use = "a builder does nothing until it is built or sent"]
            #[derive(Clone)]
            #vis struct #builder<#sender = (), #(#states = #runtime::Missing),*> {
                #sender_field: #sender,
                #(#required: #states,)*
                #(#optional: #types,)*
            }
        }
    }

    /// Writes `Request::builder()` and `Builder::with_client(client)`.
    fn expand_start(&self) -> TokenStream {
        let runtime = runtime();
        let Self { input, builder, sender, sender_field, .. } = self;
        let ident = &input.ident;
        let vis = &input.vis;
        let required: Vec<&Ident> = self.required.iter().map(|required| required.field.ident).collect();
        let optional = self.optional.iter().map(|optional| optional.field.ident);
        quote! {
            #[automatically_derived]
            impl #ident {
                /// Creates a builder without a client, for a request to be sent later.
                #[inline]
                #vis fn builder() -> #builder {
                    #builder::with_client(())
                }
            }

            #[automatically_derived]
            impl<#sender> #builder<#sender> {
                /// Creates a builder for a request that `client` will send.
                #vis fn with_client(client: #sender) -> Self {
                    Self {
                        #sender_field: client,
                        #(#required: #runtime::Missing,)*
                        #(#optional: ::core::option::Option::None,)*
                    }
                }
            }
        }
    }

    fn expand_is_set(&self, required: &Required<'_>) -> TokenStream {
        let runtime = runtime();
        let Required { field, is_set, .. } = required;
        let ty = field.ty;
        let message = format!(
            "{}: the required parameter `{}` is not set",
            brace(&self.operation),
            brace(&field.name.value())
        );
        let is_filled_in = |pages: &PagesAttr| {
            [&pages.number, &pages.token, &pages.size]
                .into_iter()
                .flatten()
                .any(|filled| filled == field.ident)
        };
        let instead =
            if self.pages.is_some_and(is_filled_in) { ", or use `.items()` or `.pages()`" } else { "" };
        let label = format!("call `.{}(…)` first{instead}", field.ident);
        quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            pub trait #is_set {
                fn value(self) -> #ty;
            }

            impl #is_set for #runtime::Set<#ty> {
                #[inline]
                fn value(self) -> #ty {
                    self.0
                }
            }
        }
    }

    fn expand_required_setter(&self, index: usize) -> TokenStream {
        let runtime = runtime();
        let Self { builder, sender, sender_field, .. } = self;
        let states = self.states();
        let Some(Required { field, .. }) = self.required.get(index) else { return TokenStream::new() };
        let Field { ident, ty, .. } = field;
        let docs = setter_docs(field);
        let after = self.required.iter().enumerate().map(|(other, required)| {
            if other == index { quote!(#runtime::Set<#ty>) } else { required.state.to_token_stream() }
        });
        let others = self.required.iter().map(|required| required.field.ident).filter(|other| other != ident);
        let others: Vec<&Ident> =
            others.chain(self.optional.iter().map(|optional| optional.field.ident)).collect();
        let (argument, value) = conversion(ty);
        quote! {
            #[automatically_derived]
            impl<#sender, #(#states),*> #builder<#sender, #(#states),*> {
                #docs
                pub fn #ident(self, value: #argument) -> #builder<#sender, #(#after),*> {
                    #builder {
                        #sender_field: self.#sender_field,
                        #ident: #runtime::Set(#value),
                        #(#others: self.#others,)*
                    }
                }
            }
        }
    }

    fn expand_optional_setters(&self) -> TokenStream {
        let Self { builder, sender, .. } = self;
        let states = self.states();
        let setters = self.optional.iter().map(|Optional { field, inside }| {
            let ident = field.ident;
            let docs = setter_docs(field);
            let (argument, value) = conversion(inside);
            let whole = self.expand_whole_setter(ident, inside);
            quote! {
                #docs
                pub fn #ident(mut self, value: #argument) -> Self {
                    self.#ident = ::core::option::Option::Some(#value);
                    self
                }

                #whole
            }
        });
        quote! {
            #[automatically_derived]
            impl<#sender, #(#states),*> #builder<#sender, #(#states),*> {
                #(#setters)*
            }
        }
    }

    /// Writes `set_user_id(None)`, for applications that hold the value as an `Option`. A setter of a field with this
    /// name takes precedence.
    fn expand_whole_setter(&self, ident: &Ident, inside: &Type) -> TokenStream {
        let name = ident.unraw();
        let setter = format_ident!("set_{name}");
        let required = self.required.iter().map(|required| required.field.ident);
        let optional = self.optional.iter().map(|optional| optional.field.ident);
        if required.chain(optional).any(|other| *other == setter) {
            return TokenStream::new();
        }
        let doc = format!("Sets `{name}`; `None` leaves it out.");
        quote! {
            #[doc = #doc]
            pub fn #setter(mut self, value: ::core::option::Option<#inside>) -> Self {
                self.#ident = value;
                self
            }
        }
    }

    /// Writes `build`, `customize` and `send`.
    fn expand_finish(&self) -> TokenStream {
        let runtime = runtime();
        let Self { input, builder, sender, sender_field, .. } = self;
        let request = &input.ident;
        let vis = &input.vis;
        let states = self.states();
        let is_set: Vec<&Ident> = self.required.iter().map(|required| &required.is_set).collect();
        let required: Vec<&Ident> = self.required.iter().map(|required| required.field.ident).collect();
        let optional: Vec<&Ident> = self.optional.iter().map(|optional| optional.field.ident).collect();
        let make = quote! {
            #request {
                #(#required: #is_set::value(self.#required),)*
                #(#optional: self.#optional,)*
            }
        };
        let send = self.sends.then(|| {
            quote! {
                /// Sets options for this call. Options that are left out stay as the client has them.
                #vis fn customize(mut self, options: #runtime::CallOptions) -> Self
                where
                    #sender: #runtime::Sender,
                {
                    self.#sender_field = #runtime::Sender::customized(self.#sender_field, options);
                    self
                }

                /// Sends the request. Compiles only if every required parameter is set.
                #vis fn send(self) -> <#sender as #runtime::Sender>::Sending<#request>
                where
                    #sender: #runtime::Sender,
                    #request: #runtime::Operation<Product = <#sender as #runtime::Sender>::Product>,
                    #(#states: #is_set,)*
                {
                    let client = self.#sender_field;
                    #runtime::Sender::dispatch(&client, #make)
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl<#sender, #(#states),*> #builder<#sender, #(#states),*> {
                /// Builds the request. Compiles only if every required parameter is set.
                #[must_use]
                #vis fn build(self) -> #request
                where
                    #(#states: #is_set,)*
                {
                    #make
                }

                #send
            }
        }
    }

    /// Writes `Debug` without any value, since the builder may hold phone numbers.
    fn expand_debug(&self) -> TokenStream {
        let Self { builder, sender, .. } = self;
        let title = builder.to_string();
        let states = self.states();
        quote! {
            #[automatically_derived]
            impl<#sender, #(#states),*> ::core::fmt::Debug for #builder<#sender, #(#states),*> {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.debug_struct(#title).finish_non_exhaustive()
                }
            }
        }
    }
}

/// Returns the type of a setter's argument, and the expression that converts `value` to the field's type.
fn conversion(ty: &Type) -> (TokenStream, TokenStream) {
    if let Some(element) = inside_vec(ty) {
        let argument = quote! {
            impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<#element>>
        };
        let value = quote! {
            ::core::iter::Iterator::collect(::core::iter::Iterator::map(
                ::core::iter::IntoIterator::into_iter(value),
                ::core::convert::Into::into,
            ))
        };
        (argument, value)
    } else if let Some((key, inside)) = inside_map(ty) {
        let argument = quote! {
            impl ::core::iter::IntoIterator<
                Item = (impl ::core::convert::Into<#key>, impl ::core::convert::Into<#inside>),
            >
        };
        let value = quote! {
            ::core::iter::Iterator::collect(::core::iter::Iterator::map(
                ::core::iter::IntoIterator::into_iter(value),
                |(key, value)| (::core::convert::Into::into(key), ::core::convert::Into::into(value)),
            ))
        };
        (argument, value)
    } else {
        (quote!(impl ::core::convert::Into<#ty>), quote!(::core::convert::Into::into(value)))
    }
}

/// Returns the docs of a field's setter: a sentence that begins with a verb, then the docs of the field.
fn setter_docs(field: &Field<'_>) -> TokenStream {
    let sets = format!(" Sets `{}`.", field.ident.unraw());
    let docs: Vec<_> = field.attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect();
    let gap = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
    quote! { #[doc = #sets] #gap #(#docs)* }
}

/// Doubles braces, as a message of `on_unimplemented` needs them.
fn brace(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// Returns every identifier in some types. No type parameter may have one of these names.
fn idents_in(types: &[&Type]) -> HashSet<String> {
    fn collect(tokens: TokenStream, idents: &mut HashSet<String>) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    idents.insert(ident.unraw().to_string());
                }
                TokenTree::Group(group) => collect(group.stream(), idents),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    let mut idents = HashSet::new();
    types.iter().for_each(|ty| collect(ty.to_token_stream(), &mut idents));
    idents
}

/// The stub after a mistake: a builder without setters.
fn stub(plan: &Plan<'_>) -> TokenStream {
    if !plan.input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let bare = Plan::new(plan.input, plan.builder.clone(), plan.operation.clone(), plan.sends, None, &[]);
    let builder = bare.expand_builder();
    let start = bare.expand_start();
    quote! { #builder #start }
}
