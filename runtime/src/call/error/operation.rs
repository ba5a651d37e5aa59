//! The trait `OperationError`, and documented errors.

use super::ServiceError;

/// The errors that an operation documents, and any other code. The attribute `operation_error` implements it for the
/// generated enums.
///
/// The service may return other codes than the documented ones. Match those that matter, then `_`, and use
/// [`code`](Self::code) there: then a code that becomes documented later breaks no match.
///
/// ```
/// use acs_runtime::error::OperationError;
///
/// fn report<E: OperationError>(error: &E) -> String {
///     format!("refused with {}, HTTP {}", error.code(), error.status())
/// }
/// # let _ = report::<acs_runtime::error::ServiceError>;
/// ```
pub trait OperationError: std::error::Error + Send + Sync + 'static {
    /// The documented errors, in the order of the page.
    const DOCUMENTED: &'static [DocumentedError];

    /// Chooses the variant by the code, and captures the arguments of the message.
    fn from_service(service: ServiceError) -> Self;

    /// Returns the refusal of the service, whichever variant it is.
    fn service(&self) -> &ServiceError;

    /// Returns the `Code`; empty if the response had none.
    fn code(&self) -> &str {
        self.service().code()
    }

    /// Returns the message, with sensitive values replaced.
    fn message(&self) -> &str {
        self.service().message()
    }

    /// Returns the HTTP status.
    fn status(&self) -> u16 {
        self.service().status()
    }

    /// Returns the service's id of this request.
    fn request_id(&self) -> Option<&str> {
        self.service().request_id()
    }
}

/// An error as its page documents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentedError {
    /// The `Code`.
    pub code: &'static str,
    /// The HTTP status, if the page gives one.
    pub status: Option<u16>,
    /// The message's template; each `%s` marks an argument.
    pub message: &'static str,
}

impl DocumentedError {
    /// Creates one; for the attribute `operation_error`.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(code: &'static str, status: Option<u16>, message: &'static str) -> Self {
        Self { code, status, message }
    }
}
