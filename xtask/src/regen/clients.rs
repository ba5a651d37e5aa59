//! Generates the clients, one crate for each product and version.

use std::collections::BTreeMap;

use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Operation, ProductSpec, Style};

use super::problem::Problem;
use crate::products::Products;
use crate::specs::{ProductKey, Specs};
use crate::workspace::generated;

/// The source of a client.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Client {
    /// The folder of its generated source, below the workspace.
    pub(crate) folder: String,
    /// The files, by path below that folder.
    pub(crate) files: BTreeMap<String, String>,
    /// The product, if no manifest names its crate.
    pub(crate) unnamed: Option<ProductKey>,
}

/// Generates the clients of all products: those with a manifest, those of the linked operations, and, with no files, those
/// that no page documents any more.
pub(crate) fn clients(
    products: &Products,
    before: &Specs,
    specs: &BTreeMap<ProductKey, ProductSpec>,
) -> Result<Vec<Client>, Problem> {
    let with_manifest = products.iter().map(|product| ProductKey::from_manifest(&product.reading.manifest));
    let none = ProductSpec::default();
    let mut wanted: BTreeMap<ProductKey, &ProductSpec> = with_manifest.map(|key| (key, &none)).collect();
    wanted.extend(specs.iter().map(|(key, spec)| (key.clone(), spec)));
    let mut owners: BTreeMap<String, ProductKey> = BTreeMap::new();
    let mut clients = Vec::new();
    for (key, spec) in wanted {
        let manifest = products.manifest(&key);
        let folder = folder(&key, manifest);
        let files = source(manifest, spec)?;
        if let Some(first) = owners.insert(folder.clone(), key.clone()) {
            return Err(Problem::SharedCrate { folder, first, second: key });
        }
        let unnamed = manifest.is_none().then_some(key);
        clients.push(Client { folder, files, unnamed });
    }
    for operation in before.readable.values().filter(|operation| is_rpc(operation)) {
        let key = ProductKey::from_operation(operation);
        let folder = folder(&key, products.manifest(&key));
        if !owners.contains_key(&folder) {
            owners.insert(folder.clone(), key);
            clients.push(Client { folder, files: BTreeMap::new(), unnamed: None });
        }
    }
    Ok(clients)
}

/// Whether clients are generated for the operation's style.
pub(crate) fn is_rpc(operation: &Operation) -> bool {
    operation.style == Style::Rpc
}

fn folder(key: &ProductKey, manifest: Option<&Manifest>) -> String {
    match manifest {
        Some(manifest) => generated(&manifest.crate_name),
        None => generated(&Manifest::undescribed(&key.product, &key.version).crate_name),
    }
}

fn source(manifest: Option<&Manifest>, spec: &ProductSpec) -> Result<BTreeMap<String, String>, Problem> {
    let files = match manifest {
        Some(manifest) => ccc_codegen::generate_for(manifest, spec),
        None => ccc_codegen::generate(spec),
    };
    match files {
        Ok(files) => Ok(files.into_iter().map(|file| (file.path, file.text)).collect()),
        Err(error) => Err(Problem::Generator { reason: error.to_string() }),
    }
}
