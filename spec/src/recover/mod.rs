//! From blocks to the spec: sections, tables, samples, facts.

pub mod declared;
pub mod row;
