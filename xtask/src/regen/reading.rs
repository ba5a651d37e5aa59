//! Reads the pages on disk, and links their operations to specs.

use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::Recovery;
use ccc_spec::diagnostic::{self, Diagnostic, Level};
use ccc_spec::link::Joined;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::Operation;
use ccc_spec::overlay::Overlay;
use ccc_spec::siblings::Siblings;
use ccc_spec::source::Source;

use super::clients::is_rpc;
use super::linking::{self, Origin};
use super::problem::Problem;
use super::selection::{self, Reading, Trouble};
use super::{errors, spec_folder};
use crate::failure::Failure;
use crate::files::OutputFolder;
use crate::pages::{self, Page, documented};
use crate::products::Products;
use crate::specs::{OperationKey, ProductKey, Specs};
use crate::workspace::{OVERLAYS, PAGES, SPECS, Workspace};

/// Receives pages and diagnostics while pages are read.
pub(crate) trait Listener {
    /// Receives a page that was read.
    fn page(&mut self, _page: &Page, _recovery: &Recovery) {}

    /// Receives diagnostics of a page, an overlay or a manifest; may be called several times for one file.
    fn report(&mut self, diagnostics: &[Diagnostic], source: &Source);
}

/// The result of reading the pages.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Number of pages, failed ones included.
    pub(crate) pages: usize,
    /// The operations, corrected and not linked yet, by the path of their specs.
    pub(crate) operations: BTreeMap<String, Operation>,
    /// The names of pages that are there but cannot be read, or are refused.
    pub(crate) unreadable: BTreeSet<String>,
    /// Problems of single pages.
    pub(crate) problems: Vec<Problem>,
    /// The products with their manifests.
    pub(crate) products: Products,
    /// The operations of each product with the types that they share.
    pub(crate) linked: linking::Products,
    /// The specs on disk.
    pub(crate) before: Specs,
}

/// Reads every page of the workspace and links the operations. Writes nothing.
pub(crate) fn read(workspace: &Workspace, listener: &mut dyn Listener) -> Result<Outcome, Failure> {
    let found = documented::find(workspace)?;
    let overlays = OutputFolder::new(workspace.root(), OVERLAYS, &["toml"]).read()?;
    let products = Products::read(workspace)?;
    let before = Specs::parse(&spec_folder(workspace).read()?);
    let recoveries = pages::recover_each(&found.pages, |_, recovery| recovery);
    let mut reader = Reader {
        listener,
        overlays,
        products: &products,
        siblings: siblings(&found.pages, &recoveries),
        specs: &before,
        problems: Vec::new(),
        origins: BTreeMap::new(),
    };
    let mut readings: Vec<Reading> =
        found.pages.into_iter().zip(recoveries).map(|(page, recovery)| reader.read(page, recovery)).collect();
    readings.extend(
        found
            .refused
            .into_iter()
            .map(|(page, reason)| Reading { page, operation: Err(Trouble::Unreadable(reason)) }),
    );
    for reading in &readings {
        reader.overlays.remove(&reading.page.overlay());
    }
    let pages = readings.len();
    let unreadable =
        readings.iter().filter(|reading| matches!(reading.operation, Err(Trouble::Unreadable(_))));
    let unreadable = unreadable.map(|reading| reading.page.name.clone()).collect();
    let selection::Selection { operations, mut problems } = selection::select(readings, &before);
    problems.append(&mut reader.problems);
    problems.extend(reader.check_products(&operations));
    problems.extend(reader.overlays.keys().map(|overlay| without_page(overlay)));
    let linked = linking::products(&operations, &before);
    reader.report_joined(&linked.joined);
    problems.extend(operations.iter().filter(|(_, operation)| !is_rpc(operation)).map(not_rpc));
    Ok(Outcome { pages, operations, unreadable, problems, products, linked, before })
}

fn not_rpc((path, operation): (&String, &Operation)) -> Problem {
    Problem::NotRpc { operation: OperationKey::from_operation(operation), spec: format!("{SPECS}/{path}") }
}

/// Makes the problem of an overlay without a page.
fn without_page(overlay: &str) -> Problem {
    let stem = overlay.strip_suffix(".toml").unwrap_or(overlay);
    Problem::OverlayWithoutPage {
        page: format!("{PAGES}/{stem}.md"),
        overlay: format!("{OVERLAYS}/{overlay}"),
    }
}

