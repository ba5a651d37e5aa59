//! Builds the texts that are signed, and signs them.

pub mod acs3;
pub(crate) mod canonical;
mod compare;
mod keys;
pub mod v1;

pub use canonical::canonical_query;
pub use compare::{SignatureMismatch, SignedText};
pub(crate) use keys::SigningKeys;
