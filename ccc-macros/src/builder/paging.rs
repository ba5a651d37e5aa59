//! The methods `pages` and `items` of builders whose requests ask for pages.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Plan;
use crate::attr::{PagesAttr, runtime};
use crate::problems::Problems;
use crate::structure::Field;

/// Reports what is wrong with `pages(…)` on this request.
pub(super) fn check(pages: &PagesAttr, sends: bool, fields: &[Field<'_>], problems: &mut Problems) {
    if !sends {
        problems.add(syn::Error::new(pages.span, "only what is sent asks for pages; name its `operation`"));
    }
    for name in [&pages.number, &pages.token, &pages.size].into_iter().flatten() {
        if !fields.iter().any(|field| field.ident == name) {
            problems.at(name, "no field of this name");
        }
    }
}

impl Plan<'_> {
    /// `pages` and `items`.
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
            // The runtime knows the first page; the size is known here alone.
            match pages.size_default.as_ref().filter(|_| pages.size.as_ref() == Some(ident)) {
                None => quote!(#ident: self.#ident),
                Some(size) => quote! {
                    #ident: ::core::option::Option::or(self.#ident, ::core::option::Option::Some(#size))
                },
            }
        });
        let doc_pages = doc(pages, "Asks for one page after another, whenever the next is asked for.");
        let doc_items = doc(pages, "Gives the items of all pages, which are asked for one after another.");
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

/// What a field has where nobody sets it; `None` for those that are not about pages.
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
    let size =
        pages.size_default.as_ref().map(|size| format!(" and {} items for each", size.base10_digits()));
    format!(
        "{what} Begins with {start}{}, where nothing else is set. Compiles once every other required parameter is set.",
        size.unwrap_or_default()
    )
}
