//! The products of the workspace, read from their manifests.

use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::diagnostic::{self, Diagnostic, Level};
use ccc_spec::manifest::{Manifest, Reading};
use ccc_spec::model::Operation;

use crate::failure::Failure;
use crate::files::OutputFolder;
use crate::specs::ProductKey;
use crate::workspace::{MANIFESTS, Workspace};

/// Products that have a manifest.
#[derive(Debug, Default)]
pub(crate) struct Products {
    products: Vec<Product>,
}

/// A manifest of the workspace.
#[derive(Debug)]
pub(crate) struct Product {
    /// Path of the manifest below the workspace.
    pub(crate) file: String,
    /// Its content.
    pub(crate) reading: Reading,
    key: ProductKey,
}

impl Products {
    /// Reads every manifest of the workspace.
    pub(crate) fn read(workspace: &Workspace) -> Result<Self, Failure> {
        let files = OutputFolder::new(workspace.root(), MANIFESTS, &["toml"]).read()?;
        let products = files.iter().map(|(path, bytes)| Product::read(format!("{MANIFESTS}/{path}"), bytes));
        Ok(Self { products: products.collect() })
    }

    /// Iterates over all products, in the order of their files.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Product> {
        self.products.iter()
    }

    /// Finds the manifest of a product.
    pub(crate) fn manifest(&self, key: &ProductKey) -> Option<&Manifest> {
        self.iter().find(|product| product.key == *key).map(|product| &product.reading.manifest)
    }

    /// Lists manifests that describe a product a second time, each with the first.
    pub(crate) fn doubles(&self) -> Vec<(&Product, &Product)> {
        let mut known: BTreeMap<&ProductKey, &Product> = BTreeMap::new();
        let mut doubles = Vec::new();
        for product in self.iter().filter(|product| !product.is_damaged()) {
            match known.get(&product.key) {
                Some(first) => doubles.push((*first, product)),
                None => drop(known.insert(&product.key, product)),
            }
        }
        doubles
    }
}

impl Product {
    fn read(file: String, bytes: &[u8]) -> Self {
        let reading = Manifest::read(&file, bytes);
        let key = ProductKey::from_manifest(&reading.manifest);
        Self { file, reading, key }
    }

    /// Reports what is wrong with the manifest, compared with the operations of all products. A manifest that cannot be
    /// read whole is not compared.
    pub(crate) fn diagnostics(&self, operations: &BTreeMap<String, Operation>) -> Vec<Diagnostic> {
        let mut diagnostics = self.reading.diagnostics.clone();
        if !self.is_damaged() {
            let own =
                operations.values().filter(|operation| ProductKey::from_operation(operation) == self.key);
            let documented: BTreeSet<&str> = own.map(|operation| operation.action.as_str()).collect();
            diagnostics.extend(self.reading.manifest.check(&documented));
        }
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// Whether a part of it could not be read.
    pub(crate) fn is_damaged(&self) -> bool {
        self.reading.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }
}
