//! Turns the spec into the source of a Rust client: spec, plan, tokens, formatted files. [`openapi()`] turns it into an
//! OpenAPI document.
//!
//! [`generate`] is a pure function: the same spec gives the same bytes, and the caller writes the files. Everything
//! that depends on the generated Rust is in this crate, including the [`report`] on the effects of a change for users.

mod emit;
mod format;
mod json;
mod openapi;
mod plan;
pub mod report;
mod text;
mod usage;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Operation, ProductSpec, Style};

pub use openapi::openapi;
pub use usage::{Construction, Usage};

/// A file of the generated client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GeneratedFile {
    /// Path below the folder of generated source, with `/` between its parts.
    pub path: String,
    /// The whole file.
    pub text: String,
}

/// The reason why operations cannot become a client.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// Two specs describe one operation.
    #[error("{action:?} has two specs; remove one of them")]
    DescribedTwice {
        /// The operation's name.
        action: String,
    },
    /// The operations belong to different products or versions. Each needs a client of its own.
    #[error(
        "{action:?} belongs to {found}, but the operations before it belong to {expected}; generate a client for each"
    )]
    OtherProduct {
        /// The operation's name.
        action: String,
        /// Product and version of the operations before it.
        expected: String,
        /// Product and version of the operation.
        found: String,
    },
    /// The operation is of the ROA style.
    #[error("{action:?} is a ROA operation; only RPC operations can be generated")]
    NotRpc {
        /// The operation's name.
        action: String,
    },
    /// The generator wrote invalid Rust, which is a bug of the generator.
    #[error("the generator wrote invalid Rust into {path} ({reason}); report this bug with the spec")]
    InvalidSource {
        /// The file.
        path: String,
        /// The message of the Rust parser.
        reason: String,
    },
}

/// Generates the source of a product that has no manifest, in the order of the files' paths.
///
/// ```
/// let files = ccc_codegen::generate(&ccc_spec::model::ProductSpec::default())?;
/// let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
/// assert!(paths.contains(&"operation/mod.rs"));
/// # Ok::<(), ccc_codegen::GenerateError>(())
/// ```
///
/// # Errors
///
/// See [`GenerateError`]: the operations do not fit into one client.
pub fn generate(spec: &ProductSpec) -> Result<Vec<GeneratedFile>, GenerateError> {
    check(&spec.operations)?;
    write(&plan::plan(spec))
}

/// Generates the source of a product that has a manifest, whose facts are in `product.rs`.
///
/// ```
/// use ccc_spec::manifest::Manifest;
/// use ccc_spec::model::ProductSpec;
///
/// let manifest = Manifest { code: "Bell".to_owned(), title: "Doorbells".to_owned(), ..Manifest::default() };
/// let files = ccc_codegen::generate_for(&manifest, &ProductSpec::default())?;
/// let product = files.iter().find(|file| file.path == "product.rs").map(|file| file.text.as_str());
/// assert!(product.unwrap_or_default().contains("pub struct Doorbells;"));
/// # Ok::<(), ccc_codegen::GenerateError>(())
/// ```
///
/// # Errors
///
/// The same as those of [`generate`].
pub fn generate_for(manifest: &Manifest, spec: &ProductSpec) -> Result<Vec<GeneratedFile>, GenerateError> {
    check(&spec.operations)?;
    write(&plan::plan_for(manifest, spec))
}

/// Returns the name of the type that stands for the product of a manifest in its client.
///
/// ```
/// use ccc_spec::manifest::Manifest;
///
/// let manifest = Manifest { title: "Doorbells of hotels".to_owned(), ..Manifest::default() };
/// assert_eq!(ccc_codegen::product_type(&manifest), "DoorbellsOfHotels");
/// ```
#[must_use]
pub fn product_type(manifest: &Manifest) -> String {
    plan::product_name(manifest)
}

fn write(plan: &plan::Plan) -> Result<Vec<GeneratedFile>, GenerateError> {
    let mut files = emit::files(plan).into_iter().map(format::format).collect::<Result<Vec<_>, _>>()?;
    files.push(emit::map(plan));
    files.sort();
    Ok(files)
}

fn check(operations: &[Operation]) -> Result<(), GenerateError> {
    let mut actions = BTreeSet::new();
    let product_of = |operation: &Operation| format!("{} {}", operation.product, operation.version);
    let expected = operations.first().map(product_of).unwrap_or_default();
    for operation in operations {
        let action = operation.action.clone();
        let found = product_of(operation);
        if operation.style != Style::Rpc {
            return Err(GenerateError::NotRpc { action });
        }
        if found != expected {
            return Err(GenerateError::OtherProduct { action, expected, found });
        }
        if !actions.insert(&operation.action) {
            return Err(GenerateError::DescribedTwice { action });
        }
    }
    Ok(())
}
