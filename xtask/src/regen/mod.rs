//! From the pages on disk to the files that should be there: reads, recovers, selects, generates, compares.
//! Hands on a [`Regeneration`], which knows what to write and what to say; writing is a step of its own.

mod changes;
mod clients;
mod errors;
mod linking;
mod problem;
mod selection;
mod unified;

pub(crate) mod messages;
pub(crate) mod report;

use std::collections::BTreeMap;

use ccc_spec::Recovery;
use ccc_spec::diagnostic::{self, Diagnostic, Level, RenderOptions};
use ccc_spec::link::Joined;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::Operation;
use ccc_spec::overlay::Overlay;
use ccc_spec::siblings::Siblings;
use ccc_spec::source::Source;

use changes::compare;
pub(crate) use changes::{Changes, current};
pub(crate) use clients::{Client, clients};
pub(crate) use problem::Problem;
pub(crate) use unified::unified;

use self::clients::is_rpc;
use self::linking::Origin;
use self::selection::{Reading, Trouble};
use crate::failure::Failure;
use crate::files::{Fate, OutputFolder, PlannedFile};
use crate::pages::{self, Page, documented};
use crate::products::Products;
use crate::specs::{OperationKey, ProductKey, Specs};
use crate::workspace::{OVERLAYS, PAGES, SPECS, Workspace};

/// How the generator's files begin: source, and Markdown.
const MARKS: &[&str] = &["// @generated ", "<!-- @generated "];

/// How diagnostics are written down.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wording {
    /// For people, as rustc does, with styles.
    Human,
    /// One JSON object per line.
    Json,
}

/// What the pages come to, compared with what is on disk.
#[derive(Debug)]
pub(crate) struct Regeneration {
    /// How many pages there are, failed ones included.
    pub(crate) pages: usize,
    /// How many operations the client has.
    pub(crate) operations: usize,
    /// How many diagnostics there are of each level.
    pub(crate) counts: Counts,
    /// All diagnostics, in the wording asked for.
    pub(crate) diagnostics: String,
    /// What went wrong with single pages.
    pub(crate) problems: Vec<Problem>,
    /// What changes in the spec.
    pub(crate) changes: Changes,
    /// Products that have no manifest, each with the folder that its client goes to.
    pub(crate) unnamed: Vec<(ProductKey, String)>,
    specs: Vec<PlannedFile>,
    /// By the folder of each client's source.
    generated: Vec<(String, Vec<PlannedFile>)>,
}

/// Number of diagnostics by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Of level error.
    pub(crate) errors: usize,
    /// Of level warning.
    pub(crate) warnings: usize,
    /// Of level note.
    pub(crate) notes: usize,
}

impl Regeneration {
    /// Computes everything; writes nothing.
    pub(crate) fn compute(workspace: &Workspace, wording: Wording) -> Result<Self, Failure> {
        let found = documented::find(workspace)?;
        let overlays = OutputFolder::new(workspace.root(), OVERLAYS, &["toml"]).read()?;
        let products = Products::read(workspace)?;
        let spec_folder = spec_folder(workspace);
        let spec_files = spec_folder.read()?;
        let specs = Specs::parse(&spec_files);
        let recoveries = pages::recover_each(&found.pages, |_, recovery| recovery);
        let mut reader = Reader {
            wording,
            overlays,
            products: &products,
            siblings: siblings(&found.pages, &recoveries),
            specs: &specs,
            counts: Counts::default(),
            diagnostics: String::new(),
            problems: Vec::new(),
            origins: BTreeMap::new(),
        };
        let mut readings: Vec<Reading> = found
            .pages
            .into_iter()
            .zip(recoveries)
            .map(|(page, recovery)| reader.read(page, recovery))
            .collect();
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
        let selection::Selection { operations, mut problems } = selection::select(readings, &specs);
        problems.append(&mut reader.problems);
        problems.extend(reader.check_products(&operations));
        problems.extend(reader.overlays.keys().map(|overlay| without_page(overlay)));
        let linked = linking::products(&operations, &specs);
        reader.say_joined(&linked.joined);
        let changes = compare(&specs, &operations, &linked.specs);
        problems.extend(operations.iter().filter(|(_, operation)| !is_rpc(operation)).map(not_rpc));
        let (mut planned_specs, mut planned_code, mut without_manifest) =
            (Vec::new(), Vec::new(), Vec::new());
        match clients(&products, &specs, &linked.specs) {
            // What a manifest with an error leaves open is no code to show.
            Ok(_) if problems.iter().any(Problem::is_of_manifest) => {}
            Ok(clients) => {
                planned_specs = spec_folder.plan(spec_files, linked.files)?;
                for Client { folder, files, unnamed } in clients {
                    without_manifest.extend(unnamed.map(|product| (product, folder.clone())));
                    let output = code_folder(workspace, folder.clone());
                    planned_code.push((folder, output.plan(output.read()?, files)?));
                }
            }
            Err(problem) => problems.push(problem),
        }
        Ok(Self {
            pages,
            operations: operations.len(),
            counts: reader.counts,
            diagnostics: reader.diagnostics,
            problems,
            changes,
            unnamed: without_manifest,
            specs: planned_specs,
            generated: planned_code,
        })
    }

