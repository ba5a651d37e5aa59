//! Overlays: corrections of single pages and additions to them. Each is a TOML file for one operation, with a list of
//! entries that each give a reason. It is applied to the operation that was recovered from the page.
//!
//! An entry that no longer applies, or that the page or the manifest now states, is an error at its place in the file.
//! The format is described in `spec/overlays/README.md`.

mod apply;
mod entry;
mod fact;
mod path;
mod read;
#[cfg(test)]
mod tests;
mod types;

use crate::diagnostic::Diagnostic;
use crate::manifest::Manifest;
use crate::model::Operation;
use crate::source::Source;
use crate::toml_reader;
use entry::Entry;

/// Corrections and additions to the page of one operation.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    source: Source,
    entries: Vec<Entry>,
}

impl Overlay {
    /// Reads an overlay; `name` is what diagnostics call the file. A wrong entry is left out and reported; a file that
    /// is no TOML gives no entries. Takes any bytes, never panics.
    ///
    /// ```
    /// use ccc_spec::{ir, manifest::Manifest, overlay::Overlay};
    ///
    /// let operation = ir::from_json(r#"{
    ///     "product": "P", "version": "1", "style": "RPC", "action": "Ring", "title": "Ring",
    ///     "request": [{"name": "Times", "type": "String"}],
    ///     "response": [], "errors": [], "samples": {}, "links": {}
    /// }"#)?;
    /// let (overlay, diagnostics) = Overlay::read("Ring.toml", br#"
    ///     [[correct-type]]
    ///     field = "request.Times"
    ///     type = "Integer"
    ///     reason = "The service refuses everything else."
    /// "#);
    /// assert!(diagnostics.is_empty());
    ///
    /// let (corrected, diagnostics) = overlay.apply(&operation, &Manifest::default());
    /// assert!(ir::to_json(&corrected).contains(r#""type": "Integer""#) && diagnostics.is_empty());
    /// // Once the page says so itself, the entry is no longer needed.
    /// let (_, diagnostics) = overlay.apply(&corrected, &Manifest::default());
    /// assert_eq!(diagnostics[0].code.as_str(), "overlay-obsolete");
    /// # Ok::<(), ir::IrError>(())
    /// ```
    #[must_use]
    pub fn read(name: &str, bytes: &[u8]) -> (Self, Vec<Diagnostic>) {
        let (source, flaw) = toml_reader::decode(name, bytes, "overlay");
        if let Some(flaw) = flaw {
            return (Self { source, entries: Vec::new() }, vec![flaw]);
        }
        let (entries, diagnostics) = read::read(&source);
        (Self { source, entries }, diagnostics)
    }

    /// Applies every entry that can be applied, in the order of the file. Returns the operation, and diagnostics about
    /// the other entries, which point into [`source`](Self::source).
    ///
    /// `product` is the manifest that was [applied](Manifest::apply) before: it completes the fields that entries add,
    /// where these state nothing else.
    #[must_use]
    pub fn apply(&self, operation: &Operation, product: &Manifest) -> (Operation, Vec<Diagnostic>) {
        let mut operation = operation.clone();
        let apply = |entry| apply::apply(&mut operation, entry, product).err();
        let refused = self.entries.iter().filter_map(apply);
        let diagnostics = refused.map(|diagnostic| *diagnostic).collect();
        (operation, diagnostics)
    }

    /// Returns the file, to show diagnostics with.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Returns whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
