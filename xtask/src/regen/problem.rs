//! What goes wrong with single pages; none of it stops the others.

use thiserror::Error;

use crate::specs::{OperationKey, ProductKey};
use crate::workspace::MANIFESTS;

/// Why something of the pages did not make it into the client.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Problem {
    /// Nothing of the page can be used.
    #[error("no operation can be read from {page}; {consequence}")]
    NoOperation {
        /// The page.
        page: String,
        /// What becomes of what an earlier run made of it.
        consequence: Consequence,
    },
    /// The page could not even be opened.
    #[error("{page} {reason}; {consequence}")]
    Unreadable {
        /// The page.
        page: String,
        /// What the system says, or why it is not taken.
        reason: String,
        /// What becomes of what an earlier run made of it.
        consequence: Consequence,
    },
    /// Rows of the page are lost: a client made of the others would send wrong requests, or misread answers.
    #[error("a section of parameters or fields of {page} cannot be read; {}", fields(spec, *consequence))]
    Fields {
        /// The page.
        page: String,
        /// Its spec on disk, if there is one.
        spec: String,
        /// What becomes of what an earlier run made of it.
        consequence: Consequence,
    },
    /// The error codes of the page are lost; the rest of it is read.
    #[error("the error codes of {page} cannot be read; {codes}")]
    ErrorCodes {
        /// The page.
        page: String,
        /// Which codes its operation has.
        codes: Codes,
    },
    /// An overlay does not fit its page.
    #[error("{overlay} has errors; {consequence}")]
    Overlay {
        /// The overlay.
        overlay: String,
        /// What becomes of what an earlier run made of its page.
        consequence: Consequence,
    },
    /// An overlay corrects nothing.
    #[error("{overlay} belongs to no page: {page} is not there; move or remove the overlay")]
    OverlayWithoutPage {
        /// The overlay.
        overlay: String,
        /// Where its page would be.
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
        /// The page that is not.
        second: String,
    },
    /// A page failed, and the spec that would have been kept for it is unusable too.
    #[error(
        "{page} failed and its spec {spec} cannot be read either; nothing is written until one of them is mended"
    )]
    NothingToKeep {
        /// The page.
        page: String,
        /// Its spec on disk.
        spec: String,
    },
    /// The operation is of a style that clients are not generated for.
    #[error("{operation} ({spec}) is a ROA operation; its spec is written, but no code is generated for it")]
    NotRpc {
        /// The operation.
        operation: OperationKey,
        /// Its spec on disk.
        spec: String,
    },
    /// A manifest is wrong: what it says of its product must not be lost.
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
        /// What the generator says.
        reason: String,
    },
}

impl Problem {
    /// Whether a manifest is wrong, so that it is not known what holds for its product.
    pub(crate) fn is_of_manifest(&self) -> bool {
        matches!(self, Self::Manifest { .. } | Self::SeveralManifests { .. })
    }

    /// Whether writing anything could lose something.
    pub(crate) fn blocks_writing(&self) -> bool {
        matches!(self, Self::NothingToKeep { .. } | Self::SharedCrate { .. } | Self::Generator { .. })
            || self.is_of_manifest()
    }
}

/// What becomes of what an earlier run made of a page that fails now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Consequence {
    /// Spec and code stay.
    #[error("its spec and code stay as they are")]
    Kept,
    /// There is nothing to keep.
    #[error("nothing is generated for it")]
    Nothing,
}

/// Which error codes an operation has whose page shows them in a way that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum Codes {
    /// Those that it had.
    #[error("those of {spec} stay as they are")]
    Kept {
        /// Its spec on disk.
        spec: String,
    },
    /// There are none to keep.
    #[error("its operation comes without them")]
    Nothing,
}

/// What becomes of a page that lacks fields, with the file that stays.
fn fields(spec: &str, consequence: Consequence) -> String {
    match consequence {
        Consequence::Kept => format!("{spec} and its code stay as they are"),
        Consequence::Nothing => consequence.to_string(),
    }
}
