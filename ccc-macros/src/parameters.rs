//! The derive `Parameters`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::DeriveInput;

use crate::attr::runtime;
use crate::described::{self, Side};
use crate::structure::{Field, derive_structure};

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    derive_structure(input, "Parameters", expand)
}

fn expand(input: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let runtime = runtime();
    let ident = &input.ident;
    let writes = fields.iter().map(|field| {
        let Field { ident, name, sensitive, body, json, .. } = field;
        if *sensitive || *body || *json {
            let traits = [(sensitive, "sensitive"), (body, "body"), (json, "json")];
            let traits = traits.iter().filter(|(holds, _)| **holds).map(|(_, name)| format_ident!("{name}"));
            quote! { list.field_with(#name, #runtime::FieldTraits::new()#(.#traits())*, &self.#ident); }
        } else {
            quote! { list.field(#name, &self.#ident); }
        }
    });
    let entries = fields.iter().map(|Field { ident, name, .. }| {
        quote! { (#name, &self.#ident as &dyn #runtime::ParameterValue) }
    });
    let list = if fields.is_empty() { quote!(_) } else { quote!(list) };
    let described = described::structure(ident, fields, Side::Request);
    quote! {
        #described

        #[automatically_derived]
        impl #runtime::Parameters for #ident {
            #[inline]
            fn write_to<'a>(&'a self, #list: &mut #runtime::ParameterList<'a>) {
                #(#writes)*
            }
        }

        #[automatically_derived]
        impl #runtime::ParameterValue for #ident {
            #[inline]
            fn write_value<'a>(&'a self, list: &mut #runtime::ParameterList<'a>) {
                #runtime::Parameters::write_to(self, list);
            }

            #[inline]
            fn write_json(&self, json: &mut ::std::string::String) {
                #runtime::write_json_object([#(#entries),*], json);
            }
        }
    }
}
