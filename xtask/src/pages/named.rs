//! Finds the pages that a command line names, files or folders.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ccc_spec::Recovery;
use ccc_spec::siblings::{self, Siblings};

use super::Page;
use super::walk::{self, Walk};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Pages, sorted.
#[derive(Debug)]
pub(crate) struct PageSet {
    pages: Vec<Page>,
    /// The folders of the files that were named one by one.
    around: BTreeSet<PathBuf>,
    /// Files that cannot be read, and folders without pages.
    failures: Vec<Failure>,
}

impl PageSet {
    /// Finds pages: takes a named file whatever it is called, and the pages of a folder at any depth. A page is read once,
    /// however many names lead to it. Fails if there is no page at all.
    pub(crate) fn find(named: &[PathBuf]) -> Result<Self, Failure> {
        let (mut walk, mut failures, mut around) = (Walk::default(), Vec::new(), BTreeSet::new());
        for path in named {
            match fs::metadata(path) {
                Ok(target) if target.is_dir() => {
                    if !walk.folder(path) {
                        failures.push(walk::no_pages(path));
                    }
                }
                Ok(_) => {
                    around.extend(path.parent().map(Path::to_path_buf));
                    walk.file(path.clone(), walk::real(path));
                }
                Err(error) => failures.push(Failure::io("read", path, error)),
            }
        }
        failures.extend(walk.failed.into_iter().map(|(_, failure)| failure));
        if walk.pages.is_empty() && failures.len() < 2 {
            failures.pop().map_or(Ok(()), Err)?;
        }
        let mut pages: Vec<_> = walk.pages.into_iter().map(Page::at).collect();
        pages.sort();
        Ok(Self { pages, around, failures })
    }

    /// Counts the pages.
    pub(crate) fn len(&self) -> usize {
        self.pages.len()
    }

    /// Recovers every page, and returns the results of `digest` in the order of the pages. A page that states no version takes
    /// that of its siblings. Prints what cannot be read; the exit code reports it too.
    pub(crate) fn recover_each<T: Send>(
        &self,
        terminal: Terminal,
        digest: impl Fn(&Page, Recovery) -> T + Sync,
    ) -> Result<(Vec<T>, Exit), Failure> {
        let siblings = OnceLock::new();
        let results = super::recover_each(&self.pages, |page, mut recovery| {
            if siblings::is_needed(&recovery) {
                siblings.get_or_init(|| self.siblings()).fill_in(&page.name, &mut recovery);
            }
            digest(page, recovery)
        });
        let (mut digests, mut unreadable) = (Vec::with_capacity(results.len()), Vec::new());
        for result in results {
            match result {
                Ok(digest) => digests.push(digest),
                Err(failure) => unreadable.push(failure),
            }
        }
        let mut exit = Exit::Fine;
        for failure in self.failures.iter().chain(&unreadable) {
            terminal.complain(failure)?;
            exit = Exit::Failed;
        }
        Ok((digests, exit))
    }

    /// Collects what the pages state about their folders, and the pages beside those that were named one by one.
    fn siblings(&self) -> Siblings {
        let beside = self.around.iter().flat_map(|folder| pages_in(folder));
        let all: BTreeSet<Page> = beside.chain(self.pages.iter().cloned()).collect();
        super::siblings(&all.into_iter().collect::<Vec<_>>())
    }
}

/// Lists the pages that lie in a folder itself.
fn pages_in(folder: &Path) -> Vec<Page> {
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names = fs::read_dir(listed).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let pages = names.map(|name| folder.join(name)).filter(|path| walk::is_page(path) && path.is_file());
    pages.map(Page::at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(names: &[&str]) -> (tempfile::TempDir, Vec<Page>) {
        let folder = tempfile::TempDir::new().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("# {name}\n")).unwrap();
        }
        let pages = PageSet::find(&[folder.path().to_path_buf()]).unwrap().pages;
        (folder, pages)
    }

    #[test]
    fn pages_are_sorted() {
        let (folder, pages) = pages(&["b/c.md", "a.md", "b.md"]);
        let below = |page: &Page| page.path.strip_prefix(folder.path()).unwrap().display().to_string();
        assert_eq!(pages.iter().map(below).collect::<Vec<_>>(), ["a.md", "b.md", "b/c.md"]);
    }

    #[test]
    fn a_page_named_twice_is_read_once() {
        let (folder, pages) = pages(&["a.md"]);
        let named = [folder.path().to_path_buf(), folder.path().join("a.md")];
        assert_eq!(PageSet::find(&named).unwrap().pages, pages);
    }
}
