//! Resolves the symbolic links of a commit within its own files.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// Largest number of links to follow from one link, as on Linux.
const MAX_LINKS: usize = 40;

/// The files, folders and links of a commit, by their paths below the workspace.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Files, and the folders above them.
    entries: BTreeSet<PathBuf>,
    /// Links with their targets.
    links: BTreeMap<PathBuf, PathBuf>,
}

impl Tree {
    /// Adds a file and the folders above it.
    pub(super) fn add_file(&mut self, path: &Path) {
        self.add_folders(path);
        self.entries.insert(path.to_path_buf());
    }

    /// Adds a link and the folders above it.
    pub(super) fn add_link(&mut self, path: &Path, target: PathBuf) {
        self.add_folders(path);
        self.links.insert(path.to_path_buf(), target);
    }

    /// Iterates over the links with their targets.
    pub(super) fn links(&self) -> impl Iterator<Item = (&Path, &Path)> {
        self.links.iter().map(|(path, target)| (path.as_path(), target.as_path()))
    }

    /// Returns the file or folder that a link leads to; `None` if it is absolute, leaves the tree, ends nowhere or follows
    /// too many links.
    pub(super) fn resolve(&self, link: &Path) -> Option<PathBuf> {
        let mut left: VecDeque<OsString> = names(link)?.into();
        let (mut at, mut followed) = (PathBuf::new(), 0);
        while let Some(name) = left.pop_front() {
            if name == ".." {
                if !at.pop() {
                    return None;
                }
                continue;
            }
            at.push(name);
            if let Some(target) = self.links.get(&at) {
                followed += 1;
                if followed > MAX_LINKS {
                    return None;
                }
                at.pop();
                names(target)?.into_iter().rev().for_each(|name| left.push_front(name));
            } else if !self.entries.contains(&at) {
                return None;
            }
        }
        Some(at)
    }

    fn add_folders(&mut self, path: &Path) {
        self.entries.extend(path.ancestors().skip(1).map(Path::to_path_buf));
    }
}

/// Splits a relative path into names and `..`; `None` if it is absolute.
fn names(path: &Path) -> Option<Vec<OsString>> {
    let mut names = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(_) | Component::ParentDir => names.push(part.as_os_str().to_owned()),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(links: &[(&str, &str)]) -> Tree {
        let mut tree = Tree::default();
        tree.add_file(Path::new("docs/a/x.md"));
        for (path, target) in links {
            tree.add_link(Path::new(path), PathBuf::from(target));
        }
        tree
    }

    fn resolved(target: &str) -> Option<PathBuf> {
        tree(&[("docs/b/y.md", target), ("docs/c", "a"), ("docs/b/z.md", "y.md")])
            .resolve(Path::new("docs/b/y.md"))
    }

    #[test]
    fn a_link_leads_to_a_file_a_folder_or_through_another_link() {
        assert_eq!(resolved("../a/x.md"), Some(PathBuf::from("docs/a/x.md")));
        assert_eq!(resolved(".././a/"), Some(PathBuf::from("docs/a")));
        assert_eq!(resolved("../c/x.md"), Some(PathBuf::from("docs/a/x.md")));
    }

    #[test]
    fn a_link_that_leaves_the_tree_leads_nowhere() {
        for target in
            ["/docs/a/x.md", "../../../docs/a/x.md", "../../../../x.md", "../gone/../a/x.md", "x.md"]
        {
            assert_eq!(resolved(target), None, "{target}");
        }
    }

    #[test]
    fn links_in_a_circle_lead_nowhere() {
        assert_eq!(resolved("z.md"), None);
        assert_eq!(resolved("y.md"), None);
        let grows = tree(&[("docs/b", "b/b/b")]);
        assert_eq!(grows.resolve(Path::new("docs/b")), None);
    }
}
