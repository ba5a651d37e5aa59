//! Client for Alibaba Cloud Call Center.

// Derives name the crate from outside, also where the crate itself uses them.
extern crate self as ccc_api;

// Formatted by the generator, so that its output stands to the byte.
#[rustfmt::skip]
mod generated;
#[cfg(feature = "mock")]
pub mod mock;
pub mod runtime;

pub use ccc_macros::{Builder, Decode, OpenEnum, OperationError, Parameters, RedactedDebug};
#[cfg(feature = "mock")]
pub use generated::OPERATIONS;
pub use generated::{make_call, types};
pub use runtime::sign;
pub use runtime::{
    Answer, Decode, Decoded, DocumentedError, Envelope, Error, Format, Malformed, Note, Operation, OperationError,
    Parameter, ParameterList, ParameterValue, Parameters, Redactor, ServiceError, UnknownField, UnknownValue, decode,
};
