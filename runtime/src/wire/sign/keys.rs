//! Signing keys, made from a secret once and not for every signature.

use std::sync::OnceLock;

use super::{acs3, v1};

/// The keys of one secret. Each is made when its scheme first signs, and wiped from memory when it is dropped.
#[derive(Clone, Default)]
pub(crate) struct SigningKeys {
    acs3: OnceLock<acs3::Key>,
    v1: OnceLock<v1::Key>,
}

impl SigningKeys {
    pub(crate) fn acs3(&self, secret: &str) -> &acs3::Key {
        self.acs3.get_or_init(|| acs3::Key::new(secret))
    }

    pub(crate) fn v1(&self, secret: &str) -> &v1::Key {
        self.v1.get_or_init(|| v1::Key::new(secret))
    }
}
