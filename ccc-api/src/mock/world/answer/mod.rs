//! The state of a call centre as responses show it. More may be given than one operation documents: the endpoint leaves out
//! the rest.

pub(super) mod contexts;
pub(super) mod directory;
pub(super) mod figures;
pub(super) mod records;
pub(super) mod states;
