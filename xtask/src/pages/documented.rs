//! Finds the pages below `spec/docs` and says where the spec and the overlay of each belong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Page;
use super::walk::{self, Walk};
use crate::failure::Failure;
use crate::workspace::{PAGES, SPECS, Workspace};

impl Page {
    /// Returns the path of its spec below the folder of specs: `ccc/2020-07-01/MakeCall.json`.
    pub(crate) fn spec(&self) -> String {
        format!("{}.json", self.stem())
    }

    /// Returns the path of its spec below the workspace.
    pub(crate) fn spec_name(&self) -> String {
        format!("{SPECS}/{}", self.spec())
    }

    /// Returns the path of its overlay below the folder of overlays: `ccc/2020-07-01/MakeCall.toml`.
    pub(crate) fn overlay(&self) -> String {
        format!("{}.toml", self.stem())
    }

    /// Returns its path below the folder of pages, without the extension.
    fn stem(&self) -> &str {
        let below =
            self.name.strip_prefix(PAGES).and_then(|below| below.strip_prefix('/')).unwrap_or(&self.name);
        below.rsplit_once('.').map_or(below, |(stem, _)| stem)
    }
}

/// The pages of the workspace.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Pages, sorted by name.
    pub(crate) pages: Vec<Page>,
    /// Files that look like pages but are not taken, each with the reason; sorted.
    pub(crate) refused: Vec<(Page, String)>,
}

/// Finds all pages of the workspace, at any depth, without hidden files. Fails if there is none, or if a folder cannot be
/// listed, because its pages would count as removed.
pub(crate) fn find(workspace: &Workspace) -> Result<Found, Failure> {
    let root = workspace.path(PAGES);
    let mut walk = Walk::default();
    if !walk.folder(&root) {
        return Err(walk::no_pages(&root));
    }
    let mut found = Found::default();
    found.pages.extend(walk.pages.into_iter().map(|path| page(&root, path)));
    found.pages.sort();
    for (path, failure) in walk.failed {
        if !walk::is_page(&path) || path.is_dir() {
            return Err(failure);
        }
        found.refused.push((page(&root, path), format!("is unreadable ({failure})")));
    }
    let mut specs = BTreeMap::new();
    found.pages.retain(|page| match specs.get(&page.spec()) {
        None => {
            specs.insert(page.spec(), page.name.clone());
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

/// Names a page below the folder of pages by its path below the workspace.
fn page(root: &Path, path: PathBuf) -> Page {
    let below = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
    Page { name: format!("{PAGES}/{below}"), path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_spec_and_its_overlay() {
        let page = page(Path::new("docs"), PathBuf::from("docs/ccc/2020-07-01/MakeCall.markdown"));
        assert_eq!(page.name, "spec/docs/ccc/2020-07-01/MakeCall.markdown");
        assert_eq!(page.spec_name(), "spec/ir/ccc/2020-07-01/MakeCall.json");
        assert_eq!(page.overlay(), "ccc/2020-07-01/MakeCall.toml");
    }
}
