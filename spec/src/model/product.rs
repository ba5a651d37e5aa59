//! The spec of a product: its operations, and the types they share.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Field, Operation, Shape};

/// The operations of one product and version, and the types that they share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductSpec {
    /// Sorted by action, each action once.
    pub operations: Vec<Operation>,
    /// Sorted by name. Every [`Shape::Shared`] of the operations, and of the types themselves, names one of them; no
    /// type contains itself.
    pub types: Vec<SharedType>,
}

/// A structure or an enum under a name of its own, to which operations refer with [`Shape::Shared`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedType {
    /// Its name, e.g. `UserContext`; unique in the product, even if case is ignored.
    pub name: String,
    /// The name that pages use: `name` in the page's own spelling.
    pub called: String,
    /// The operations that refer to it, directly or through other types; sorted.
    pub operations: Vec<String>,
    /// The description of the first field that holds it, as plain text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The description in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub english: String,
    /// A structure, or a text with documented values.
    #[serde(flatten)]
    pub shape: Shape,
}

impl ProductSpec {
    /// Returns the type of that name.
    ///
    /// ```
    /// assert_eq!(ccc_spec::model::ProductSpec::default().shared("UserContext"), None);
    /// ```
    #[must_use]
    pub fn shared(&self, name: &str) -> Option<&SharedType> {
        let at = self.types.binary_search_by(|known| known.name.as_str().cmp(name)).ok()?;
        self.types.get(at)
    }

    /// Returns the names of the types that requests carry.
    #[must_use]
    pub fn types_of_requests(&self) -> BTreeSet<&str> {
        self.types_of(self.operations.iter().flat_map(|operation| &operation.request))
    }

    /// Returns the names of the types that some fields refer to, directly or through other types.
    pub fn types_of<'a>(&'a self, fields: impl IntoIterator<Item = &'a Field>) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Shape> = fields.into_iter().map(|field| &field.shape).collect();
        while let Some(shape) = open.pop() {
            match shape.core() {
                Shape::Shared { to } if found.insert(to.as_str()) => {
                    open.extend(self.shared(to).map(|shared| &shared.shape));
                }
                Shape::Structure { fields, .. } => open.extend(fields.iter().map(|field| &field.shape)),
                _ => {}
            }
        }
        found
    }
}

/// Direction of a field. Structures of requests and of responses are different types, because different fields are
/// optional.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The request.
    Request,
    /// The response.
    Response,
}
