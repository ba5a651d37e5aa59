//! Layer 3: credentials, the trait of their providers, and its error.

pub(crate) mod chain;
pub(crate) mod credentials;
pub(crate) mod error;
pub(crate) mod provider;
pub(crate) mod variables;
