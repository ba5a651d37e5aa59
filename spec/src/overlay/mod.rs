//! Overlays: what a person knows better than the page. Each is a TOML file for one operation, a list of
//! entries with a reason each, applied to the operation that was recovered from the page.
//!
//! An entry that no longer applies, or that page or manifest have made true, is an error at its place in the file. The
//! format is described in `spec/overlays/README.md`.

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

/// What a person knows better than the page of one operation.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    source: Source,
    entries: Vec<Entry>,
}

impl Overlay {
    /// Reads an overlay; `name` is what diagnostics call the file. An entry that is wrong is left out and said so;
    /// of a file that is no TOML nothing is left. Takes any bytes, never panics.
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
    /// // Once the page says so itself, the entry has had its day.
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

    /// The operation with every entry applied that can be, in the order of the file, and what is to be said about
    /// the others. Diagnostics point into [`source`](Self::source).
    ///
    /// `product` is the manifest that was [applied](Manifest::apply) before: it completes what entries add, as far as these
    /// do not say otherwise.
    #[must_use]
    pub fn apply(&self, operation: &Operation, product: &Manifest) -> (Operation, Vec<Diagnostic>) {
        let mut operation = operation.clone();
        let apply = |entry| apply::apply(&mut operation, entry, product).err();
        let refused = self.entries.iter().filter_map(apply);
        let diagnostics = refused.map(|diagnostic| *diagnostic).collect();
        (operation, diagnostics)
    }

    /// The file, to show diagnostics with.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