    /// Whether writing could lose something, or nothing can be generated at all.
    pub(crate) fn is_blocked(&self) -> bool {
        self.problems.iter().any(Problem::blocks_writing)
    }

    /// Every file of all output folders, sorted by name within each.
    pub(crate) fn files(&self) -> impl Iterator<Item = &PlannedFile> {
        self.specs.iter().chain(self.generated.iter().flat_map(|(_, files)| files))
    }

    /// Files that are not as they should be.
    pub(crate) fn stale(&self) -> impl Iterator<Item = &PlannedFile> {
        self.files().filter(|file| file.fate() != Fate::Unchanged)
    }

    /// How many files meet that fate.
    pub(crate) fn count(&self, fate: Fate) -> usize {
        self.files().filter(|file| file.fate() == fate).count()
    }

    /// Makes the files what they should be; does nothing if that is blocked. The spec comes last: until it is written, a
    /// further run finds the same changes.
    pub(crate) fn write(&self, workspace: &Workspace) -> Result<(), Failure> {
        if self.is_blocked() {
            return Ok(());
        }
        for (folder, files) in &self.generated {
            code_folder(workspace, folder.clone()).apply(files)?;
        }
        spec_folder(workspace).apply(&self.specs)
    }
}

fn spec_folder(workspace: &Workspace) -> OutputFolder<'_> {
    OutputFolder::new(workspace.root(), SPECS, &["json"])
}

fn code_folder(workspace: &Workspace, folder: String) -> OutputFolder<'_> {
    OutputFolder::new(workspace.root(), folder, &["rs", "md"]).marked_by(MARKS)
}

fn not_rpc((path, operation): (&String, &Operation)) -> Problem {
    Problem::NotRpc { operation: OperationKey::from_operation(operation), spec: format!("{SPECS}/{path}") }
}

/// An overlay that no page has.
fn without_page(overlay: &str) -> Problem {
    let stem = overlay.strip_suffix(".toml").unwrap_or(overlay);
    Problem::OverlayWithoutPage {
        page: format!("{PAGES}/{stem}.md"),
        overlay: format!("{OVERLAYS}/{overlay}"),
    }
}

/// Reads pages one after the other; of each it keeps the operation, its overlay applied, and what there is to say.
struct Reader<'s> {
    wording: Wording,
    /// By path below their folder.
    overlays: BTreeMap<String, Vec<u8>>,
    /// What holds for whole products.
    products: &'s Products,
    /// What the pages know together.
    siblings: Siblings,
    /// What the pages gave when they were read last.
    specs: &'s Specs,
    counts: Counts,
    diagnostics: String,
    /// What went wrong with pages that gave an operation all the same.
    problems: Vec<Problem>,
    /// Where the operations come from.
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
        self.say(&recovery.diagnostics, &recovery.source);
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

    /// Applies the manifest of the product and the page's overlay, as far as there are any.
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
        self.say(&diagnostics, overlay.source());
        let is_wrong = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
        if is_wrong { Err(Trouble::Overlay) } else { Ok(operation) }
    }

    /// Says what one page says of a field of another, page by page.
    fn say_joined(&mut self, joined: &[(ProductKey, Joined)]) {
        for (key, origin) in std::mem::take(&mut self.origins) {
            let of_page = joined.iter().filter(|(product, joined)| key.is(product, &joined.action));
            let mut diagnostics: Vec<_> =
                of_page.map(|(_, joined)| linking::diagnostic(joined, &origin)).collect();
            diagnostic::sort(&mut diagnostics);
            self.say(&diagnostics, &origin.source);
        }
    }

    /// Says what is odd about manifests, beside the operations there are.
    fn check_products(&mut self, operations: &BTreeMap<String, Operation>) -> Vec<Problem> {
        let products = self.products;
        let mut problems = Vec::new();
        for product in products.iter() {
            let diagnostics = product.diagnostics(operations);
            self.say(&diagnostics, &product.reading.source);
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

    fn say(&mut self, diagnostics: &[Diagnostic], source: &Source) {
        self.counts.add(diagnostics);
        match self.wording {
            Wording::Human => {
                let text = diagnostic::render(diagnostics, source, RenderOptions { color: true });
                if !text.is_empty() {
                    self.diagnostics.push_str(&text);
                    self.diagnostics.push('\n');
                }
            }
            Wording::Json => self.diagnostics.push_str(&diagnostic::to_json_lines(diagnostics, source)),
        }
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

impl Counts {
    fn add(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            let count = match diagnostic.level {
                Level::Error => &mut self.errors,
                Level::Warning => &mut self.warnings,
                Level::Note => &mut self.notes,
            };
            *count += 1;
        }
    }
}
