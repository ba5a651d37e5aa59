//! The intermediate spec of Alibaba Cloud RPC operations: the content of a documentation page, as data.
//!
//! [`model`] is the spec itself, the contract between the front end that recovers it from pages and
//! everything that is built from it.

pub mod diagnostic;
pub mod diff;
pub mod explain;
pub mod ir;
pub mod link;
pub mod manifest;
pub mod model;
pub mod naming;
pub mod overlay;
pub mod page;
pub mod paths;
pub mod recover;
pub mod sample;
pub mod siblings;
pub mod source;
mod toml_reader;
mod words;

pub use recover::{Layout, Recovery, recover};
