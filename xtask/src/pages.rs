//! Finds the pages below `spec/docs` and says where the spec of each belongs. Symbolic links are not followed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
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
        let (stem, extension) = below.rsplit_once('.')?;
        extension.eq_ignore_ascii_case("md").then(|| Self {
            name: format!("{PAGES}/{below}"),
            spec: format!("{stem}.json"),
            path,
        })
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
    pub(crate) refused: Vec<(Page, &'static str)>,
}

/// All pages of the workspace: files whose name ends in `.md`, at any depth; hidden ones and other files are not pages.
pub(crate) fn find(workspace: &Workspace) -> Result<Found, Failure> {
    let mut found = Found::default();
    visit(&workspace.path(PAGES), "", &mut found)?;
    found.pages.sort_by(|one, other| one.name.cmp(&other.name));
    found.refused.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    Ok(found)
}

fn visit(folder: &Path, prefix: &str, found: &mut Found) -> Result<(), Failure> {
    let failed = |error| Failure::io("list", folder, error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let file_name = entry.file_name();
        let Some(name) = file_name.to_str() else {
            return Err(Failure::refused(&entry.path(), "the name is not UTF-8; rename it"));
        };
        if name.starts_with('.') {
            continue;
        }
        let below = format!("{prefix}{name}");
        if kind.is_dir() {
            visit(&entry.path(), &format!("{below}/"), found)?;
        } else if let Some(page) = Page::new(&below, entry.path()) {
            if kind.is_file() {
                found.pages.push(page);
            } else {
                found.refused.push((page, "is not a regular file; links are not followed"));
            }
        } else if kind.is_symlink() && entry.path().is_dir() {
            return Err(Failure::refused(&entry.path(), "is a link to a folder; links are not followed"));
        }
    }
    Ok(())
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
    }
}
