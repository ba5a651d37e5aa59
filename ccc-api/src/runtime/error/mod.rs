//! What can go wrong between a request and its answer.

mod arguments;
mod operation;
mod service;

pub use operation::{DocumentedError, OperationError};
pub use service::ServiceError;

/// Why a call has no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The service refused.
    Service(E),
}
