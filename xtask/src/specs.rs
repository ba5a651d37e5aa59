//! The specs that lie on disk, before a run changes them.

use std::collections::BTreeMap;
use std::fmt;

use ccc_spec::ir;
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
