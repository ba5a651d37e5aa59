//! Layer 8: operations, the outcome of a response, the errors of a call, and paging.

pub(crate) mod attempts;
#[cfg(feature = "client")]
pub(crate) mod by_name;
pub(crate) mod error;
#[cfg(feature = "client")]
pub(crate) mod intercept;
pub(crate) mod interpret;
pub(crate) mod limits;
pub(crate) mod operation;
pub(crate) mod outcome;
pub(crate) mod paging;
pub(crate) mod product;
pub(crate) mod response;
#[cfg(feature = "client")]
pub(crate) mod trace;
#[cfg(feature = "client")]
pub(crate) mod untyped;
