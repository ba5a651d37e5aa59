//! Layer 3: credentials as values, what a provider of them is, and what can go wrong with one.

pub(crate) mod chain;
pub(crate) mod credentials;
pub(crate) mod error;
pub(crate) mod provider;
pub(crate) mod variables;
