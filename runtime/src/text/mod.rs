//! Layer 1: times, nonces, encodings. They use no other layer.

pub(crate) mod cause;
pub(crate) mod clock;
pub(crate) mod future;
#[cfg(feature = "client")]
pub(crate) mod nonce;
pub mod percent;
pub(crate) mod redacted;
pub(crate) mod seconds;
pub(crate) mod skew;
pub(crate) mod unix_millis;
