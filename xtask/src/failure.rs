//! Why a command could not do its work at all, as opposed to what it found out; hands on a message and an exit code.

use std::io;
use std::path::Path;

use thiserror::Error;

/// What stops a command.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The operating system refused.
    #[error("cannot {doing} {what}: {source}")]
    Io {
        /// What was tried, as a verb.
        doing: &'static str,
        /// With what: a path, an address.
        what: String,
        /// The system's reason.
        source: io::Error,
    },
    /// Doing it would reach beyond what the command may touch.
    #[error("{what}: {why}")]
    Refused {
        /// The path in question.
        what: String,
        /// The reason, and what to do about it.
        why: String,
    },
    /// Standard output or standard error is gone, as after `| head`.
    #[error("cannot print: {0}")]
    Printing(#[from] io::Error),
    /// A part of the product did not do what this command shows or runs.
    #[cfg(feature = "endpoint")]
    #[error("{0}")]
    Unexpected(String),
}

impl Failure {
    /// An operating system error, with what was tried on which path.
    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { doing, what: path.display().to_string(), source }
    }

    /// A refusal to touch `path`.
    pub(crate) fn refused(path: &Path, why: impl Into<String>) -> Self {
        Self::Refused { what: path.display().to_string(), why: why.into() }
    }

    /// Whether nobody is left to print to; not worth a message.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Printing(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
