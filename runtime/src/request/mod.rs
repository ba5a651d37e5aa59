//! Layer 4: the endpoint, and the signed request.

pub(crate) mod config_error;
pub(crate) mod endpoint;
pub(crate) mod prepare;
