//! Structures and enums, shared or not.

use ccc_spec::model::Range;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::imports::{Imports, type_tokens};
use crate::plan::{EnumPlan, FieldPlan, SharedType, Side, StructurePlan, TypePlan};
use crate::text::literal;

/// The file of a shared type.
pub(super) fn shared(shared: &SharedType) -> TokenStream {
    let types = [&shared.plan];
    let structures = structures(&types);
    let imports = Imports::of(structures);
    let std = imports.std();
    let derives = derive_imports(&types, false);
    let runtime = runtime_imports(&types);
    let beside = imports.beside(shared.plan.name());
    let definition = definition(&shared.plan);
    quote! {
        #std
        #derives
        #runtime
        #beside
        #definition
    }
}

/// The structures among types.
pub(super) fn structures<'a>(types: &[&'a TypePlan]) -> Vec<&'a StructurePlan> {
    types
        .iter()
        .filter_map(|plan| match plan {
            TypePlan::Structure(structure) => Some(structure),
            TypePlan::Enum(_) => None,
        })
        .collect()
}

/// Imports the derives of these types; with `answer`, also those of an answer's structure.
pub(super) fn derive_imports(types: &[&TypePlan], answer: bool) -> Option<TokenStream> {
    let has = |side| structures(types).iter().any(|structure| structure.side == side);
    let (requests, answers) = (has(Side::Request), has(Side::Response) || answer);
    let open_enums = types.iter().any(|plan| matches!(plan, TypePlan::Enum(_)));
    let derives: Vec<TokenStream> = [
        (requests, quote!(Builder)),
        (answers, quote!(Decode)),
        (open_enums, quote!(OpenEnum)),
        (requests, quote!(Parameters)),
        (requests || answers, quote!(RedactedDebug)),
    ]
    .into_iter()
    .filter_map(|(used, derive)| used.then_some(derive))
    .collect();
    (!derives.is_empty()).then(|| quote!(use ccc_macros::{#(#derives),*};))
}

/// Imports what the definitions of these types name of the runtime.
pub(super) fn runtime_imports(types: &[&TypePlan]) -> Option<TokenStream> {
    let open_enums = types.iter().any(|plan| matches!(plan, TypePlan::Enum(_)));
    open_enums.then(|| {
        quote!(
            use crate::runtime::UnknownValue;
        )
    })
}

/// A structure or enum.
pub(super) fn definition(plan: &TypePlan) -> TokenStream {
    match plan {
        TypePlan::Structure(plan) if plan.side == Side::Request => {
            request_structure(plan, &TokenStream::new())
        }
        TypePlan::Structure(plan) => answer_structure(plan),
        TypePlan::Enum(plan) => open_enum(plan),
    }
}

/// A structure of a request; `operation` is what the builder's attribute says beyond its name.
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

/// A structure of an answer.
pub(super) fn answer_structure(plan: &StructurePlan) -> TokenStream {
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
    let wire = literal(&plan.wire);
    let wrapper = plan.wrapper.as_deref().map(|wrapper| {
        let wrapper = literal(wrapper);
        quote!(, wrapper = #wrapper)
    });
    let json = plan.json.then(|| quote!(, json));
    let sensitive = plan.sensitive.then(|| quote!(, sensitive));
    let Range { min, max } = plan.range.unwrap_or_default();
    let [min, max] = [min, max].map(|bound| bound.map(Literal::i64_unsuffixed));
    let min = min.map(|min| quote!(, min = #min));
    let max = max.map(|max| quote!(, max = #max));
    let ty = type_tokens(ty);
    quote! {
        #docs
        #[field(name = #wire #wrapper #json #sensitive #min #max)]
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
