//! Reads pages: the operations they document, what was said about them, and the pages that are set aside.

use std::collections::BTreeMap;

use ccc_spec::Recovery;
use ccc_spec::diagnostic::Level;
use ccc_spec::model::{Operation, Style};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::page_set::{PageFile, PageSet};
use crate::progress::Progress;
use crate::specs::ProductKey;
use crate::terminal::Terminal;

/// What the pages say.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Every operation that a client can be generated for, with the page's name, in the order of the pages.
    pub(crate) operations: Vec<(String, Operation)>,
    /// Counts by product and version.
    pub(crate) counts: BTreeMap<ProductKey, Counts>,
    /// Pages that nothing is generated for.
    pub(crate) aside: Vec<Aside>,
}

/// Numbers of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) pages: usize,
    pub(crate) operations: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
}

/// A page that nothing is generated for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Aside {
    pub(crate) page: String,
    pub(crate) reason: Reason,
}

/// Why nothing is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// It documents an operation with resources and paths.
    Roa,
    /// Its parameters or fields cannot be read.
    Unread,
    /// It documents no operation.
    NoOperation,
}

impl Reason {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Roa => "ROA operation",
            Self::Unread => "unreadable fields",
            Self::NoOperation => "no operation",
        }
    }
}

/// What is kept of a page.
struct Digest {
    page: String,
    operation: Option<Operation>,
    lacks_fields: bool,
    counts: Counts,
}

/// Reads pages with all processors; also says whether all could be read.
pub(crate) fn read(pages: &PageSet, terminal: Terminal) -> Result<(Reading, Exit), Failure> {
    let mut progress = Progress::new(pages.len(), terminal.watched);
    let mut reading = Reading::default();
    let exit = pages.recover_each(terminal, digest, |digest| {
        progress.step(&digest.page);
        reading.take(digest);
        Ok(())
    })?;
    progress.finish();
    Ok((reading, exit))
}

fn digest(page: &PageFile, recovery: Recovery) -> Digest {
    let of_level = |level| recovery.diagnostics.iter().filter(|found| found.level == level).count();
    let is_rpc = recovery.operation.as_ref().is_some_and(|operation| operation.style == Style::Rpc);
    Digest {
        page: page.name.clone(),
        counts: Counts {
            pages: 1,
            operations: usize::from(is_rpc),
            errors: of_level(Level::Error),
            warnings: of_level(Level::Warning),
            notes: of_level(Level::Note),
        },
        lacks_fields: recovery.lacks_fields(),
        operation: recovery.operation,
    }
}

impl Reading {
    fn take(&mut self, digest: Digest) {
        let key = digest.operation.as_ref().map(ProductKey::of).unwrap_or_default();
        let counts = self.counts.entry(key).or_default();
        counts.pages += digest.counts.pages;
        counts.operations += digest.counts.operations;
        counts.errors += digest.counts.errors;
        counts.warnings += digest.counts.warnings;
        counts.notes += digest.counts.notes;
        let reason = match digest.operation {
            Some(_) if digest.lacks_fields => Reason::Unread,
            Some(operation) if operation.style == Style::Rpc => {
                self.operations.push((digest.page, operation));
                return;
            }
            Some(_) => Reason::Roa,
            None => Reason::NoOperation,
        };
        self.aside.push(Aside { page: digest.page, reason });
    }
}
