//! A state of the workspace: its pages, their diagnostics, and the specs made from them.

use std::collections::BTreeMap;

use ccc_spec::Recovery;
use ccc_spec::diagnostic::{self, Diagnostic, RenderOptions};
use ccc_spec::link::expand;
use ccc_spec::model::{Operation, ProductSpec};
use ccc_spec::source::Source;

use crate::failure::Failure;
use crate::files::OutputFolder;
use crate::pages::Page;
use crate::regen::{self, Listener, Outcome};
use crate::specs::ProductKey;
use crate::workspace::{OVERLAYS, Workspace};

/// A state of the workspace.
#[derive(Debug)]
pub(crate) struct State {
    /// Pages that could be read, by name.
    pub(super) pages: BTreeMap<String, PageState>,
    /// Overlays, by path below their folder.
    pub(super) overlays: BTreeMap<String, Vec<u8>>,
    /// The diagnostics of overlays and manifests, as text, by file.
    pub(super) said: BTreeMap<String, String>,
    /// The result of reading the pages.
    pub(super) outcome: Outcome,
}

/// A page and its recovery.
#[derive(Debug)]
pub(super) struct PageState {
    pub(super) page: Page,
    pub(super) recovery: Recovery,
    /// Its diagnostics, in the order of the page.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl State {
    /// Reads the workspace.
    pub(crate) fn read(workspace: &Workspace) -> Result<Self, Failure> {
        let mut collected = Collected::default();
        let outcome = regen::read(workspace, &mut collected)?;
        let overlays = OutputFolder::new(workspace.root(), OVERLAYS, &["toml"]).read()?;
        let Collected { mut pages, said } = collected;
        for page in pages.values_mut() {
            diagnostic::sort(&mut page.diagnostics);
        }
        Ok(Self { pages, overlays, said, outcome })
    }

    /// Iterates over the names of the pages that could be read.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }

    /// Whether a page is there, but cannot be read or is refused.
    pub(super) fn is_unreadable(&self, name: &str) -> bool {
        self.outcome.unreadable.contains(name)
    }

    /// Returns the operation of a page, with the spec whose types it refers to.
    pub(super) fn operation(&self, page: &Page) -> Option<(&Operation, &ProductSpec)> {
        let read = self.outcome.operations.get(&page.spec())?;
        let spec = self.outcome.linked.specs.get(&ProductKey::from_operation(read))?;
        let linked = spec.operations.iter().find(|linked| linked.action == read.action)?;
        Some((linked, spec))
    }

    /// Returns the operation of a page with its shared types written out.
    pub(super) fn expanded(&self, page: &Page) -> Option<Operation> {
        self.operation(page).map(|(operation, spec)| expand(spec, operation))
    }

    /// Returns the specs of all products.
    pub(super) fn specs(&self) -> Vec<ProductSpec> {
        self.outcome.linked.specs.values().cloned().collect()
    }
}

/// Collects pages and diagnostics while pages are read.
#[derive(Default)]
struct Collected {
    pages: BTreeMap<String, PageState>,
    said: BTreeMap<String, String>,
}

impl Listener for Collected {
    fn page(&mut self, page: &Page, recovery: &Recovery) {
        let state = PageState { page: page.clone(), recovery: recovery.clone(), diagnostics: Vec::new() };
        self.pages.insert(page.name.clone(), state);
    }

    fn report(&mut self, diagnostics: &[Diagnostic], source: &Source) {
        if let Some(page) = self.pages.get_mut(source.name()) {
            page.diagnostics.extend_from_slice(diagnostics);
        } else if !diagnostics.is_empty() {
            let text = diagnostic::render(diagnostics, source, RenderOptions::default());
            self.said.entry(source.name().to_owned()).or_default().push_str(&text);
        }
    }
}
