//! Layer 2: writes parameters and signed texts, reads responses. Pure: no I/O.

pub(crate) mod builder;
pub(crate) mod codes;
pub(crate) mod decode;
pub(crate) mod excerpt;
pub(crate) mod open_enum;
pub(crate) mod parameters;
pub(crate) mod record;
pub(crate) mod redact;
pub(crate) mod scrub;
pub(crate) mod sign;
