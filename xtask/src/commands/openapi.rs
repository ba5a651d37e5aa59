//! `cargo xtask openapi`: writes a product as an OpenAPI document, for other languages and for tools.

use std::path::{Path, PathBuf};

use ccc_spec::manifest::Manifest;
use ccc_spec::model::ProductSpec;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::files::{OutputFolder, write_output};
use crate::products::Products;
use crate::specs::{ProductKey, Specs};
use crate::terminal::{Terminal, counted, visible};
use crate::workspace::{SPECS, Workspace};

/// Write a product as an OpenAPI 3.1 document
///
/// Writes the operations of a product as they are sent, with their parameters, responses, refusals and documentation, and
/// the types that they share as schemas. It reads the specs below spec/ir, as `regen` wrote them, and the product's
/// manifest below spec/products. The document explains its conventions in `info.description`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  the document was written
  2  the command line is wrong
  3  no product or several products match, a spec or manifest cannot be read, or the file system refused

Examples:
  cargo xtask openapi --out ccc.json
  cargo xtask openapi --product CCC | less")]
pub(crate) struct Args {
    /// The product, if the workspace has several
    #[arg(long, value_name = "CODE")]
    product: Option<String>,

    /// The version of its API, if the workspace has several
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,

    /// Where to write it, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &Args, workspace: &Workspace, terminal: Terminal) -> Result<Exit, Failure> {
    let specs = read(workspace)?;
    let (key, spec) = args.choose(&specs)?;
    let document = document(workspace, &specs, key, spec)?;
    match &args.out {
        None => terminal.print_exact(&document)?,
        Some(out) => {
            write_output(out, document.as_bytes())?;
            terminal.print(&format!(
                "{}: {key} with {} in {}\n",
                out.display(),
                counted(spec.operations.len(), "operation"),
                counted(document.len(), "byte"),
            ))?;
        }
    }
    Ok(Exit::Fine)
}

/// Writes the document of the product with this code and version.
#[cfg(feature = "endpoint")]
pub(crate) fn of_product(workspace: &Workspace, code: &str, version: &str) -> Result<String, Failure> {
    let specs = read(workspace)?;
    let args = Args { product: Some(code.to_owned()), version: Some(version.to_owned()), out: None };
    let (key, spec) = args.choose(&specs)?;
    document(workspace, &specs, key, spec)
}

fn read(workspace: &Workspace) -> Result<Specs, Failure> {
    Ok(Specs::parse(&OutputFolder::new(workspace.root(), SPECS, &["json"]).read()?))
}

fn document(
    workspace: &Workspace,
    specs: &Specs,
    key: &ProductKey,
    spec: &ProductSpec,
) -> Result<String, Failure> {
    // A document that lacks an operation would look complete.
    let own = format!("{}/", key.folder());
    if let Some((path, reason)) = specs.damaged.iter().find(|(path, _)| path.starts_with(&own)) {
        return Err(refused(&format!("{SPECS}/{path}"), reason));
    }
    let manifest = manifest(&Products::read(workspace)?, key, spec)?;
    ccc_codegen::openapi(&manifest, spec).map_err(|why| refused(&key.to_string(), &why.to_string()))
}

impl Args {
    /// Selects the product that was asked for, or the only one.
    fn choose<'a>(&self, specs: &'a Specs) -> Result<(&'a ProductKey, &'a ProductSpec), Failure> {
        let is_wanted = |key: &ProductKey| {
            self.product.as_deref().is_none_or(|code| code.to_lowercase() == key.product)
                && self.version.as_deref().is_none_or(|version| version == key.version)
        };
        let listed =
            |keys: &[&ProductKey]| keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let wanted: Vec<_> = specs.products.iter().filter(|(key, _)| is_wanted(key)).collect();
        match wanted.as_slice() {
            [only] => Ok(*only),
            [] if specs.products.is_empty() => {
                Err(refused(SPECS, "there is no product; write the specs with `cargo xtask regen`"))
            }
            [] => {
                let known = listed(&specs.products.keys().collect::<Vec<_>>());
                Err(refused(
                    SPECS,
                    &format!(
                        "there is no such product; name one of these with --product and --version: {known}"
                    ),
                ))
            }
            several => {
                let found = listed(&several.iter().map(|(key, _)| *key).collect::<Vec<_>>());
                Err(refused(
                    SPECS,
                    &format!("there are several products ({found}); choose with --product and --version"),
                ))
            }
        }
    }
}

/// Returns the manifest of a product, or the default for products without one.
fn manifest(products: &Products, key: &ProductKey, spec: &ProductSpec) -> Result<Manifest, Failure> {
    // A manifest that cannot be read may be the product's.
    if let Some(damaged) = products.iter().find(|product| product.is_damaged()) {
        return Err(refused(&damaged.file, "has an error, which `cargo xtask regen` shows"));
    }
    let code = spec.operations.first().map_or(key.product.as_str(), |operation| operation.product.as_str());
    Ok(products.manifest(key).cloned().unwrap_or_else(|| Manifest::undescribed(code, &key.version)))
}

fn refused(what: &str, why: &str) -> Failure {
    Failure::refused(Path::new(what), visible(why))
}
