//! The endpoint with a call centre that remembers behind it.

mod records;
