// @generated from the pages below `spec/docs` by `cargo xtask regen`. Do not edit.

//! Operations and types, one folder per operation.

mod client;
pub mod make_call;
pub mod types;

/// Every operation of this crate, as the local endpoint knows it.
#[cfg(feature = "mock")]
pub static OPERATIONS: &[&crate::mock::OperationDescription] = &[&make_call::DESCRIPTION];
