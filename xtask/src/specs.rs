//! The specs that lie on disk, before a run changes them.

use std::collections::BTreeMap;
use std::fmt;

use ccc_spec::ir;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::Operation;

/// Specs by path below the folder of specs.
#[derive(Debug, Default)]
pub(crate) struct Specs {
    /// Those that can be read.
    pub(crate) readable: BTreeMap<String, Operation>,
    /// Those that cannot, with the reason: edited by hand, cut off, written by another version.
    pub(crate) damaged: BTreeMap<String, String>,
}

impl Specs {
    /// Reads every file; one that is no spec is kept apart with the reason.
    pub(crate) fn parse(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut specs = Self::default();
        for (path, bytes) in files {
            match parse(bytes) {
                Ok(operation) => specs.readable.insert(path.clone(), operation).map(drop),
                Err(reason) => specs.damaged.insert(path.clone(), reason).map(drop),
            };
        }
        specs
    }
}

fn parse(bytes: &[u8]) -> Result<Operation, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    ir::from_json(text).map_err(|error| error.to_string())
}

/// What has a client of its own: a product in one of its versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ProductKey {
    /// The product's code in small letters, since pages spell it in several ways.
    pub(crate) product: String,
    /// The version of its API.
    pub(crate) version: String,
}

impl ProductKey {
    /// The key of a code, however that is spelled, and a version.
    pub(crate) fn new(code: &str, version: &str) -> Self {
        Self { product: code.to_lowercase(), version: version.to_owned() }
    }

    /// The key of an operation's product.
    pub(crate) fn of(operation: &Operation) -> Self {
        Self::new(&operation.product, &operation.version)
    }

    /// The key of a manifest's product.
    pub(crate) fn of_manifest(manifest: &Manifest) -> Self {
        Self::new(&manifest.code, &manifest.version)
    }

    /// The crate of the product's client where no manifest names it. Codes come from pages; nothing of one may lead out of
    /// the workspace.
    pub(crate) fn default_crate(&self) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        format!("{}-api", self.product.chars().map(plain).collect::<String>())
    }
}

/// `ccc 2020-07-01`.
impl fmt::Display for ProductKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.product, self.version)
    }
}

/// What tells one operation from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OperationKey {
    product: String,
    version: String,
    action: String,
}

impl OperationKey {
    /// The key of an operation.
    pub(crate) fn of(operation: &Operation) -> Self {
        Self {
            product: operation.product.clone(),
            version: operation.version.clone(),
            action: operation.action.clone(),
        }
    }
}

/// `CCC 2020-07-01 MakeCall`.
impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.product, self.version, self.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_product_leads_nowhere_else() {
        assert_eq!(ProductKey::new("CCC", "2020-07-01").default_crate(), "ccc-api");
        assert_eq!(ProductKey::new("../../Etc/x", "1").default_crate(), "------etc-x-api");
    }
}
