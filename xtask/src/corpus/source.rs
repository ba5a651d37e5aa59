//! Writes the files of a product's crate: the generated client, and a program that tests it on the pages' samples.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ccc_codegen::{Construction, Usage, generate_for};
use ccc_spec::link::link;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Operation, ProductSpec};

use super::cases::{self, Case, CaseKind};
use super::grouping::Product;
use crate::failure::Failure;
use crate::new_crate::library;

/// A crate to write, and its test cases.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// The crate's name.
    pub(crate) name: String,
    /// Its files, by path below its folder.
    pub(crate) files: BTreeMap<String, String>,
    /// The cases, by number.
    pub(crate) cases: Vec<Case>,
    /// The requests of the cases as Rust expressions, by number of the case.
    pub(crate) constructions: BTreeMap<usize, Construction>,
    /// Number of broken samples, which have no case.
    pub(crate) broken: usize,
}

/// File of the cases, below a crate's folder.
pub(crate) const CASES: &str = "cases.jsonl";

/// Generates all files of a product.
pub(crate) fn prepare(product: &Product) -> Result<Prepared, Failure> {
    let operations: Vec<Operation> =
        product.operations.iter().map(|(_, operation)| operation.clone()).collect();
    let spec = link(operations.clone(), &ProductSpec::default()).spec;
    let manifest = Manifest {
        crate_name: product.name.clone(),
        ..Manifest::undescribed(&product.key.product, &product.key.version)
    };
    let generated = generate_for(&manifest, &spec).map_err(|error| Failure::Refused {
        what: product.name.clone(),
        why: format!("cannot be generated: {error}"),
    })?;
    let usage = Usage::new(&spec);
    let (mut cases, mut broken) = (Vec::new(), 0);
    for (page, operation) in &product.operations {
        let mut samples = cases::cases(page, operation);
        broken += samples.broken;
        cases.append(&mut samples.cases);
    }
    let constructions: BTreeMap<usize, Construction> = cases
        .iter()
        .enumerate()
        .filter_map(|(id, case)| match &case.kind {
            CaseKind::Request { parameters } => Some((id, usage.request(&case.action, parameters)?)),
            CaseKind::Answer { .. } => None,
        })
        .collect();

    let mut files: BTreeMap<String, String> =
        generated.into_iter().map(|file| (format!("src/generated/{}", file.path), file.text)).collect();
    // Generated source must have no warnings, whatever the pages say.
    let strict = |(path, text): (String, String)| {
        let text = if path == "src/lib.rs" { format!("#![deny(warnings)]\n{text}") } else { text };
        (path, text)
    };
    files.extend(library(&manifest).into_iter().map(strict));
    files.insert("Cargo.toml".to_owned(), cargo_manifest(&product.name));
    files.insert("src/main.rs".to_owned(), main(&product.name, &operations, &usage, &constructions));
    let lines = cases.iter().enumerate().map(|(id, case)| format!("{}\n", case.line(id)));
    files.insert(CASES.to_owned(), lines.collect());
    Ok(Prepared { name: product.name.clone(), files, cases, constructions, broken })
}

fn cargo_manifest(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [features]\ndefault = [\"client\"]\nclient = []\n# Source asks for them; nothing switches them on.\nblocking = []\ndescription = []\nmock = []\n\n\
         [dependencies]\nacs-runtime = {{ workspace = true }}\n\
         harness = {{ workspace = true }}\nserde_json = {{ workspace = true }}\n"
    )
}

/// Writes the program: the response type of each action, and the requests of the cases.
fn main(
    name: &str,
    operations: &[Operation],
    usage: &Usage,
    constructions: &BTreeMap<usize, Construction>,
) -> String {
    let library = name.replace('-', "_");
    let mut source = format!(
        "//! Tries the client on the documented samples.\n\n#![allow(unused_imports, reason = \"a product without sample requests names no type\")]\n\n\
         use acs_runtime::response::Format;\nuse {library}::*;\nuse serde_json::Value;\n\n\
         fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    harness::run(answer, request)\n}}\n\n\
         fn answer(action: &str, format: Format, body: &[u8]) -> Value {{\n    match action {{\n"
    );
    for operation in operations {
        let Some(response) = usage.response(&operation.action) else { continue };
        let _ = writeln!(
            source,
            "        {:?} => harness::answer::<{library}::{response}>(format, body),",
            operation.action
        );
    }
    source.push_str(
        "        _ => Value::Null,\n    }\n}\n\nfn request(case: u64) -> Value {\n    match case {\n",
    );
    for (id, construction) in constructions {
        let _ = writeln!(source, "        {id} => harness::parameters(&{}),", construction.expression);
    }
    source.push_str("        _ => Value::Null,\n    }\n}\n");
    source
}
