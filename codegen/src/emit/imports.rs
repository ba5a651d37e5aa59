//! Writes types and the imports that they need.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Home, Identifier, StructurePlan, TypeRef};

/// Writes a type for a file that imports its names.
pub(crate) fn type_tokens(ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Text => quote!(String),
        TypeRef::Integer => quote!(i32),
        TypeRef::Long => quote!(i64),
        TypeRef::Float => quote!(f64),
        TypeRef::Boolean => quote!(bool),
        TypeRef::Json => quote!(acs_runtime::custom::Value),
        TypeRef::Named(name, _) => quote!(#name),
        TypeRef::Option(inner) => {
            let inner = type_tokens(inner);
            quote!(Option<#inner>)
        }
        TypeRef::List(element) => {
            let element = type_tokens(element);
            quote!(Vec<#element>)
        }
        TypeRef::Map(value) => {
            let value = type_tokens(value);
            quote!(BTreeMap<String, #value>)
        }
    }
}

/// The types that the structures of a file use but do not define.
#[derive(Debug, Default)]
pub(super) struct Imports<'a> {
    map: bool,
    shared: BTreeSet<&'a Identifier>,
}

impl<'a> Imports<'a> {
    pub(super) fn new(structures: impl IntoIterator<Item = &'a StructurePlan>) -> Self {
        let mut imports = Self::default();
        for structure in structures {
            for field in &structure.fields {
                imports.add(&field.ty);
            }
        }
        imports
    }

    fn add(&mut self, ty: &'a TypeRef) {
        match ty {
            TypeRef::Named(name, Home::Shared) => {
                self.shared.insert(name);
            }
            TypeRef::Map(value) => {
                self.map = true;
                self.add(value);
            }
            TypeRef::Option(inner) | TypeRef::List(inner) => self.add(inner),
            TypeRef::Named(_, Home::Operation(_))
            | TypeRef::Text
            | TypeRef::Integer
            | TypeRef::Long
            | TypeRef::Float
            | TypeRef::Boolean
            | TypeRef::Json => {}
        }
    }

    /// Writes `use std::collections::BTreeMap;` if there is a map.
    pub(super) fn std(&self) -> Option<TokenStream> {
        self.map.then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        })
    }

    /// Writes imports of shared types for the module of an operation.
    pub(super) fn shared(&self) -> Option<TokenStream> {
        let names = &self.shared;
        (!names.is_empty()).then(|| {
            let names = names.iter();
            quote!(use crate::types::{#(#names),*};)
        })
    }

    /// Writes imports of shared types for the module of the shared type `own`.
    pub(super) fn beside(&self, own: &Identifier) -> Option<TokenStream> {
        let names: Vec<_> = self.shared.iter().filter(|name| **name != own).collect();
        (!names.is_empty()).then(|| quote!(use super::{#(#names),*};))
    }
}
