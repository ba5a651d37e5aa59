//! A page of the review, and its differences from the base.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use ccc_codegen::report::{Entry, EntryChange, Impact, Report, Subject as About};
use ccc_spec::diagnostic::{Diagnostic, Level};
use ccc_spec::explain::{Explanation, explanations};
use ccc_spec::model::{Operation, ProductSpec};
use ccc_spec::source::Source;

use super::lines::Lines;
use super::state::{PageState, State};
use crate::specs::ProductKey;
use crate::workspace::OVERLAYS;

/// A page of the review.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    /// The page as it is, or as it was if it is gone or unreadable.
    shown: &'a PageState,
    /// The change of its file.
    pub(super) fate: Fate,
    /// The prefix of its ids, unique in the review.
    pub(super) slug: String,
    /// The operation, with the spec whose types it refers to.
    pub(super) operation: Option<(&'a Operation, &'a ProductSpec)>,
    /// The lines that changed.
    pub(super) lines: Lines,
    /// Its diagnostics.
    pub(super) notes: Vec<Note<'a>>,
    /// The path of its overlay, if it has one, and the diagnostics of the overlay.
    pub(super) overlay: Option<(String, Option<&'a str>)>,
    /// Whether the overlay changed.
    pub(super) overlay_changed: bool,
    /// The changes of the operation and of the types that it refers to.
    pub(super) entries: Vec<Entry>,
}

/// The change of a page's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is unchanged, or there is no base.
    Same,
    /// Its text changed.
    Changed,
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// It is there, but cannot be read or is refused.
    Unreadable,
    /// It could not be read in the base, or was refused.
    WasUnreadable,
}

/// A diagnostic of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Note<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    /// Whether the base does not have it.
    pub(super) is_new: bool,
}

impl<'a> Subject<'a> {
    /// Returns the pages of a review, the most severe change first, then by name: all pages, or those that differ from the
    /// base.
    pub(super) fn all(now: &'a State, base: Option<&'a State>, report: &Report) -> Vec<Self> {
        let gone = base.into_iter().flat_map(|base| base.pages.keys());
        let names: BTreeSet<&String> = now.pages.keys().chain(gone).collect();
        let mut slugs = BTreeSet::new();
        let mut subjects = Vec::new();
        for name in names {
            let was = base.and_then(|base| base.pages.get(name));
            let subject = match (now.pages.get(name), was) {
                (Some(page), was) => Self::present(page, was, (now, base), report),
                (None, Some(was)) => base.map(|base| {
                    let fate = if now.is_unreadable(name) { Fate::Unreadable } else { Fate::Gone };
                    Self::absent(was, fate, base, report)
                }),
                (None, None) => None,
            };
            if let Some(mut subject) = subject {
                subject.slug = slug(&subject.title(), &mut slugs);
                subjects.push(subject);
            }
        }
        // The most important comes first.
        subjects.sort_by_key(|subject| (Reverse(subject.impact()), !subject.is_changed()));
        subjects
    }

    /// Whether the page or its overlay changed.
    pub(super) fn is_changed(&self) -> bool {
        self.fate != Fate::Same || self.overlay_changed
    }

    /// Whether its operation changes only in shared types.
    pub(super) fn is_by_types(&self) -> bool {
        self.entries.iter().all(|entry| matches!(entry.subject, About::Type(_)))
    }

