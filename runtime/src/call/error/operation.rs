//! The errors of one operation, over the service error that each of them is.

use super::ServiceError;

/// The errors an operation documents, and any other code. The attribute `operation_error` implements it for the
/// generated enums.
///
/// The service may answer with other codes than the documented ones. Match those that matter, then `_`, and ask
/// [`code`](Self::code) there: so a code that is documented later breaks no match.
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

    /// Picks the variant by the error's code and captures the arguments of its message.
    fn from_service(service: ServiceError) -> Self;

    /// What the service said, whichever variant it is.
    fn service(&self) -> &ServiceError;

    /// The `Code`; empty if the response had none.
    fn code(&self) -> &str {
        self.service().code()
    }

    /// The message, sensitive values replaced.
    fn message(&self) -> &str {
        self.service().message()
    }

    /// The HTTP status.
    fn status(&self) -> u16 {
        self.service().status()
    }

    /// The service's name for this exchange.
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
    /// For the attribute `operation_error`.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(code: &'static str, status: Option<u16>, message: &'static str) -> Self {
        Self { code, status, message }
    }
}
