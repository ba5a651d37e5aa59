//! From blocks to the spec: sections, tables, samples, facts.

mod contradiction;
pub mod declared;
pub mod fields;
pub mod nest;
pub mod row;
