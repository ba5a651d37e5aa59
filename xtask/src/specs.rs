//! The specs that lie on disk, before a run changes them.

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
    /// Operations that can be read, by path below the folder of specs, every type written out in them.
    pub(crate) readable: BTreeMap<String, Operation>,
    /// The same as they are on disk, with the types they refer to.
    pub(crate) products: BTreeMap<ProductKey, ProductSpec>,
    /// Files that cannot be read, with the reason: edited by hand, cut off, written by another version.
    pub(crate) damaged: BTreeMap<String, String>,
}

impl Specs {
    /// Reads every file; one that is no spec is kept apart with the reason.
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

/// The product's folder, if the path is that of a shared type.
fn folder_of_type(path: &str) -> Option<&str> {
    let (folder, _) = path.rsplit_once('/')?;
    folder.strip_suffix(TYPES)?.strip_suffix('/')
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
    pub(crate) fn from_operation(operation: &Operation) -> Self {
        Self::new(&operation.product, &operation.version)
    }

    /// The key of a manifest's product.
    pub(crate) fn from_manifest(manifest: &Manifest) -> Self {
        Self::new(&manifest.code, &manifest.version)
    }

    /// Folder of the product's spec, below that of all specs: `ccc/2020-07-01`. Versions come from pages; nothing of one may
    /// lead out of the folder.
    pub(crate) fn folder(&self) -> String {
        let plain = |text: &str| text.replace(|c: char| matches!(c, '/' | '\\' | ':') || c.is_control(), "-");
        format!("{}/{}", plain(&self.product), plain(&self.version))
    }

    /// File of a shared type, below the folder of all specs.
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

/// What tells one operation from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OperationKey {
    product: String,
    version: String,
    action: String,
}

impl OperationKey {
    /// The key of an operation.
    pub(crate) fn from_operation(operation: &Operation) -> Self {
        Self {
            product: operation.product.clone(),
            version: operation.version.clone(),
            action: operation.action.clone(),
        }
    }

    /// Whether it is the key of that operation of that product.
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
