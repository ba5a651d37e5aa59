//! Options, lists and maps, recognised by the name of a field's type.

use syn::{GenericArgument, PathArguments, Type};

/// Returns `T` of `Option<T>`.
pub(crate) fn inside_option(ty: &Type) -> Option<&Type> {
    match arguments(ty, "Option")?.as_slice() {
        [inside] => Some(inside),
        _ => None,
    }
}

/// Returns `T` of `Vec<T>`.
pub(crate) fn inside_vec(ty: &Type) -> Option<&Type> {
    match arguments(ty, "Vec")?.as_slice() {
        [inside] => Some(inside),
        _ => None,
    }
}

/// Returns `K` and `V` of `BTreeMap<K, V>`.
pub(crate) fn inside_map(ty: &Type) -> Option<(&Type, &Type)> {
    match arguments(ty, "BTreeMap")?.as_slice() {
        [key, value] => Some((key, value)),
        _ => None,
    }
}

fn arguments<'t>(ty: &'t Type, name: &str) -> Option<Vec<&'t Type>> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let types = arguments.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}
