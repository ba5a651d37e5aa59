//! Identifiers: turns any name on a page into a Rust name that is valid, free and always the same.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use super::keywords::{
    is_builder_method, is_client_word, is_error_field, is_keyword, is_path_keyword, is_type_in_scope,
    is_variant_in_use,
};
use ccc_spec::naming::{pascal, snake};

/// A valid Rust identifier; keywords are raw. Only this module makes them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Identifier(String);

impl Identifier {
    /// Returns the identifier as it is in source, with `r#`.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the identifier without `r#`, as in file names.
    pub(crate) fn unraw(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// Converts `device_id` to `DeviceId`, which derives take as a field's name on the wire if the attribute gives none.
    pub(crate) fn in_camel_case(&self) -> String {
        let capitalized = self.unraw().split('_').flat_map(|word| {
            let mut rest = word.chars();
            let first = rest.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(rest)
        });
        capitalized.collect()
    }

    fn new(word: String) -> Self {
        if is_keyword(&word) { Self(format!("r#{word}")) } else { Self(word) }
    }
}

impl ToTokens for Identifier {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.0.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        });
    }
}

/// Names the type that stands for a product, after its title. If that gives no Rust name, its code does.
pub(super) fn product(title: &str, code: &str) -> Identifier {
    let is_free = |word: &String| {
        word.starts_with(|first: char| first.is_ascii_alphabetic()) && !Role::Type.is_taken(word)
    };
    let name = [title, code].map(pascal).into_iter().find(is_free);
    Identifier::new(name.unwrap_or_else(|| "TheProduct".to_owned()))
}

/// The use of a name, which decides the names that it must not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A field in a response.
    Field,
    /// A request parameter, which is also a method of a builder.
    Parameter,
    /// A variant of an enum of values.
    Value,
    /// A variant of an operation's error.
    ErrorCode,
    /// An argument of an error message.
    Argument,
    /// The module and the client method of an operation.
    Operation,
    /// The module of a shared type.
    TypeModule,
    /// A structure or an enum.
    Type,
}

impl Role {
    fn is_type_like(self) -> bool {
        matches!(self, Self::Value | Self::ErrorCode | Self::Type)
    }

    /// Returns the word for things without a usable name, which also stands before digits.
    fn stem(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Parameter => "parameter",
            Self::Value => "Value",
            Self::ErrorCode => "Error",
            Self::Argument => "argument",
            Self::Operation => "operation",
            Self::TypeModule => "module",
            Self::Type => "Type",
        }
    }

    fn is_taken(self, word: &str) -> bool {
        match self {
            Self::Field => is_path_keyword(word),
            Self::Parameter => is_builder_method(word),
            Self::Value | Self::ErrorCode => is_variant_in_use(word),
            Self::Argument => is_error_field(word),
            // The first two are modules beside or above those of operations.
            Self::Operation => matches!(word, "error_code" | "operation") || is_client_word(word),
            // `types::types` would be a module inside a module of its own name.
            Self::TypeModule => is_path_keyword(word) || word == "types",
            Self::Type => is_type_in_scope(word),
        }
    }

    /// Returns the name that a thing gets unless it is taken.
    fn natural(self, name: &str) -> String {
        let stem = self.stem();
        let word = if self.is_type_like() { pascal(name) } else { snake(name) };
        let glue = if self.is_type_like() { "" } else { "_" };
        if word.is_empty() && self == Self::Operation {
            // The stem is the folder of all operations.
            format!("unnamed_{stem}")
        } else if word.is_empty() {
            stem.to_owned()
        } else if word.starts_with(|first: char| first.is_ascii_digit()) {
            format!("{stem}{glue}{word}")
        } else if !self.is_taken(&word) {
            word
        } else if self.is_type_like() || self == Self::Operation {
            format!("{word}{glue}{stem}")
        } else {
            format!("{word}_")
        }
    }
}

/// The names in use.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// Takes the first of `candidates` that is free, or the last one with a number.
    pub(super) fn claim(&mut self, role: Role, candidates: &[&str]) -> Identifier {
        let naturals: Vec<_> = candidates.iter().map(|candidate| role.natural(candidate)).collect();
        let last = naturals.last().map_or(role.stem(), String::as_str);
        let numbered = (2_u32..).map(|number| with_number(role, last, number));
        let word = naturals.iter().cloned().chain(numbered).find(|word| !self.taken.contains(word));
        let word = word.unwrap_or_else(|| role.stem().to_owned());
        self.taken.insert(word.clone());
        Identifier::new(word)
    }
}

