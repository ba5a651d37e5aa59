//! Selects the operations of the client: those of the pages. If a page fails, the operation of its spec on disk is kept, so
//! that a damaged page loses nothing.

use std::collections::BTreeMap;

use ccc_spec::model::Operation;

use super::problem::{Consequence, Problem};
use crate::pages::Page;
use crate::specs::{OperationKey, Specs};
use crate::workspace::OVERLAYS;

/// The result of reading a page.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The page.
    pub(crate) page: Page,
    /// Its operation, or why there is none.
    pub(crate) operation: Result<Operation, Trouble>,
}

/// A reason why a page has no operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It could not be opened.
    Unreadable(String),
    /// It documents none.
    NoOperation,
    /// Rows of its parameters or fields cannot be read, which its diagnostics name.
    Fields,
    /// Its overlay has errors, which its diagnostics name. Its corrections must not be lost.
    Overlay,
}

/// The operations of the client.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Operations by path below the folder of specs.
    pub(crate) operations: BTreeMap<String, Operation>,
    /// Problems of the pages.
    pub(crate) problems: Vec<Problem>,
}

/// Selects from the results of the pages, in the order of their names, and from the specs on disk.
pub(crate) fn select(readings: Vec<Reading>, specs: &Specs) -> Selection {
    let mut selection = Selection::default();
    let mut documented: BTreeMap<OperationKey, String> = BTreeMap::new();
    let mut failed = Vec::new();
    for Reading { page, operation } in readings {
        match operation {
            Ok(operation) => {
                let key = OperationKey::from_operation(&operation);
                if let Some(first) = documented.get(&key) {
                    let (first, second) = (first.clone(), page.name.clone());
                    selection.problems.push(Problem::Duplicate { operation: key, first, second });
                    failed.push((page, None));
                } else {
                    selection.operations.insert(page.spec(), operation);
                    documented.insert(key, page.name);
                }
            }
            Err(trouble) => failed.push((page, Some(trouble))),
        }
    }
    for (page, trouble) in failed {
        // A page with another extension may have taken the place.
        let is_free = !selection.operations.contains_key(&page.spec());
        let kept = specs.readable.get(&page.spec()).filter(|_| is_free);
        let kept = kept.filter(|kept| !documented.contains_key(&OperationKey::from_operation(kept)));
        let consequence = if kept.is_some() { Consequence::Kept } else { Consequence::Nothing };
        selection.problems.extend(trouble.map(|trouble| trouble.into_problem(&page, consequence)));
        if is_free && specs.damaged.contains_key(&page.spec()) {
            let spec = page.spec_name();
            selection.problems.push(Problem::NothingToKeep { page: page.name.clone(), spec });
        }
        if let Some(kept) = kept {
            selection.operations.insert(page.spec(), kept.clone());
            documented.insert(OperationKey::from_operation(kept), page.name);
        }
    }
    selection
}

impl Trouble {
    fn into_problem(self, page: &Page, consequence: Consequence) -> Problem {
        let overlay = format!("{OVERLAYS}/{}", page.overlay());
        let spec = page.spec_name();
        let page = page.name.clone();
        match self {
            Self::Fields => Problem::Fields { page, spec, consequence },
            Self::Unreadable(reason) => Problem::Unreadable { page, reason, consequence },
            Self::NoOperation => Problem::NoOperation { page, consequence },
            Self::Overlay => Problem::Overlay { overlay, consequence },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn operation(action: &str) -> Operation {
        Operation::new("CCC", "2020-07-01", action)
    }

    fn reading(name: &str, operation: Result<Operation, Trouble>) -> Reading {
        let page = Page { name: format!("spec/docs/{name}.md"), path: PathBuf::new() };
        Reading { page, operation }
    }

    fn on_disk(specs: &[(&str, &str)]) -> Specs {
        let readable = specs.iter().map(|(path, action)| ((*path).to_owned(), operation(action))).collect();
        Specs { readable, ..Specs::default() }
    }

    fn actions(selection: &Selection) -> Vec<(&str, &str)> {
        selection
            .operations
            .iter()
            .map(|(path, operation)| (path.as_str(), operation.action.as_str()))
            .collect()
    }

    #[test]
    fn two_pages_of_one_operation_are_named() {
        let readings = vec![reading("a", Ok(operation("Call"))), reading("b", Ok(operation("Call")))];
        let selection = select(readings, &Specs::default());
        assert_eq!(actions(&selection), [("a.json", "Call")]);
        assert_eq!(
            selection.problems[0].to_string(),
            "CCC 2020-07-01 Call is documented by two pages, spec/docs/a.md and spec/docs/b.md; \
             the first is taken, remove one of them"
        );
    }

    #[test]
    fn a_page_that_took_the_name_of_another_keeps_its_own_operation() {
        let readings = vec![reading("a", Ok(operation("Call"))), reading("b", Ok(operation("Call")))];
        let selection = select(readings, &on_disk(&[("a.json", "Call"), ("b.json", "Hold")]));
        assert_eq!(actions(&selection), [("a.json", "Call"), ("b.json", "Hold")]);
    }

    #[test]
    fn a_damaged_page_keeps_what_stands() {
        let readings = vec![reading("a", Err(Trouble::NoOperation)), reading("b", Ok(operation("Hold")))];
        let selection = select(readings, &on_disk(&[("a.json", "Call"), ("b.json", "Hold")]));
        assert_eq!(actions(&selection), [("a.json", "Call"), ("b.json", "Hold")]);
        assert_eq!(
            selection.problems[0].to_string(),
            "no operation can be read from spec/docs/a.md; its spec and code stay as they are"
        );
    }

    #[test]
    fn a_new_page_that_is_damaged_gives_nothing() {
        let selection = select(vec![reading("a", Err(Trouble::NoOperation))], &Specs::default());
        assert!(selection.operations.is_empty());
        assert!(!selection.problems[0].blocks_writing());
    }

    #[test]
    fn a_damaged_page_with_a_damaged_spec_stops_writing() {
        let damaged = [("a.json".to_owned(), "cut off".to_owned())].into();
        let specs = Specs { damaged, ..Specs::default() };
        let selection = select(vec![reading("a", Err(Trouble::NoOperation))], &specs);
        assert!(selection.problems.iter().any(Problem::blocks_writing));
    }

    #[test]
    fn an_operation_that_moved_to_another_page_is_not_kept_twice() {
        let readings = vec![reading("a", Err(Trouble::NoOperation)), reading("b", Ok(operation("Call")))];
        let selection = select(readings, &on_disk(&[("a.json", "Call")]));
        assert_eq!(actions(&selection), [("b.json", "Call")]);
    }

    #[test]
    fn a_spec_without_a_page_is_dropped() {
        let selection = select(Vec::new(), &on_disk(&[("a.json", "Call")]));
        assert!(selection.operations.is_empty() && selection.problems.is_empty());
    }
}