/// Reads pages one after the other, and applies manifests and overlays to their operations.
struct Reader<'s> {
    listener: &'s mut dyn Listener,
    /// By path below their folder.
    overlays: BTreeMap<String, Vec<u8>>,
    /// The products with their manifests.
    products: &'s Products,
    /// The facts that pages share with their siblings.
    siblings: Siblings,
    /// The specs on disk, from the last run.
    specs: &'s Specs,
    /// Problems of pages that still have an operation.
    problems: Vec<Problem>,
    /// The pages of the operations.
    origins: BTreeMap<OperationKey, Origin>,
}

impl Reader<'_> {
    fn read(&mut self, page: Page, recovery: Result<Recovery, Failure>) -> Reading {
        let mut recovery = match recovery {
            Ok(recovery) => recovery,
            Err(error) => {
                return Reading {
                    page,
                    operation: Err(Trouble::Unreadable(format!("is unreadable ({error})"))),
                };
            }
        };
        self.siblings.fill_in(&page.name, &mut recovery);
        self.listener.page(&page, &recovery);
        self.listener.report(&recovery.diagnostics, &recovery.source);
        let (lacks_fields, lacks_errors) = (recovery.lacks_fields(), recovery.lacks_errors());
        let operation = match recovery.operation {
            Some(_) if lacks_fields => Err(Trouble::Fields),
            Some(mut operation) => {
                let origin = Origin { source: recovery.source, placements: recovery.placements };
                self.origins.entry(OperationKey::from_operation(&operation)).or_insert(origin);
                if lacks_errors {
                    self.problems.push(errors::keep(&mut operation, &page, self.specs));
                }
                self.complete(&page, operation)
            }
            None => Err(Trouble::NoOperation),
        };
        Reading { page, operation }
    }

    /// Applies the manifest of the product and the page's overlay, if they exist.
    fn complete(&mut self, page: &Page, mut operation: Operation) -> Result<Operation, Trouble> {
        let none = Manifest::default();
        let manifest = self.products.manifest(&ProductKey::from_operation(&operation)).unwrap_or(&none);
        manifest.apply(&mut operation);
        let path = page.overlay();
        let Some(bytes) = self.overlays.get(&path) else { return Ok(operation) };
        let (overlay, mut diagnostics) = Overlay::read(&format!("{OVERLAYS}/{path}"), bytes);
        let (operation, refused) = overlay.apply(&operation, manifest);
        diagnostics.extend(refused);
        diagnostic::sort(&mut diagnostics);
        self.listener.report(&diagnostics, overlay.source());
        let is_wrong = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
        if is_wrong { Err(Trouble::Overlay) } else { Ok(operation) }
    }

    /// Reports statements of one page about a field of another, page by page.
    fn report_joined(&mut self, joined: &[(ProductKey, Joined)]) {
        for (key, origin) in std::mem::take(&mut self.origins) {
            let of_page = joined.iter().filter(|(product, joined)| key.is(product, &joined.action));
            let mut diagnostics: Vec<_> =
                of_page.map(|(_, joined)| linking::diagnostic(joined, &origin)).collect();
            diagnostic::sort(&mut diagnostics);
            self.listener.report(&diagnostics, &origin.source);
        }
    }

    /// Reports the diagnostics of manifests, which are compared with the operations.
    fn check_products(&mut self, operations: &BTreeMap<String, Operation>) -> Vec<Problem> {
        let products = self.products;
        let mut problems = Vec::new();
        for product in products.iter() {
            let diagnostics = product.diagnostics(operations);
            self.listener.report(&diagnostics, &product.reading.source);
            if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
                problems.push(Problem::Manifest { manifest: product.file.clone() });
            }
        }
        problems.extend(products.doubles().into_iter().map(|(first, second)| Problem::SeveralManifests {
            first: first.file.clone(),
            second: second.file.clone(),
        }));
        problems
    }
}

/// Collects what the pages state about their folders.
fn siblings(pages: &[Page], recoveries: &[Result<Recovery, Failure>]) -> Siblings {
    let mut siblings = Siblings::default();
    for (page, recovery) in pages.iter().zip(recoveries) {
        if let Ok(recovery) = recovery {
            siblings.add(&page.name, recovery);
        }
    }
    siblings
}
