//! Derives for `ccc-api`.
