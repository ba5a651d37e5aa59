//! An enum as the derives see it: documented variants, and the one for all other values.

use syn::{Data, DeriveInput, Variant};

use crate::problems::Problems;
use crate::structure::refuse_generics;

/// The variants of an enum, with the `#[unknown]` one apart.
pub(crate) struct Variants<'i> {
    pub(crate) documented: Vec<&'i Variant>,
    pub(crate) unknown: Option<&'i Variant>,
}

/// Returns the variants of an enum, and reports every mistake in their attributes.
pub(crate) fn variants<'i>(
    input: &'i DeriveInput,
    derive: &str,
    attribute: &str,
    problems: &mut Problems,
) -> Variants<'i> {
    refuse_generics(&input.generics, derive, problems);
    let mut variants = Variants { documented: Vec::new(), unknown: None };
    let Data::Enum(data) = &input.data else {
        problems.at(&input.ident, format_args!("`{derive}` is only for enums"));
        return variants;
    };
    for variant in &data.variants {
        let has = |name: &str| variant.attrs.iter().any(|attribute| attribute.path().is_ident(name));
        match (has(attribute), has("unknown"), variants.unknown) {
            (true, false, _) => variants.documented.push(variant),
            (false, true, None) => variants.unknown = Some(variant),
            (true, true, _) => {
                problems.at(
                    &variant.ident,
                    format_args!("give either `#[{attribute}(…)]` or `#[unknown]`, not both"),
                );
            }
            (false, true, Some(first)) => {
                problems.at(&variant.ident, format_args!("`{}` already is `#[unknown]`", first.ident));
            }
            (false, false, _) => {
                problems.at(&variant.ident, format_args!("add `#[{attribute}(\"…\")]` or `#[unknown]`"));
            }
        }
        if let Some((_, value)) = &variant.discriminant {
            problems.at(value, format_args!("`{derive}` does not take discriminants; remove it"));
        }
    }
    if variants.unknown.is_none() {
        problems.at(
            &input.ident,
            format_args!("add a variant with `#[unknown]`, which holds values that are not documented"),
        );
    }
    if let Some(variant) = variants.unknown {
        for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("unknown")) {
            problems.take(attribute.meta.require_path_only().map(|_| ()));
        }
    }
    variants
}
