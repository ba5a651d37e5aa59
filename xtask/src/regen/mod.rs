//! From the pages on disk to the files that should be there: reads, recovers, selects, generates, compares.
//! Gives a [`Regeneration`], which knows what to write and what to say; writing is a step of its own.

mod changes;
mod clients;
mod errors;
mod linking;
mod problem;
mod reading;
mod selection;
mod unified;

pub(crate) mod messages;
pub(crate) mod report;

use ccc_spec::diagnostic::{self, Diagnostic, Level, RenderOptions};
use ccc_spec::source::Source;

use changes::compare;
pub(crate) use changes::{Changes, current};
pub(crate) use clients::{Client, clients};
pub(crate) use problem::Problem;
pub(crate) use reading::{Listener, Outcome, read};
pub(crate) use unified::unified;

use crate::failure::Failure;
use crate::files::{Fate, OutputFolder, PlannedFile};
use crate::specs::ProductKey;
use crate::workspace::{SPECS, Workspace};

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
        let mut written = Written { wording, counts: Counts::default(), text: String::new() };
        let Outcome { pages, operations, mut problems, products, linked, before } =
            read(workspace, &mut written)?;
        let changes = compare(&before, &operations, &linked.specs);
        let spec_folder = spec_folder(workspace);
        let (mut planned_specs, mut planned_code, mut without_manifest) =
            (Vec::new(), Vec::new(), Vec::new());
        match clients(&products, &before, &linked.specs) {
            // What a manifest with an error leaves open is no code to show.
            Ok(_) if problems.iter().any(Problem::is_of_manifest) => {}
            Ok(clients) => {
                planned_specs = spec_folder.plan(spec_folder.read()?, linked.files)?;
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
            counts: written.counts,
            diagnostics: written.text,
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

/// Diagnostics, counted and written down as they come.
struct Written {
    wording: Wording,
    counts: Counts,
    text: String,
}

impl Listener for Written {
    fn say(&mut self, diagnostics: &[Diagnostic], source: &Source) {
        self.counts.add(diagnostics);
        match self.wording {
            Wording::Human => {
                let text = diagnostic::render(diagnostics, source, RenderOptions { color: true });
                if !text.is_empty() {
                    self.text.push_str(&text);
                    self.text.push('\n');
                }
            }
            Wording::Json => self.text.push_str(&diagnostic::to_json_lines(diagnostics, source)),
        }
    }
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
