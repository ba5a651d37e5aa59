//! Failures: reasons why a command could not do its work at all. Its findings are no failures.

use std::io;
use std::path::Path;

use thiserror::Error;

/// A reason why a command stops.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The operating system refused.
    #[error("cannot {doing} {what}: {source}")]
    Io {
        /// The action, as a verb.
        doing: &'static str,
        /// Its object: a path, an address.
        what: String,
        /// The system's reason.
        source: io::Error,
    },
    /// The command may not do this, or not with this input.
    #[error("{what}: {why}")]
    Refused {
        /// The path or the input.
        what: String,
        /// The reason, and what to do.
        why: String,
    },
    /// Standard output or standard error is gone, as after `| head`.
    #[error("cannot print: {0}")]
    Printing(#[from] io::Error),
    /// A step of `demo` did not behave as expected.
    #[cfg(feature = "endpoint")]
    #[error("{0}")]
    Unexpected(String),
}

impl Failure {
    /// Reports an error of the operating system about a path.
    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { doing, what: path.display().to_string(), source }
    }

    /// Refuses to touch `path`.
    pub(crate) fn refused(path: &Path, why: impl Into<String>) -> Self {
        Self::Refused { what: path.display().to_string(), why: why.into() }
    }

    /// Whether the reader of the output is gone, which deserves no message.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Printing(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
