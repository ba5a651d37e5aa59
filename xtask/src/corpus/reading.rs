//! Reads pages: the operations they document, the number of diagnostics, and the pages that are set aside.

use std::collections::BTreeMap;

use ccc_spec::Recovery;
use ccc_spec::diagnostic::Level;
use ccc_spec::model::{Operation, Style};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pages::{Page, PageSet};
use crate::specs::ProductKey;
use crate::terminal::Terminal;
use crate::usable::{self, Aside};

/// The operations of the pages, with counts.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Operations that a client can be generated for, each with its page's name, in the order of the pages.
    pub(crate) operations: Vec<(String, Operation)>,
    /// Counts by product and version.
    pub(crate) counts: BTreeMap<ProductKey, Counts>,
    /// Pages that nothing is generated for.
    pub(crate) aside: Vec<Aside>,
}

/// Counts for one product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) pages: usize,
    pub(crate) operations: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
}

/// The part of a page's recovery that is kept.
struct Digest {
    page: String,
    key: ProductKey,
    operation: Result<Operation, Aside>,
    counts: Counts,
}

/// Reads pages on all processors. The exit code says whether all could be read.
pub(crate) fn read(pages: &PageSet, terminal: Terminal) -> Result<(Reading, Exit), Failure> {
    let (digests, exit) = pages.recover_each(terminal, |page, recovery| digest(page, &recovery))?;
    let mut reading = Reading::default();
    for digest in digests {
        reading.take(digest);
    }
    Ok((reading, exit))
}

fn digest(page: &Page, recovery: &Recovery) -> Digest {
    let of_level = |level| recovery.diagnostics.iter().filter(|found| found.level == level).count();
    let is_rpc = recovery.operation.as_ref().is_some_and(|operation| operation.style == Style::Rpc);
    Digest {
        page: page.name.clone(),
        key: recovery.operation.as_ref().map(ProductKey::from_operation).unwrap_or_default(),
        operation: usable::operation(page, recovery),
        counts: Counts {
            pages: 1,
            operations: usize::from(is_rpc),
            errors: of_level(Level::Error),
            warnings: of_level(Level::Warning),
            notes: of_level(Level::Note),
        },
    }
}

impl Reading {
    fn take(&mut self, digest: Digest) {
        let counts = self.counts.entry(digest.key).or_default();
        counts.pages += digest.counts.pages;
        counts.operations += digest.counts.operations;
        counts.errors += digest.counts.errors;
        counts.warnings += digest.counts.warnings;
        counts.notes += digest.counts.notes;
        match digest.operation {
            Ok(operation) => self.operations.push((digest.page, operation)),
            Err(aside) => self.aside.push(aside),
        }
    }
}
