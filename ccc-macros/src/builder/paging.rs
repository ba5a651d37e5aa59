//! The methods `pages` and `items` of builders whose requests ask for pages.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Plan;
use crate::attr::{PagesAttr, runtime};
use crate::problems::Problems;
use crate::structure::Field;

/// Reports every mistake in `pages(…)` of a request.
pub(super) fn check(pages: &PagesAttr, sends: bool, fields: &[Field<'_>], problems: &mut Problems) {
    if !sends {
        problems.add(syn::Error::new(
            pages.span,
            "`pages` needs `operation = \"…\"`, since only an operation has pages",
        ));
    }
    for name in [&pages.number, &pages.token, &pages.size].into_iter().flatten() {
        if !fields.iter().any(|field| field.ident == name) {
            problems.at(name, "the structure has no field of this name");
        }
    }
}

impl Plan<'_> {
    /// Writes the methods `pages` and `items`.
    pub(super) fn expand_pages(&self, pages: &PagesAttr) -> TokenStream {
        let runtime = runtime();
        let Self { input, builder, sender, sender_field, .. } = self;
        let request = &input.ident;
        let vis = &input.vis;
        let states: Vec<&Ident> = self.states();
        let required = self.required.iter().map(|required| {
            let (ident, ty, is_set) = (required.field.ident, required.field.ty, &required.is_set);
            match default(pages, ident) {
                None => quote!(#ident: #is_set::value(self.#ident)),
                Some(default) => quote!(#ident: #runtime::SetOr::<#ty>::or(self.#ident, #default)),
            }
        });
        let bounds = self.required.iter().map(|required| {
            let (state, ty, is_set) = (&required.state, required.field.ty, &required.is_set);
            match default(pages, required.field.ident) {
                None => quote!(#state: #is_set),
                Some(_) => quote!(#state: #runtime::SetOr<#ty>),
            }
        });
        let bounds: Vec<TokenStream> = bounds.collect();
        let optional = self.optional.iter().map(|optional| {
            let ident = optional.field.ident;
            // The runtime sets the first page, but only the attribute knows the size.
            match pages.size_default.as_ref().filter(|_| pages.size.as_ref() == Some(ident)) {
                None => quote!(#ident: self.#ident),
                Some(size) => quote! {
                    #ident: ::core::option::Option::or(self.#ident, ::core::option::Option::Some(#size))
                },
            }
        });
        let doc_pages = doc(pages, "Returns all pages; each is requested when it is needed.");
        let doc_items =
            doc(pages, "Returns the items of all pages; each page is requested when it is needed.");
        quote! {
            #[automatically_derived]
            impl<#sender, #(#states),*> #builder<#sender, #(#states),*> {
                #[doc = #doc_pages]
                #vis fn pages(self) -> #runtime::Pages<#sender, #request>
                where
                    #sender: #runtime::Sender,
                    #request: #runtime::Paged<Product = <#sender as #runtime::Sender>::Product>,
                    #(#bounds,)*
                {
                    #runtime::Pages::new(self.#sender_field, #request { #(#required,)* #(#optional,)* })
                }

                #[doc = #doc_items]
                #vis fn items(self) -> #runtime::Items<#sender, #request>
                where
                    #sender: #runtime::Sender,
                    #request: #runtime::Paged<Product = <#sender as #runtime::Sender>::Product>,
                    #(#bounds,)*
                {
                    self.pages().items()
                }
            }
        }
    }
}

/// Returns the value of a paging field that is not set; `None` for any other field.
fn default(pages: &PagesAttr, field: &Ident) -> Option<TokenStream> {
    let is = |name: &Option<Ident>| name.as_ref() == Some(field);
    if is(&pages.number) {
        Some(quote!(1))
    } else if is(&pages.token) {
        Some(quote!(::core::default::Default::default()))
    } else if is(&pages.size) {
        pages.size_default.as_ref().map(|size| quote!(#size))
    } else {
        None
    }
}

fn doc(pages: &PagesAttr, what: &str) -> String {
    let start = if pages.number.is_some() { "page 1" } else { "the first page" };
    let size = pages
        .size_default
        .as_ref()
        .map(|size| format!(" and asks for {} items per page", size.base10_digits()));
    format!(
        "{what} Begins with {start}{}, unless set otherwise. Compiles only if every other required parameter is set.",
        size.unwrap_or_default()
    )
}
