//! Tests that every sensitive field of the spec is marked in the generated source, so that the derives keep it out of
//! Debug, logs and errors.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ccc_spec::ir;
use ccc_spec::model::{Encoding, Field, Operation, Sensitivity, Shape};
use ccc_spec::naming::pascal;
use syn::{Attribute, Item, ItemStruct, Type};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/ir/ccc/2020-07-01");
const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ccc-api/src/generated");

fn files(folder: impl AsRef<Path>) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

/// Reads the generated structures, by name.
fn structures() -> BTreeMap<String, ItemStruct> {
    let mut structures = BTreeMap::new();
    for folder in ["operation", "types"] {
        for path in files(Path::new(SOURCE).join(folder)) {
            let file = syn::parse_file(&fs::read_to_string(path).expect("source")).expect("Rust");
            structures.extend(file.items.into_iter().filter_map(|item| match item {
                Item::Struct(item) => Some((item.ident.to_string(), item)),
                _ => None,
            }));
        }
    }
    structures
}

/// The attribute of a field.
#[derive(Default)]
struct Marks {
    name: Option<String>,
    sensitive: bool,
    secret: bool,
}

fn marks(attributes: &[Attribute]) -> Marks {
    let mut marks = Marks::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("field")) {
        attribute
            .parse_nested_meta(|meta| {
                if meta.path.is_ident("name") {
                    marks.name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
                } else if meta.path.is_ident("sensitive") {
                    marks.sensitive = true;
                } else if meta.path.is_ident("secret") {
                    (marks.sensitive, marks.secret) = (true, true);
                } else if meta.input.peek(syn::Token![=]) {
                    meta.value()?.parse::<syn::Expr>()?;
                }
                Ok(())
            })
            .expect("an attribute of the derives");
    }
    marks
}

/// Returns the name of the innermost type, inside all containers.
fn innermost(ty: &Type) -> String {
    let Type::Path(path) = ty else { return String::new() };
    let Some(last) = path.path.segments.last() else { return String::new() };
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.last() {
            Some(syn::GenericArgument::Type(inner)) => innermost(inner),
            _ => String::new(),
        },
        _ => last.ident.to_string(),
    }
}

/// Compares fields of the spec with the structure that is generated from them.
struct Comparison<'a> {
    structures: &'a BTreeMap<String, ItemStruct>,
    types: &'a BTreeMap<String, Shape>,
    compared: BTreeSet<String>,
    sensitive: usize,
}

impl Comparison<'_> {
    fn compare(&mut self, fields: &[Field], structure: &str) {
        if !self.compared.insert(structure.to_owned()) {
            return;
        }
        let item = self.structures.get(structure).expect(structure);
        for field in fields {
            let own = item.fields.iter().find(|own| wire_name(own) == field.name);
            let own = own
                .ok_or_else(|| format!("{structure} has no {}", field.name))
                .expect("the field is generated");
            let Marks { sensitive: is_marked, secret, .. } = marks(&own.attrs);
            let is_secret = field.sensitive == Some(Sensitivity::Secret);
            assert_eq!(secret, is_secret, "{structure}.{}: marked as a secret or not", field.name);
            if field.sensitive.is_some() {
                self.sensitive += 1;
                assert!(is_marked, "{structure}.{} is not marked", field.name);
            }
            let shape = match field.shape.core() {
                Shape::Shared { to } => self.types.get(to).expect(to),
                shape => shape,
            };
            if let Shape::Structure { fields, .. } = shape {
                let holds_sensitive = fields.iter().any(|field| field.sensitive.is_some());
                assert!(
                    is_marked || !holds_sensitive || field.encoding == Encoding::Flat,
                    "{structure}.{} is one text with sensitive values in it",
                    field.name
                );
                self.compare(fields, &innermost(&own.ty));
            }
        }
    }
}

fn wire_name(field: &syn::Field) -> String {
    let camel = |ident: &syn::Ident| {
        let words = ident.to_string();
        let words = words.trim_start_matches("r#").split('_');
        words
            .flat_map(|word| {
                let mut letters = word.chars();
                letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<Vec<_>>()
            })
            .collect()
    };
    marks(&field.attrs).name.unwrap_or_else(|| field.ident.as_ref().map(camel).unwrap_or_default())
}

#[test]
fn every_sensitive_field_of_the_spec_is_marked_in_the_source() {
    let read = |path: &PathBuf| fs::read_to_string(path).expect("a spec");
    let types: BTreeMap<String, Shape> = files(Path::new(SPEC).join("types"))
        .iter()
        .map(|path| ir::type_from_json(&read(path)).expect("a type"))
        .map(|shared| (shared.name, shared.shape))
        .collect();
    let operations: Vec<Operation> =
        files(SPEC).iter().map(|path| ir::from_json(&read(path)).expect("an operation")).collect();
    let structures = structures();
    let mut comparison =
        Comparison { structures: &structures, types: &types, compared: BTreeSet::new(), sensitive: 0 };
    for operation in &operations {
        comparison.compare(&operation.request, &pascal(&format!("{} Request", operation.action)));
        comparison.compare(&operation.response, &pascal(&format!("{} Response", operation.action)));
    }
    assert!(comparison.sensitive > 100, "only {} fields are sensitive", comparison.sensitive);
}