/// Returns a distinct identifier for each name.
///
/// If several names give the same identifier, the first in alphabetical order gets it, and the others are numbered. A
/// numbered identifier never equals the identifier that another name gets without a number. So the result does not
/// depend on the order of the names.
pub(super) fn distinct(role: Role, names: &[&str]) -> Vec<Identifier> {
    let mut ordered: Vec<(usize, &str)> = names.iter().copied().enumerate().collect();
    ordered.sort_by_key(|(index, name)| (*name, *index));
    let mut taken: BTreeSet<String> = names.iter().map(|name| role.natural(name)).collect();
    let mut own: BTreeSet<String> = BTreeSet::new();
    let mut given: Vec<(usize, Identifier)> = Vec::with_capacity(names.len());
    for (index, name) in ordered {
        let natural = role.natural(name);
        let word = if own.insert(natural.clone()) {
            natural
        } else {
            let free = (2_u32..)
                .map(|number| with_number(role, &natural, number))
                .find(|word| !taken.contains(word))
                .unwrap_or_else(|| natural.clone());
            taken.insert(free.clone());
            free
        };
        given.push((index, Identifier::new(word)));
    }
    given.sort_by_key(|(index, _)| *index);
    given.into_iter().map(|(_, identifier)| identifier).collect()
}

fn with_number(role: Role, word: &str, number: u32) -> String {
    let ends_with_digit = word.ends_with(|last: char| last.is_ascii_digit());
    let glue = if ends_with_digit || !role.is_type_like() { "_" } else { "" };
    format!("{}{glue}{number}", word.trim_end_matches('_'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Identifier, Role, Scope, distinct};

    fn named(role: Role, names: &[&str]) -> Vec<String> {
        distinct(role, names).iter().map(|identifier| identifier.as_str().to_owned()).collect()
    }

    #[test]
    fn keywords_are_raw_and_path_keywords_are_suffixed() {
        assert_eq!(named(Role::Field, &["Type", "Self", "Crate"]), ["r#type", "self_", "crate_"]);
        assert_eq!(named(Role::Value, &["Self", "Unknown"]), ["SelfValue", "UnknownValue"]);
    }

    #[test]
    fn digits_first_get_a_word_before_them() {
        assert_eq!(named(Role::Field, &["3dModel"]), ["field_3d_model"]);
        assert_eq!(named(Role::Value, &["404", "1.0"]), ["Value404", "Value1_0"]);
    }

    #[test]
    fn builder_methods_are_no_parameters() {
        assert_eq!(named(Role::Parameter, &["Build", "Send", "Client"]), ["build_", "send_", "client_"]);
        assert_eq!(named(Role::Field, &["Build"]), ["build"]);
    }

    #[test]
    fn casing_accidents_are_numbered_wherever_they_stand() {
        assert_eq!(named(Role::Field, &["url", "Url", "URL"]), ["url_3", "url_2", "url"]);
        assert_eq!(named(Role::Field, &["URL", "url", "Url"]), ["url", "url_3", "url_2"]);
    }

    #[test]
    fn a_number_is_never_taken_from_a_name_of_its_own() {
        assert_eq!(named(Role::Field, &["A", "a", "A_2"]), ["a", "a_3", "a_2"]);
    }

    #[test]
    fn types_of_the_prelude_are_not_shadowed() {
        assert_eq!(named(Role::Type, &["Option", "Vec", "3D"]), ["OptionType", "VecType", "Type3d"]);
    }

    #[test]
    fn the_first_free_candidate_is_claimed() {
        let mut scope = Scope::default();
        let claimed: Vec<_> =
            (0..4).map(|_| scope.claim(Role::Type, &["Item", "PageItem"])).map(|name| name.0).collect();
        assert_eq!(claimed, ["Item", "PageItem", "PageItem2", "PageItem3"]);
    }

    proptest! {
        #[test]
        fn identifiers_are_valid_and_distinct(names in prop::collection::vec(any::<String>(), 0..8)) {
            for role in [
                Role::Field, Role::Parameter, Role::Value, Role::ErrorCode, Role::Argument, Role::Operation,
                Role::TypeModule, Role::Type,
            ] {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let mut given = distinct(role, &names);
                for Identifier(word) in &given {
                    prop_assert!(syn::parse_str::<syn::Ident>(word).is_ok(), "{word}");
                }
                given.sort();
                given.dedup();
                prop_assert_eq!(given.len(), names.len());
            }
        }
    }
}
