//! The error of a redirection, which is not followed.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::outlook::open_outcome;
use crate::wire::record::Attempts;

/// Something on the way responded with a redirection (HTTP 3xx).
///
/// A signed request is never sent to another host, which could then act in the name of its sender.
#[derive(Debug)]
pub struct Redirected {
    operation: Cow<'static, str>,
    status: u16,
    request_id: Option<String>,
    host: Option<String>,
    pub(super) attempts: Attempts,
}

impl Redirected {
    pub(crate) fn new(
        operation: impl Into<Cow<'static, str>>,
        status: u16,
        request_id: Option<String>,
        host: Option<String>,
    ) -> Self {
        Self { operation: operation.into(), status, request_id, host, attempts: Attempts::default() }
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the request id, if there was one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the host that it pointed to, if that is a valid host name.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }
}

impl fmt::Display for Redirected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was answered with a redirection (HTTP {}", self.operation, self.status)?;
        if let Some(host) = &self.host {
            write!(f, " to {host}")?;
        }
        if let Some(request_id) = &self.request_id {
            write!(f, ", request id {request_id}")?;
        }
        write!(
            f,
            "), which is not followed with a signed request; configure the scheme and endpoint of the service itself, \
             and look for a proxy or portal in between"
        )?;
        f.write_str(open_outcome(&self.attempts, false))
    }
}

impl StdError for Redirected {}
