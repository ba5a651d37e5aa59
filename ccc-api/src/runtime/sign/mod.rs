//! Signing: from parameters, credentials, a time and a nonce to the request on the wire, all of it pure.

pub mod acs3;
mod canonical;
mod compare;
mod keys;
pub mod percent;
mod prepare;
pub mod v1;

pub use canonical::canonical_query;
pub use compare::{SignatureMismatch, SignedText};
pub(crate) use keys::SigningKeys;
pub(crate) use prepare::prepare_with;
pub use prepare::{Method, SignatureScheme, Unsigned, prepare};

pub use super::clock::{parse_timestamp, timestamp};
