//! Diagnostics about a file while it is read.

use crate::diagnostic::{self, Code, Diagnostic};
use crate::source::Span;

/// Diagnostics of one file, and the code for problems with its keys, which each kind of file has its own.
#[derive(Debug)]
pub(crate) struct Log {
    key: Code,
    said: Vec<Diagnostic>,
}

impl Log {
    /// Makes an empty log; `key` is the code for keys that are missing, unknown or of the wrong type.
    pub(crate) fn new(key: Code) -> Self {
        Self { key, said: Vec::new() }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.said.push(diagnostic);
    }

    /// Returns the number of diagnostics.
    pub(crate) fn len(&self) -> usize {
        self.said.len()
    }

    /// Makes a diagnostic about a key, to be completed and pushed.
    pub(super) fn about_key(&self, span: Span, message: String) -> Diagnostic {
        Diagnostic::new(self.key, span, message)
    }

    /// Returns all diagnostics, in the order of the file.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        diagnostic::sort(&mut self.said);
        self.said
    }
}
