//! Codes that many operations document, asked for in one place whatever the operation.

use crate::ErrorCode;
use crate::runtime::{Error, OperationError, ServiceError};

// Of any operation: generated source comes and goes with the pages.
impl<E: OperationError> Error<E> {
    /// The code, if the service gave one that the pages of Call Center document, whatever the operation; any other code is
    /// told by [`code`](Self::code).
    ///
    /// ```
    /// use ccc_api::{Error, ErrorCode, OperationError};
    ///
    /// fn advice<E: OperationError>(error: &Error<E>) -> &'static str {
    ///     match error.documented_code() {
    ///         Some(ErrorCode::NotExistsInstanceId) => "check the instance in the configuration",
    ///         Some(ErrorCode::NotExistsUserId) => "add the agent to the instance first",
    ///         _ => "see the log",
    ///     }
    /// }
    /// # let _ = advice::<ccc_api::ServiceError>;
    /// ```
    #[must_use]
    pub fn documented_code(&self) -> Option<ErrorCode> {
        ErrorCode::from_code(self.code()?)
    }
}

impl ServiceError {
    /// The code, if the pages of Call Center document it; any other code is told by [`code`](Self::code).
    #[must_use]
    pub fn documented_code(&self) -> Option<ErrorCode> {
        ErrorCode::from_code(self.code())
    }
}
