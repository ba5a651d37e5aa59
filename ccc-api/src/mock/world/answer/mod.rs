//! The data of responses, built from the state of a call centre. It may have more fields than an operation documents: the
//! endpoint leaves out the rest.

pub(super) mod contexts;
pub(super) mod directory;
pub(super) mod figures;
pub(super) mod records;
pub(super) mod states;
