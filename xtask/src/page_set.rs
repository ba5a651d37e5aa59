//! The pages a command line names, files or folders, in an order that every machine agrees on; and reading
//! them with all processors while no more than a few are held.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;
use std::thread;

use ccc_spec::Recovery;
use ccc_spec::siblings::{self, Siblings};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::walk::{self, Walk};

/// Results a thread may be ahead of whoever takes them.
const AHEAD: usize = 8;

/// A page that was found, not read yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PageFile {
    /// What diagnostics call it: the path as it was named, with `/`.
    pub(crate) name: String,
    /// Where the file is.
    pub(crate) path: PathBuf,
}

impl PageFile {
    fn new(path: PathBuf) -> Self {
        Self { name: path.to_string_lossy().replace('\\', "/"), path }
    }
}

/// Pages, sorted.
#[derive(Debug)]
pub(crate) struct PageSet {
    pages: Vec<PageFile>,
    /// The folders of the files that were named one by one.
    around: BTreeSet<PathBuf>,
    /// What cannot be read, and folders without pages.
    failures: Vec<Failure>,
}

impl PageSet {
    /// The pages that files and folders stand for: a file is taken whatever it is called, of a folder the pages at any
    /// depth. A page is read once, however many names lead to it. Fails if there is no page at all.
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
        let mut pages: Vec<_> = walk.pages.into_iter().map(PageFile::new).collect();
        pages.sort();
        Ok(Self { pages, around, failures })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.pages.len()
    }

    /// Recovers every page, with the version of its siblings where it states none, and hands what `digest` makes of it to
    /// `take` in the order of the pages. Names what cannot be read, and says so in the end. As many threads as processors
    /// read; of the pages only those at work are in memory.
    pub(crate) fn recover_each<T: Send>(
        &self,
        terminal: Terminal,
        digest: impl Fn(&PageFile, Recovery) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), Failure>,
    ) -> Result<Exit, Failure> {
        for failure in &self.failures {
            terminal.complain(failure)?;
        }
        let siblings = OnceLock::new();
        let digest = |page: &PageFile, mut recovery: Recovery| {
            if siblings::is_needed(&recovery) {
                siblings.get_or_init(|| self.siblings()).fill_in(&page.name, &mut recovery);
            }
            digest(page, recovery)
        };
        let mut exit = if self.failures.is_empty() { Exit::Fine } else { Exit::Failed };
        read_each(&self.pages, digest, |result| match result {
            Ok(digested) => take(digested),
            Err(failure) => {
                exit = Exit::Failed;
                terminal.complain(&failure)
            }
        })?;
        Ok(exit)
    }

    /// What the pages state, and those beside the ones that were named one by one.
    fn siblings(&self) -> Siblings {
        let mut all: BTreeMap<&Path, PageFile> = BTreeMap::new();
        let beside: Vec<_> = self.around.iter().flat_map(|folder| beside(folder)).collect();
        for page in beside.iter().chain(&self.pages) {
            all.insert(&page.path, page.clone());
        }
        let all: Vec<_> = all.into_values().collect();
        let mut siblings = Siblings::default();
        let added = read_each(
            &all,
            |page, recovery| (page.name.clone(), recovery),
            |result| {
                // A page that cannot be read states nothing; where it counts, it is named.
                if let Ok((name, recovery)) = result {
                    siblings.add(&name, &recovery);
                }
                Ok(())
            },
        );
        debug_assert!(added.is_ok(), "adding does not fail");
        siblings
    }
}

/// The pages that lie in a folder itself.
fn beside(folder: &Path) -> Vec<PageFile> {
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names = fs::read_dir(listed).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let pages = names.map(|name| folder.join(name)).filter(|path| walk::is_page(path) && path.is_file());
    pages.map(PageFile::new).collect()
}

/// Recovers every page and hands what `digest` makes of it, or why it cannot be read, to `take` in the order of the
/// pages; stops when that fails.
fn read_each<T: Send>(
    pages: &[PageFile],
    digest: impl Fn(&PageFile, Recovery) -> T + Sync,
    mut take: impl FnMut(Result<T, Failure>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(pages.len().max(1));
    let digest = &digest;
    thread::scope(|scope| {
        // Thread `n` of `t` reads the pages n, n + t, n + 2t …, so that taking turns restores the order.
        let mut results: Vec<_> = (0..threads)
            .map(|first| {
                let (sender, receiver) = sync_channel(AHEAD);
                scope.spawn(move || {
                    for page in pages.iter().skip(first).step_by(threads) {
                        let result = fs::read(&page.path)
                            .map_err(|error| Failure::io("read", &page.path, error))
                            .map(|bytes| digest(page, ccc_spec::recover(&page.name, &bytes)));
                        // Nobody takes results any more once one could not be taken.
                        if sender.send(result).is_err() {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        for turn in 0..pages.len() {
            let Some(receiver) = results.get_mut(turn % threads) else { break };
            // A thread that ended early panicked, which the end of the scope passes on.
            let Ok(result) = receiver.recv() else { break };
            take(result)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(names: &[&str]) -> (tempfile::TempDir, Vec<PageFile>) {
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
        let below = |page: &PageFile| page.path.strip_prefix(folder.path()).unwrap().display().to_string();
        assert_eq!(pages.iter().map(below).collect::<Vec<_>>(), ["a.md", "b.md", "b/c.md"]);
    }

    #[test]
    fn a_page_named_twice_is_read_once() {
        let (folder, pages) = pages(&["a.md"]);
        let named = [folder.path().to_path_buf(), folder.path().join("a.md")];
        assert_eq!(PageSet::find(&named).unwrap().pages, pages);
    }

    #[test]
    fn results_come_in_the_order_of_the_pages() {
        let names: Vec<String> = (0..200).map(|number| format!("{number:03}.md")).collect();
        let (_folder, pages) = pages(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let mut taken = Vec::new();
        read_each(
            &pages,
            |page, _| page.path.file_name().unwrap().to_owned(),
            |name| {
                taken.push(name.unwrap().into_string().unwrap());
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(taken, names);
    }

    #[test]
    fn a_page_that_cannot_be_read_stops_no_other() {
        let (folder, mut pages) = pages(&["a.md", "b.md", "c.md"]);
        pages[1].path = folder.path().join("gone.md");
        let mut read = Vec::new();
        read_each(
            &pages,
            |_, _| (),
            |result| {
                read.push(result.is_ok());
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(read, [true, false, true]);
    }
}
