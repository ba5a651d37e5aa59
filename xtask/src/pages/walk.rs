//! Finds the pages below folders. A page that cannot be read stops no other. Links are followed, and each file is found
//! once.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The extensions of pages, in whatever case.
const EXTENSIONS: [&str; 2] = ["md", "markdown"];

/// Whether a file is a page, by its name.
pub(crate) fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|end| EXTENSIONS.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

/// Makes the failure for a folder without pages.
pub(crate) fn no_pages(folder: &Path) -> Failure {
    Failure::refused(
        folder,
        "holds no pages: no file in it, at any depth, has a name that ends in .md or .markdown",
    )
}

/// Collects the pages of folders. Hidden files and folders are left out.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// Files that are pages, under the names that lead to them.
    pub(crate) pages: Vec<PathBuf>,
    /// Pages and folders that cannot be read, each with the reason.
    pub(crate) failed: Vec<(PathBuf, Failure)>,
    /// The real paths of the files that were found.
    files: HashSet<PathBuf>,
    /// The real paths of the folders that were found, and whether they hold pages.
    folders: HashMap<PathBuf, bool>,
    /// Links to follow last, so that files below the folder itself are found under their own names.
    links: VecDeque<PathBuf>,
}

impl Walk {
    /// Collects the pages below `folder`. Returns whether it has any, those that were found before included.
    pub(crate) fn folder(&mut self, folder: &Path) -> bool {
        let mut is_any = self.list(folder);
        while let Some(link) = self.links.pop_front() {
            is_any |= match fs::metadata(&link) {
                Ok(target) => self.entry(link.clone(), real(&link), target.file_type()),
                Err(error) if is_page(&link) || link.extension().is_none() => {
                    let failure = Failure::io("read", &link, error);
                    self.failed.push((link, failure));
                    true
                }
                Err(_) => false,
            };
        }
        self.folders.insert(real(folder), is_any);
        is_any
    }

    /// Takes a file as a page, whatever its name is.
    pub(crate) fn file(&mut self, path: PathBuf, real: PathBuf) {
        if !self.files.insert(real) {
            return;
        }
        if path.to_str().is_some() {
            self.pages.push(path);
        } else {
            let failure = Failure::refused(&path, "the name is not UTF-8; rename it");
            self.failed.push((path, failure));
        }
    }

    fn list(&mut self, folder: &Path) -> bool {
        let real = real(folder);
        if let Some(is_any) = self.folders.get(&real) {
            return *is_any;
        }
        // A link that leads back here finds nothing new.
        self.folders.insert(real.clone(), false);
        let listed = fs::read_dir(folder).and_then(|entries| {
            let typed =
                entries.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))));
            typed.collect::<Result<Vec<_>, _>>()
        });
        let mut entries = match listed {
            Ok(entries) => entries,
            Err(error) => {
                self.failed.push((folder.to_path_buf(), Failure::io("list", folder, error)));
                return true;
            }
        };
        entries.retain(|(name, _)| !name.as_encoded_bytes().starts_with(b"."));
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut is_any = false;
        for (name, kind) in entries {
            let path = folder.join(&name);
            if kind.is_symlink() {
                self.links.push_back(path);
            } else {
                is_any |= self.entry(path, real.join(&name), kind);
            }
        }
        self.folders.insert(real, is_any);
        is_any
    }

    fn entry(&mut self, path: PathBuf, real: PathBuf, kind: FileType) -> bool {
        if kind.is_dir() {
            return self.list(&path);
        }
        let is_page = is_page(&path);
        if is_page && kind.is_file() {
            self.file(path, real);
        } else if is_page {
            // A pipe might never end.
            let failure = Failure::refused(&path, "is not a regular file");
            self.failed.push((path, failure));
        }
        is_page
    }
}

/// Returns the real path of a file; the given path if the file cannot be found.
pub(crate) fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::TempDir::new().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    /// The pages below a folder, and how many failures there are.
    fn found(folder: &tempfile::TempDir) -> (Vec<String>, usize) {
        let mut walk = Walk::default();
        walk.folder(folder.path());
        let below = |page: &PathBuf| page.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
        (walk.pages.iter().map(below).collect(), walk.failed.len())
    }

    #[test]
    fn pages_are_known_by_their_names() {
        let folder = folder(&["b/c.md", "a.MD", "d.markdown", "b.txt", ".git/d.md", ".e.md", "md"]);
        let (mut pages, failed) = found(&folder);
        pages.sort();
        assert_eq!(
            (pages.as_slice(), failed),
            (["a.MD", "b/c.md", "d.markdown"].map(str::to_owned).as_slice(), 0)
        );
    }

    #[test]
    fn a_folder_without_pages_is_told_from_one_whose_pages_are_known() {
        let folder = folder(&["a/x.md", "b/x.txt"]);
        let mut walk = Walk::default();
        assert!(walk.folder(folder.path()) && walk.folder(&folder.path().join("a")));
        assert!(!Walk::default().folder(&folder.path().join("b")));
        assert_eq!(walk.pages.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_end() {
        use std::os::unix::fs::symlink;
        let outside = folder(&["p/x.md", "y.md"]);
        let folder = folder(&["a/z.md"]);
        symlink(outside.path().join("p"), folder.path().join("linked")).unwrap();
        symlink(outside.path().join("y.md"), folder.path().join("a/y.md")).unwrap();
        // Back to where it came from, to itself, and to what is found by its own name.
        symlink(folder.path(), folder.path().join("a/loop")).unwrap();
        symlink("self.md", folder.path().join("self.md")).unwrap();
        symlink("a", folder.path().join("A-first")).unwrap();
        let (mut pages, failed) = found(&folder);
        pages.sort();
        assert_eq!(pages, ["a/y.md", "a/z.md", "linked/x.md"]);
        assert_eq!(failed, 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_its_own_folder_is_no_page() {
        let folder = folder(&["a.txt"]);
        std::os::unix::fs::symlink(".", folder.path().join("again")).unwrap();
        assert!(!Walk::default().folder(folder.path()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf_8_costs_itself_alone() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        let folder = folder(&["a.md"]);
        fs::write(folder.path().join(OsStr::from_bytes(b"b\xff.md")), "").unwrap();
        assert_eq!(found(&folder), (vec!["a.md".to_owned()], 1));
    }
}
