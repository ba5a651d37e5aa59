// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

//! `MakeCall`: 调用接口MakeCall进行外呼。

#[cfg(feature = "mock")]
mod description;
mod error;
mod request;
mod response;

#[cfg(feature = "mock")]
pub use description::DESCRIPTION;
pub use error::MakeCallError;
pub use request::{MakeCallBuilder, MakeCallRequest};
pub use response::{MakeCallData, MakeCallResponse};
