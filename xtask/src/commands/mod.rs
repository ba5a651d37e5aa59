//! The commands, one file each: arguments, and calls to the other modules.

pub(crate) mod corpus;
#[cfg(feature = "endpoint")]
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod lint;
#[cfg(feature = "endpoint")]
pub(crate) mod mock;
pub(crate) mod new_crate;
pub(crate) mod openapi;
pub(crate) mod paths;
pub(crate) mod regen;
pub(crate) mod review;

#[cfg(feature = "endpoint")]
use crate::failure::Failure;

/// Runs a future to its end.
#[cfg(feature = "endpoint")]
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(work),
        Err(source) => Err(Failure::Io { doing: "start", what: "the runtime".to_owned(), source }),
    }
}
