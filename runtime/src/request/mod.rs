//! Layer 4: where a request goes, and the signed request itself.

pub(crate) mod config_error;
pub(crate) mod endpoint;
pub(crate) mod prepare;
