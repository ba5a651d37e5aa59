//! Finds the pages below `spec/docs` and says where the spec of each belongs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::walk::{self, Walk};
use crate::workspace::{PAGES, SPECS, Workspace};

/// A page that was found, not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// Path below the workspace, with `/`: `spec/docs/ccc/2020-07-01/MakeCall.md`.
    pub(crate) name: String,
    /// Its spec's path below the folder of specs: `ccc/2020-07-01/MakeCall.json`.
    pub(crate) spec: String,
    /// Where the file is.
    pub(crate) path: PathBuf,
}

impl Page {
    /// The page at `below` in the folder of pages, if that is the path of a page.
    fn new(below: &str, path: PathBuf) -> Option<Self> {
        let (stem, _) = below.rsplit_once('.').filter(|_| walk::is_page(Path::new(below)))?;
        Some(Self { name: format!("{PAGES}/{below}"), spec: format!("{stem}.json"), path })
    }

    /// Path of its spec below the workspace.
    pub(crate) fn spec_name(&self) -> String {
        format!("{SPECS}/{}", self.spec)
    }

    /// Its overlay's path below the folder of overlays: `ccc/2020-07-01/MakeCall.toml`.
    pub(crate) fn overlay(&self) -> String {
        format!("{}.toml", self.spec.strip_suffix(".json").unwrap_or(&self.spec))
    }

    /// The page's bytes, whatever they are.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        fs::read(&self.path).map_err(|error| Failure::io("read", &self.path, error))
    }
}

/// What the folder of pages holds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Pages, sorted by name.
    pub(crate) pages: Vec<Page>,
    /// What looks like a page but is not taken, with the reason; sorted.
    pub(crate) refused: Vec<(Page, String)>,
}

/// All pages of the workspace, at any depth; hidden files and others are not pages. A folder that cannot be listed is a
/// failure, since what was made of its pages would be taken for what pages are gone of; so is a workspace without pages.
pub(crate) fn find(workspace: &Workspace) -> Result<Found, Failure> {
    let root = workspace.path(PAGES);
    let mut walk = Walk::default();
    if !walk.folder(&root) {
        return Err(walk::no_pages(&root));
    }
    let page = |path: PathBuf| {
        let below = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        Page::new(&below, path)
    };
    let mut found = Found { pages: walk.pages.into_iter().filter_map(page).collect(), refused: Vec::new() };
    found.pages.sort_by(|one, other| one.name.cmp(&other.name));
    for (path, failure) in walk.failed {
        match page(path) {
            Some(page) if !page.path.is_dir() => {
                found.refused.push((page, format!("is unreadable ({failure})")));
            }
            _ => return Err(failure),
        }
    }
    let mut specs = BTreeMap::new();
    found.pages.retain(|page| match specs.get(&page.spec) {
        None => {
            specs.insert(page.spec.clone(), page.name.clone());
            true
        }
        Some(other) => {
            let reason = format!("would have the same spec as {other}, which is taken; rename one of them");
            found.refused.push((page.clone(), reason));
            false
        }
    });
    found.refused.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_spec_and_its_overlay() {
        let page = Page::new("ccc/2020-07-01/MakeCall.md", PathBuf::new()).unwrap();
        assert_eq!(page.name, "spec/docs/ccc/2020-07-01/MakeCall.md");
        assert_eq!(page.spec_name(), "spec/ir/ccc/2020-07-01/MakeCall.json");
        assert_eq!(page.overlay(), "ccc/2020-07-01/MakeCall.toml");
    }

    #[test]
    fn other_files_are_not_pages() {
        assert_eq!(Page::new("ccc/LICENSE", PathBuf::new()), None);
        assert_eq!(Page::new("ccc/call.png", PathBuf::new()), None);
        assert_eq!(Page::new("ccc/Call.markdown", PathBuf::new()).unwrap().spec, "ccc/Call.json");
    }
}
