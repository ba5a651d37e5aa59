//! Writes structures and enums, shared or not.

use ccc_spec::model::Range;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::docs;
use super::imports::{Imports, type_tokens};
use crate::plan::{EnumPlan, FieldPlan, SharedType, Side, StructurePlan, TypePlan};
use crate::text::literal;

/// Writes the file of a shared type.
pub(super) fn shared(shared: &SharedType) -> TokenStream {
    let types = [&shared.plan];
    let structures = structures(&types);
    let imports = Imports::new(structures);
    let std = imports.std();
    let used = Used::by(&types);
    let derives = used.derives().into_iter().map(|name| Ident::new(name, Span::call_site()));
    let runtime = used.enums.then(|| {
        quote!(
            use acs_runtime::response::UnknownValue;
        )
    });
    let beside = imports.beside(shared.plan.name());
    let definition = definition(&shared.plan);
    quote! {
        #std
        use acs_runtime::custom::{#(#derives),*};
        #runtime
        #beside
        #definition
    }
}

/// Selects the structures among types.
pub(super) fn structures<'a>(types: &[&'a TypePlan]) -> Vec<&'a StructurePlan> {
    types
        .iter()
        .filter_map(|plan| match plan {
            TypePlan::Structure(structure) => Some(structure),
            TypePlan::Enum(_) => None,
        })
        .collect()
}

/// The kinds of types that a file defines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Used {
    pub(super) requests: bool,
    pub(super) responses: bool,
    pub(super) enums: bool,
}

impl Used {
    pub(super) fn by(types: &[&TypePlan]) -> Self {
        let has = |side| structures(types).iter().any(|structure| structure.side == side);
        let enums = types.iter().any(|plan| matches!(plan, TypePlan::Enum(_)));
        Self { requests: has(Side::Request), responses: has(Side::Response), enums }
    }

    /// Names the derives of these types.
    pub(super) fn derives(self) -> Vec<&'static str> {
        let Self { requests, responses, enums } = self;
        [
            (requests, "Builder"),
            (responses, "Decode"),
            (enums, "OpenEnum"),
            (requests, "Parameters"),
            (requests || responses, "RedactedDebug"),
        ]
        .into_iter()
        .filter_map(|(used, derive)| used.then_some(derive))
        .collect()
    }
}

/// Writes a structure or an enum.
pub(super) fn definition(plan: &TypePlan) -> TokenStream {
    match plan {
        TypePlan::Structure(plan) if plan.side == Side::Request => {
            request_structure(plan, &TokenStream::new())
        }
        TypePlan::Structure(plan) => response_structure(plan),
        TypePlan::Enum(plan) => open_enum(plan),
    }
}

/// Writes a structure of a request; `operation` is the rest of the builder's attribute, after the name.
pub(super) fn request_structure(plan: &StructurePlan, operation: &TokenStream) -> TokenStream {
    let docs = docs(&plan.docs);
    let name = &plan.name;
    let builder = plan.builder.as_ref().map(|builder| {
        let builder = literal(builder.as_str());
        quote!(#[builder(name = #builder #operation)])
    });
    let fields = plan.fields.iter().map(field);
    quote! {
        #docs
        #[derive(Clone, PartialEq, Builder, Parameters, RedactedDebug)]
        #builder
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    }
}

/// Writes a structure of a response.
pub(super) fn response_structure(plan: &StructurePlan) -> TokenStream {
    let docs = docs(&plan.docs);
    let name = &plan.name;
    let fields = plan.fields.iter().map(field);
    quote! {
        #docs
        #[derive(Clone, Default, PartialEq, Decode, RedactedDebug)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }
    }
}

fn field(plan: &FieldPlan) -> TokenStream {
    let FieldPlan { name, ty, .. } = plan;
    let docs = docs(&plan.docs);
    let key_and_text = |key: TokenStream, text: &str| {
        let text = literal(text);
        quote!(#key = #text)
    };
    let wire = (plan.wire != name.in_camel_case()).then(|| key_and_text(quote!(name), &plan.wire));
    let wrapper = plan.wrapper.as_deref().map(|wrapper| key_and_text(quote!(wrapper), wrapper));
    let body = plan.body.then(|| quote!(body));
    let json = plan.json.then(|| quote!(json));
    let text = plan.text.then(|| quote!(text));
    let sensitive = match (plan.secret, plan.sensitive) {
        (true, _) => Some(quote!(secret)),
        (false, sensitive) => sensitive.then(|| quote!(sensitive)),
    };
    let Range { min, max } = plan.range.unwrap_or_default();
    let bound = |key: TokenStream, bound: Option<i64>| {
        let bound = bound.map(Literal::i64_unsuffixed)?;
        Some(quote!(#key = #bound))
    };
    let (min, max) = (bound(quote!(min), min), bound(quote!(max), max));
    let keys: Vec<TokenStream> =
        [wire, wrapper, body, json, text, sensitive, min, max].into_iter().flatten().collect();
    let attribute = (!keys.is_empty()).then(|| quote!(#[field(#(#keys),*)]));
    let ty = type_tokens(ty);
    quote! {
        #docs
        #attribute
        pub #name: #ty,
    }
}

fn open_enum(plan: &EnumPlan) -> TokenStream {
    let docs_of_enum = docs(&plan.docs);
    let name = &plan.name;
    let variants = plan.variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
        let spellings = [&variant.value].into_iter().chain(&variant.also).map(|value| literal(value));
        let name = &variant.name;
        quote! {
            #docs
            #[value(#(#spellings),*)]
            #name,
        }
    });
    quote! {
        #docs_of_enum
        #[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// Any other value.
            #[doc(hidden)]
            #[unknown]
            Unknown(UnknownValue),
        }
    }
}
