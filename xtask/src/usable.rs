//! Decides which pages a client can be generated for, and names the reason for the others.

use ccc_spec::Recovery;
use ccc_spec::model::{Operation, Style};

use crate::pages::Page;
use crate::specs::ProductKey;

/// A page without generated code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Aside {
    pub(crate) page: String,
    /// The product of its operation, if it documents one.
    pub(crate) key: Option<ProductKey>,
    pub(crate) reason: Reason,
}

/// The reason for generating nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// It documents an operation with resources and paths.
    Roa,
    /// Its parameters or fields cannot be read.
    Unread,
    /// It documents no operation.
    NoOperation,
}

impl Reason {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Roa => "ROA operation",
            Self::Unread => "unreadable fields",
            Self::NoOperation => "no operation",
        }
    }
}

/// Returns the operation of a page if a client can be generated for it.
pub(crate) fn operation(page: &Page, recovery: &Recovery) -> Result<Operation, Aside> {
    let key = recovery.operation.as_ref().map(ProductKey::from_operation);
    let aside = |reason| Aside { page: page.name.clone(), key, reason };
    match &recovery.operation {
        None => Err(aside(Reason::NoOperation)),
        Some(_) if recovery.lacks_fields() => Err(aside(Reason::Unread)),
        Some(operation) if operation.style != Style::Rpc => Err(aside(Reason::Roa)),
        Some(operation) => Ok(operation.clone()),
    }
}
