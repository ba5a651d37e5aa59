//! Computes the generated files from the pages on disk: reads, recovers, selects, generates, compares.
//! The result is a [`Regeneration`] with files and messages; writing the files is a separate step.

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

/// The beginnings of generated files: source, and Markdown.
const MARKS: &[&str] = &["// @generated ", "<!-- @generated "];

/// The format of diagnostics.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wording {
    /// For people, as rustc does, with styles.
    Human,
    /// One JSON object per line.
    Json,
}

/// The result of a run, compared with the files on disk.
#[derive(Debug)]
pub(crate) struct Regeneration {
    /// Number of pages, failed ones included.
    pub(crate) pages: usize,
    /// Number of operations of the client.
    pub(crate) operations: usize,
    /// Number of diagnostics of each level.
    pub(crate) counts: Counts,
    /// All diagnostics, in the requested format.
    pub(crate) diagnostics: String,
    /// Problems of single pages.
    pub(crate) problems: Vec<Problem>,
    /// Changes of the spec.
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
    /// Number of errors.
    pub(crate) errors: usize,
    /// Number of warnings.
    pub(crate) warnings: usize,
    /// Number of notes.
    pub(crate) notes: usize,
}

impl Regeneration {
    /// Computes everything; writes nothing.
    pub(crate) fn compute(workspace: &Workspace, wording: Wording) -> Result<Self, Failure> {
        let mut written = Written { wording, counts: Counts::default(), text: String::new() };
        let Outcome { pages, operations, mut problems, products, linked, before, .. } =
            read(workspace, &mut written)?;
        let changes = compare(&before, &operations, &linked.specs);
        let spec_folder = spec_folder(workspace);
        let (mut planned_specs, mut planned_code, mut without_manifest) =
            (Vec::new(), Vec::new(), Vec::new());
        match clients(&products, &before, &linked.specs) {
            // Without the facts of a broken manifest, the code would be wrong.
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

    /// Iterates over the files of all output folders, sorted by name within each.
    pub(crate) fn files(&self) -> impl Iterator<Item = &PlannedFile> {
        self.specs.iter().chain(self.generated.iter().flat_map(|(_, files)| files))
    }

    /// Iterates over the files to write or remove.
    pub(crate) fn stale(&self) -> impl Iterator<Item = &PlannedFile> {
        self.files().filter(|file| file.fate() != Fate::Unchanged)
    }

    /// Counts the files with this fate.
    pub(crate) fn count(&self, fate: Fate) -> usize {
        self.files().filter(|file| file.fate() == fate).count()
    }

    /// Writes and removes files; does nothing if writing is blocked. The spec comes last: until it is written, a
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

/// Formats and counts diagnostics as they come.
struct Written {
    wording: Wording,
    counts: Counts,
    text: String,
}

impl Listener for Written {
    fn report(&mut self, diagnostics: &[Diagnostic], source: &Source) {
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
