//! Problems of single pages, which do not stop the others.

use thiserror::Error;

use crate::specs::{OperationKey, ProductKey};
use crate::workspace::MANIFESTS;

/// A reason why a part of the pages is not in the client.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Problem {
    /// The page has no operation.
    #[error("no operation can be read from {page}; {consequence}")]
    NoOperation {
        /// The page.
        page: String,
        /// The fate of the output of an earlier run.
        consequence: Consequence,
    },
    /// The page could not be opened.
    #[error("{page} {reason}; {consequence}")]
    Unreadable {
        /// The page.
        page: String,
        /// The system's reason, or ours.
        reason: String,
        /// The fate of the output of an earlier run.
        consequence: Consequence,
    },
    /// Rows of the page are lost. A client made of the rest would send wrong requests, or misread responses.
    #[error("a section of parameters or fields of {page} cannot be read; {}", fields(spec, *consequence))]
    Fields {
        /// The page.
        page: String,
        /// Its spec on disk, if there is one.
        spec: String,
        /// The fate of the output of an earlier run.
        consequence: Consequence,
    },
    /// The error codes of the page are lost; the rest of it is read.
    #[error("the error codes of {page} cannot be read; {codes}")]
    ErrorCodes {
        /// The page.
        page: String,
        /// The error codes that its operation has now.
        codes: Codes,
    },
    /// An overlay does not fit its page.
    #[error("{overlay} has errors; {consequence}")]
    Overlay {
        /// The overlay.
        overlay: String,
        /// The fate of the output of an earlier run.
        consequence: Consequence,
    },
    /// An overlay has no page.
    #[error("{overlay} belongs to no page: {page} is not there; move or remove the overlay")]
    OverlayWithoutPage {
        /// The overlay.
        overlay: String,
        /// The path that its page would have.
        page: String,
    },
    /// Two pages document one operation.
    #[error(
        "{operation} is documented by two pages, {first} and {second}; the first is taken, remove one of them"
    )]
    Duplicate {
        /// The operation.
        operation: OperationKey,
        /// The page that is taken, the first by name.
        first: String,
        /// The page that is ignored.
        second: String,
    },
    /// A page failed, and its spec on disk cannot be read either.
    #[error(
        "{page} failed and its spec {spec} cannot be read either; nothing is written until one of them is mended"
    )]
    NothingToKeep {
        /// The page.
        page: String,
        /// Its spec on disk.
        spec: String,
    },
    /// No client is generated for the operation's style.
    #[error("{operation} ({spec}) is a ROA operation; its spec is written, but no code is generated for it")]
    NotRpc {
        /// The operation.
        operation: OperationKey,
        /// Its spec on disk.
        spec: String,
    },
    /// A manifest has errors. Its facts about the product must not be lost.
    #[error("{manifest} has errors; nothing is written until they are mended")]
    Manifest {
        /// The manifest.
        manifest: String,
    },
    /// Two manifests are about one product.
    #[error(
        "{first} and {second} are manifests of one product; nothing is written until one of them is removed"
    )]
    SeveralManifests {
        /// The first by name.
        first: String,
        /// The second.
        second: String,
    },
    /// Two clients would be written over each other.
    #[error(
        "no code can be generated, and nothing is written: {first} and {second} both belong into {folder}; give each a \
         manifest below {MANIFESTS} that names a crate of its own"
    )]
    SharedCrate {
        /// The folder of generated source.
        folder: String,
        /// One product and version.
        first: ProductKey,
        /// The other.
        second: ProductKey,
    },
    /// The generator refused the operations.
    #[error("no code can be generated, and nothing is written: {reason}")]
    Generator {
        /// The generator's message.
        reason: String,
    },
}

impl Problem {
    /// Whether a manifest has errors.
    pub(crate) fn is_of_manifest(&self) -> bool {
        matches!(self, Self::Manifest { .. } | Self::SeveralManifests { .. })
    }

    /// Whether writing anything could lose something.
    pub(crate) fn blocks_writing(&self) -> bool {
        matches!(self, Self::NothingToKeep { .. } | Self::SharedCrate { .. } | Self::Generator { .. })
            || self.is_of_manifest()
    }
}

/// The fate of the output of an earlier run, if a page fails now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Consequence {
    /// Spec and code stay.
    #[error("its spec and code stay as they are")]
    Kept,
    /// There is nothing to keep.
    #[error("nothing is generated for it")]
    Nothing,
}

/// The error codes of an operation whose page has a table of them that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Codes {
    /// The codes of its spec.
    #[error("those of {spec} stay as they are")]
    Kept {
        /// Its spec on disk.
        spec: String,
    },
    /// None, because it has no spec.
    #[error("its operation comes without them")]
    Nothing,
}

/// Says what happens to a page that lacks fields, and names the file that stays.
fn fields(spec: &str, consequence: Consequence) -> String {
    match consequence {
        Consequence::Kept => format!("{spec} and its code stay as they are"),
        Consequence::Nothing => consequence.to_string(),
    }
}
