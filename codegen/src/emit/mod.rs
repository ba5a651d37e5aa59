//! Writes the plan as tokens, with one module per kind of file. Nothing is decided here.

mod codes;
mod description;
mod error;
mod imports;
mod map;
mod module;
mod operation;
mod paging;
mod product;
mod types;

pub(crate) use imports::type_tokens;
use proc_macro2::TokenStream;
use quote::quote;

use crate::GeneratedFile;
use crate::plan::{Docs, Plan};
use crate::text::visible;

/// A file before it is formatted.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// Path below the folder of generated source.
    pub(crate) path: String,
    /// The sources of the file, as its header names them.
    pub(crate) sources: String,
    pub(crate) tokens: TokenStream,
}

/// Writes all files of a plan.
pub(crate) fn files(plan: &Plan) -> Vec<File> {
    let facts = &plan.facts;
    let all = spec_folder(&facts.code, &facts.version);
    let file = |path: &str, tokens| File { path: path.to_owned(), sources: all.clone(), tokens };
    let mut files = vec![
        file("mod.rs", module::root(plan)),
        file("operation/mod.rs", module::operations(plan)),
        file("operation/error_code.rs", codes::codes(plan)),
        file("descriptions/mod.rs", module::descriptions(plan)),
        file("types/mod.rs", module::types(plan)),
    ];
    let sources =
        format!("the manifest of {} {} in spec/products", visible(&facts.code), visible(&facts.version));
    files.push(File { path: "product.rs".to_owned(), sources, tokens: product::product(facts) });
    for shared in &plan.types {
        let sources = format!("{all}/types/{}.json", visible(&shared.spec_name));
        let path = format!("types/{}.rs", shared.module.unraw());
        files.push(File { path, sources, tokens: types::shared(shared) });
    }
    for operation in &plan.operations {
        let sources = spec_file(&operation.product, &operation.version, &operation.action);
        for (folder, tokens) in [
            ("operation/", operation::operation(operation, &plan.facts)),
            ("descriptions/", description::description(operation, &plan.areas)),
        ] {
            let path = format!("{folder}{}.rs", operation.name.unraw());
            files.push(File { path, sources: sources.clone(), tokens });
        }
    }
    files
}

/// Writes the list of operations, which is not Rust.
pub(crate) fn map(plan: &Plan) -> GeneratedFile {
    let text = map::map(plan, &spec_folder(&plan.facts.code, &plan.facts.version));
    GeneratedFile { path: "operations.md".to_owned(), text }
}

fn spec_folder(product: &str, version: &str) -> String {
    format!("spec/ir/{}/{}", visible(&product.to_lowercase()), visible(version))
}

fn spec_file(product: &str, version: &str, action: &str) -> String {
    format!("{}/{}.json", spec_folder(product, version), visible(action))
}

/// Writes doc comments.
fn docs(docs: &Docs) -> TokenStream {
    let lines = doc_lines(docs);
    quote!(#(#[doc = #lines])*)
}

/// Writes doc comments of the module that they are in.
fn module_docs(docs: &Docs) -> TokenStream {
    let lines = doc_lines(docs);
    quote!(#(#![doc = #lines])*)
}

fn doc_lines(docs: &Docs) -> Vec<String> {
    docs.0.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
}
