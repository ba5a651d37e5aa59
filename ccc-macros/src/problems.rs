//! Mistakes, collected so that all of them are reported at once.

use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::DeriveInput;

/// Parses a type and expands it with `expand`, which returns the expansion and a stub. After a mistake, the compiler gets
/// every message and the stub.
pub(crate) fn expand_type(
    input: TokenStream,
    expand: impl FnOnce(&DeriveInput, &mut Problems) -> (Option<TokenStream>, TokenStream),
) -> TokenStream {
    match syn::parse2(input) {
        Ok(input) => {
            let mut problems = Problems::default();
            let (expansion, stub) = expand(&input, &mut problems);
            problems.settle(expansion, &stub)
        }
        Err(error) => error.into_compile_error(),
    }
}

/// Mistakes found so far.
#[derive(Default)]
pub(crate) struct Problems {
    first: Option<syn::Error>,
}

impl Problems {
    /// Adds a mistake at some tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.add(syn::Error::new_spanned(tokens, message));
    }

    /// Adds a mistake that the parser found.
    pub(crate) fn add(&mut self, error: syn::Error) {
        match &mut self.first {
            Some(first) => first.combine(error),
            None => self.first = Some(error),
        }
    }

    /// Tells whether there is no mistake so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    /// Counts the mistakes so far.
    pub(crate) fn count(&self) -> usize {
        self.first.as_ref().map_or(0, |error| error.into_iter().count())
    }

    /// Adds all mistakes of `other`.
    pub(crate) fn append(&mut self, other: Self) {
        if let Some(error) = other.first {
            self.add(error);
        }
    }

    /// Returns the parsed value, or adds the mistake.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    /// Returns the expansion if there is no mistake, else the messages and the stub.
    pub(crate) fn settle(self, expansion: Option<TokenStream>, stub: &TokenStream) -> TokenStream {
        match (self.first, expansion) {
            (None, Some(expansion)) => expansion,
            (first, _) => {
                let messages = first.map(syn::Error::into_compile_error);
                quote::quote! { #messages #stub }
            }
        }
    }
}