    /// Makes the subject of a present page; `None` if nothing changed.
    fn present(
        page: &'a PageState,
        was: Option<&'a PageState>,
        (now, base): (&'a State, Option<&'a State>),
        report: &Report,
    ) -> Option<Self> {
        let text = page.recovery.source.text();
        let fate = match (base, was) {
            (None, _) => Fate::Same,
            (Some(base), None) if base.is_unreadable(&page.page.name) => Fate::WasUnreadable,
            (Some(_), None) => Fate::New,
            (Some(_), Some(was)) if was.recovery.source.text() == text => Fate::Same,
            (Some(_), Some(_)) => Fate::Changed,
        };
        let operation = now.operation(&page.page);
        let path = page.page.overlay();
        let overlay = now.overlays.get(&path);
        let overlay_changed = base.is_some_and(|base| base.overlays.get(&path) != overlay);
        let entries = operation.map_or_else(Vec::new, |(operation, _)| entries(report, operation));
        let is_spec_same = base.is_none_or(|base| base.expanded(&page.page) == now.expanded(&page.page));
        if base.is_some() && fate == Fate::Same && !overlay_changed && is_spec_same && entries.is_empty() {
            return None;
        }
        let lines = was.map_or_else(Lines::default, |was| Lines::between(was.recovery.source.text(), text));
        let is_known = |one: &Diagnostic| match (base, was) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(_), Some(was)) => {
                was.diagnostics.iter().any(|other| (other.code, &other.message) == (one.code, &one.message))
            }
        };
        let note = |diagnostic: &'a Diagnostic| Note { diagnostic, is_new: !is_known(diagnostic) };
        Some(Self {
            shown: page,
            fate,
            slug: String::new(),
            operation,
            lines,
            notes: page.diagnostics.iter().map(note).collect(),
            overlay: overlay.map(|_| {
                let file = format!("{OVERLAYS}/{path}");
                let said = now.said.get(&file).map(String::as_str);
                (file, said)
            }),
            overlay_changed,
            entries,
        })
    }

    /// Makes the subject of a page that only the base could read.
    fn absent(was: &'a PageState, fate: Fate, base: &'a State, report: &Report) -> Self {
        let operation = base.operation(&was.page);
        Self {
            shown: was,
            fate,
            slug: String::new(),
            operation,
            lines: Lines::default(),
            notes: Vec::new(),
            overlay: None,
            overlay_changed: false,
            entries: operation.map_or_else(Vec::new, |(operation, _)| entries(report, operation)),
        }
    }

    /// Returns the page's path below the workspace.
    pub(super) fn name(&self) -> &'a str {
        &self.shown.page.name
    }

    /// Returns the page's text.
    pub(super) fn source(&self) -> &'a Source {
        &self.shown.recovery.source
    }

    /// Returns the operation as it is without its overlay.
    pub(super) fn recovered(&self) -> Option<&'a Operation> {
        self.shown.recovery.operation.as_ref()
    }

    /// Explains the place of each field.
    pub(super) fn explanations(&self) -> Vec<Explanation<'a>> {
        explanations(&self.shown.recovery)
    }

    /// Returns the operation's name, else the name of the page's file.
    pub(super) fn title(&self) -> String {
        let action = self.operation.map(|(operation, _)| operation).or(self.recovered());
        let file = || self.name().rsplit('/').next().unwrap_or_default();
        action.map_or_else(file, |operation| operation.action.as_str()).to_owned()
    }

    /// Returns the most severe change, if there is one.
    pub(super) fn impact(&self) -> Option<Impact> {
        self.entries.iter().map(Entry::impact).max()
    }

    /// Counts the diagnostics of a level.
    pub(super) fn count(&self, level: Level) -> usize {
        self.notes.iter().filter(|note| note.diagnostic.level == level).count()
    }
}

/// Selects the changes of an operation and of the types that it refers to.
fn entries(report: &Report, operation: &Operation) -> Vec<Entry> {
    let key = ProductKey::from_operation(operation);
    let concerns = |entry: &&Entry| match (&entry.subject, &entry.change) {
        _ if ProductKey::new(&entry.product, &entry.version) != key => false,
        (About::Operation(action), _) => *action == operation.action,
        (About::Type(_), EntryChange::Changed { reaches, .. }) => reaches.contains(&operation.action),
        (About::Type(_), _) => false,
    };
    report.entries().iter().filter(concerns).cloned().collect()
}

/// Makes a prefix of ids from a text, different from those that are taken.
fn slug(title: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        title.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(80).collect();
    let numbered = (2_usize..).map(|number| format!("{plain}.{number}"));
    let free = std::iter::once(plain.clone()).chain(numbered).find(|slug| !taken.contains(slug));
    let slug = free.unwrap_or_default();
    taken.insert(slug.clone());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_hold_letters_alone_and_differ() {
        let mut taken = BTreeSet::new();
        assert_eq!(slug("Make Call\"", &mut taken), "Make_Call_");
        assert_eq!(slug("Make_Call_", &mut taken), "Make_Call_.2");
    }
}
