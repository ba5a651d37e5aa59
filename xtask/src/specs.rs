//! The specs on disk, before a run changes them.

use std::collections::BTreeMap;
use std::fmt;

use ccc_spec::ir::{self, IrError};
use ccc_spec::link;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Operation, ProductSpec, SharedType};

/// Folder of the types that the operations of a product share, below the product's.
const TYPES: &str = "types";

/// Specs on disk.
#[derive(Debug, Default)]
pub(crate) struct Specs {
    /// Operations by path below the folder of specs, with every shared type written out.
    pub(crate) readable: BTreeMap<String, Operation>,
    /// The same operations as they are on disk, with the types they refer to.
    pub(crate) products: BTreeMap<ProductKey, ProductSpec>,
    /// Files that cannot be read, each with the reason.
    pub(crate) damaged: BTreeMap<String, String>,
}

impl Specs {
    /// Parses every file. One that is no spec goes to `damaged`.
    pub(crate) fn parse(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut specs = Self::default();
        let mut types: BTreeMap<&str, Vec<SharedType>> = BTreeMap::new();
        for (path, bytes) in files {
            let read = match folder_of_type(path) {
                Some(folder) => parse(bytes, ir::type_from_json)
                    .map(|shared| types.entry(folder).or_default().push(shared)),
                None => parse(bytes, ir::from_json)
                    .map(|operation| drop(specs.readable.insert(path.clone(), operation))),
            };
            if let Err(reason) = read {
                specs.damaged.insert(path.clone(), reason);
            }
        }
        for operation in specs.readable.values() {
            let key = ProductKey::from_operation(operation);
            specs.products.entry(key).or_default().operations.push(operation.clone());
        }
        for (key, spec) in &mut specs.products {
            spec.operations.sort_by(|one, other| one.action.cmp(&other.action));
            spec.types = types.remove(key.folder().as_str()).unwrap_or_default();
            spec.types.sort_by(|one, other| one.name.cmp(&other.name));
        }
        for operation in specs.readable.values_mut() {
            if let Some(spec) = specs.products.get(&ProductKey::from_operation(operation)) {
                *operation = link::expand(spec, operation);
            }
        }
        specs
    }
}

fn parse<T>(bytes: &[u8], read: fn(&str) -> Result<T, IrError>) -> Result<T, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    read(text).map_err(|error| error.to_string())
}

/// Returns the product's folder if the path is that of a shared type.
fn folder_of_type(path: &str) -> Option<&str> {
    let (folder, _) = path.rsplit_once('/')?;
    folder.strip_suffix(TYPES)?.strip_suffix('/')
}

/// Identifies a client: a product in one of its versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ProductKey {
    /// The product's code in lower case, because pages spell it in several ways.
    pub(crate) product: String,
    /// The version of its API.
    pub(crate) version: String,
}

impl ProductKey {
    /// Makes a key of a code, in any case, and a version.
    pub(crate) fn new(code: &str, version: &str) -> Self {
        Self { product: code.to_lowercase(), version: version.to_owned() }
    }

    /// Returns the key of an operation's product.
    pub(crate) fn from_operation(operation: &Operation) -> Self {
        Self::new(&operation.product, &operation.version)
    }

    /// Returns the key of a manifest's product.
    pub(crate) fn from_manifest(manifest: &Manifest) -> Self {
        Self::new(&manifest.code, &manifest.version)
    }

    /// Returns the folder of the product's spec, below that of all specs: `ccc/2020-07-01`. Versions come from pages, so
    /// characters that could leave the folder are replaced.
    pub(crate) fn folder(&self) -> String {
        let plain = |text: &str| text.replace(|c: char| matches!(c, '/' | '\\' | ':') || c.is_control(), "-");
        format!("{}/{}", plain(&self.product), plain(&self.version))
    }

    /// Returns the file of a shared type, below the folder of all specs.
    pub(crate) fn type_path(&self, name: &str) -> String {
        format!("{}/{TYPES}/{name}.json", self.folder())
    }
}

/// `ccc 2020-07-01`.
impl fmt::Display for ProductKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.product, self.version)
    }
}

/// Identifies an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OperationKey {
    product: String,
    version: String,
    action: String,
}

impl OperationKey {
    /// Returns the key of an operation.
    pub(crate) fn from_operation(operation: &Operation) -> Self {
        Self {
            product: operation.product.clone(),
            version: operation.version.clone(),
            action: operation.action.clone(),
        }
    }

    /// Whether this is the operation `action` of `product`.
    pub(crate) fn is(&self, product: &ProductKey, action: &str) -> bool {
        ProductKey::new(&self.product, &self.version) == *product && self.action == action
    }
}

/// `CCC 2020-07-01 MakeCall`.
impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.product, self.version, self.action)
    }
}
