//! The pages a command line names, files or folders, in an order that every machine agrees on; and reading
//! them with all processors while no more than a few are held.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::thread;

use ccc_spec::Recovery;

use crate::failure::Failure;

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

/// The pages that files and folders stand for: a file is taken whatever it is called, of a folder those at any
/// depth whose names end in `.md`, sorted. Hidden files and symbolic links inside folders are left out; a page that
/// is named twice is read once.
pub(crate) fn find(named: &[PathBuf]) -> Result<Vec<PageFile>, Failure> {
    let mut pages = Vec::new();
    for path in named {
        let kind = fs::metadata(path).map_err(|error| Failure::io("read", path, error))?;
        if kind.is_dir() {
            visit(path, &mut pages)?;
        } else {
            pages.push(page(path)?);
        }
    }
    pages.sort();
    pages.dedup();
    Ok(pages)
}

fn visit(folder: &Path, pages: &mut Vec<PageFile>) -> Result<(), Failure> {
    let failed = |error| Failure::io("list", folder, error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if kind.is_dir() {
            visit(&path, pages)?;
        } else if kind.is_file()
            && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
        {
            pages.push(page(&path)?);
        }
    }
    Ok(())
}

fn page(path: &Path) -> Result<PageFile, Failure> {
    let Some(name) = path.to_str() else {
        return Err(Failure::refused(path, "the name is not UTF-8; rename it"));
    };
    Ok(PageFile { name: name.replace('\\', "/"), path: path.to_path_buf() })
}

/// Recovers every page, hands what `digest` makes of it to `take` in the order of the pages, and stops at the
/// first failure. As many threads as processors read; of the pages only those at work are in memory.
pub(crate) fn recover_each<T: Send>(
    pages: &[PageFile],
    digest: impl Fn(&PageFile, Recovery) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Failure>,
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
                        // Nobody takes results any more once one has failed.
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
            take(result?)?;
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
        let pages = find(&[folder.path().to_path_buf()]).unwrap();
        (folder, pages)
    }

    #[test]
    fn pages_are_found_at_any_depth_and_sorted() {
        let (folder, pages) = pages(&["b/c.md", "a.MD", "b.txt", ".git/d.md"]);
        let below = |page: &PageFile| page.path.strip_prefix(folder.path()).unwrap().display().to_string();
        assert_eq!(pages.iter().map(below).collect::<Vec<_>>(), ["a.MD", "b/c.md"]);
    }

    #[test]
    fn a_page_named_twice_is_read_once() {
        let (folder, pages) = pages(&["a.md"]);
        let named = [folder.path().to_path_buf(), folder.path().join("a.md")];
        assert_eq!(find(&named).unwrap(), pages);
    }

    #[test]
    fn results_come_in_the_order_of_the_pages() {
        let names: Vec<String> = (0..200).map(|number| format!("{number:03}.md")).collect();
        let (_folder, pages) = pages(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let mut taken = Vec::new();
        recover_each(
            &pages,
            |page, _| page.path.file_name().unwrap().to_owned(),
            |name| {
                taken.push(name.into_string().unwrap());
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(taken, names);
    }

    #[test]
    fn the_first_failure_stops_it() {
        let (folder, mut pages) = pages(&["a.md", "b.md", "c.md"]);
        pages[1].path = folder.path().join("gone.md");
        let mut taken = 0;
        let result = recover_each(
            &pages,
            |_, _| (),
            |()| {
                taken += 1;
                Ok(())
            },
        );
        assert!(result.is_err());
        assert_eq!(taken, 1);
    }
}
