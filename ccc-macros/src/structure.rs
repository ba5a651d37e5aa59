//! A structure as the derives see it: fields with their names on the wire.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Fields, Generics, LitStr, Type};

use crate::attr::{FieldAttr, Range};
use crate::problems::{Problems, expand_type};

/// A field.
pub(crate) struct Field<'i> {
    pub(crate) ident: &'i Ident,
    pub(crate) ty: &'i Type,
    pub(crate) attributes: &'i [Attribute],
    /// The name on the wire.
    pub(crate) name: LitStr,
    pub(crate) sensitive: bool,
    pub(crate) secret: bool,
    pub(crate) body: bool,
    pub(crate) json: bool,
    pub(crate) text: bool,
    pub(crate) wrapper: Option<LitStr>,
    /// Bounds of a number.
    pub(crate) range: Option<Range>,
}

/// Expands a derive for structures. Its stub is the expansion without fields.
pub(crate) fn derive_structure(
    input: TokenStream,
    derive: &str,
    expand: impl Fn(&DeriveInput, &[Field<'_>]) -> TokenStream,
) -> TokenStream {
    expand_type(input, |input, problems| {
        let fields = fields(input, derive, problems);
        let stub = if input.generics.params.is_empty() { expand(input, &[]) } else { TokenStream::new() };
        (Some(expand(input, &fields)), stub)
    })
}

/// Returns the fields of a structure, and reports every mistake in it.
pub(crate) fn fields<'i>(input: &'i DeriveInput, derive: &str, problems: &mut Problems) -> Vec<Field<'i>> {
    refuse_generics(&input.generics, derive, problems);
    let Data::Struct(data) = &input.data else {
        problems.at(&input.ident, format_args!("`{derive}` is only for structures with named fields"));
        return Vec::new();
    };
    let named = match &data.fields {
        Fields::Named(named) => &named.named,
        Fields::Unit => return Vec::new(),
        Fields::Unnamed(_) => {
            problems.at(&input.ident, format_args!("`{derive}` is only for structures with named fields"));
            return Vec::new();
        }
    };
    let mut seen: HashMap<String, &Ident> = HashMap::new();
    let mut fields = Vec::new();
    for field in named {
        let Some(ident) = &field.ident else { continue };
        let FieldAttr { name, sensitive, secret, body, json, text, wrapper, min, max } =
            read_attr(&field.attrs, ident, problems);
        let Some(name) = name else { continue };
        if let Some(first) = seen.insert(name.value(), ident) {
            problems.at(&name, format_args!("`{first}` already has this name"));
        }
        let range = (min.is_some() || max.is_some()).then_some(Range { min, max });
        let (ty, attributes) = (&field.ty, field.attrs.as_slice());
        fields.push(Field {
            ident,
            ty,
            attributes,
            name,
            sensitive,
            secret,
            body,
            json,
            text,
            wrapper,
            range,
        });
    }
    fields
}

fn read_attr(attributes: &[Attribute], ident: &Ident, problems: &mut Problems) -> FieldAttr {
    let mut own = Problems::default();
    let mut attr = FieldAttr::read(attributes, &mut own);
    // After a mistake in the attribute, the name may have been lost.
    if attr.name.is_none() && own.is_empty() {
        attr.name = Some(LitStr::new(&camel(&ident.unraw().to_string()), ident.span()));
    }
    problems.append(own);
    attr
}

/// Converts `instance_id` to `InstanceId`.
pub(crate) fn camel(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut rest = word.chars();
            let first = rest.next().into_iter().flat_map(char::to_uppercase);
            first.chain(rest).collect::<Vec<_>>()
        })
        .collect()
}

/// Reports generic parameters, which generated types never have.
pub(crate) fn refuse_generics(generics: &Generics, derive: &str, problems: &mut Problems) {
    if !generics.params.is_empty() {
        problems.at(generics, format_args!("`{derive}` does not take generic types"));
    }
}
