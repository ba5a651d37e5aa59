//! Finds pages and reads them: those that a command line names ([`PageSet`]), and those of the workspace
//! ([`documented`]).

pub(crate) mod documented;
mod named;
mod walk;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use ccc_spec::Recovery;
use ccc_spec::siblings::Siblings;
use indicatif::{ParallelProgressIterator as _, ProgressBar, ProgressFinish, ProgressStyle};
use rayon::prelude::*;

pub(crate) use named::PageSet;

use crate::failure::Failure;

/// A page that was found, not read yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Page {
    /// Its name in diagnostics, with `/`: the path below the workspace (`spec/docs/ccc/2020-07-01/MakeCall.md`), or
    /// the path as the command line names it.
    pub(crate) name: String,
    /// The path of the file.
    pub(crate) path: PathBuf,
}

impl Page {
    /// Names a page as its path is written.
    fn at(path: PathBuf) -> Self {
        Self { name: path.to_string_lossy().replace('\\', "/"), path }
    }

    /// Reads the page's bytes, whatever they are.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        fs::read(&self.path).map_err(|error| Failure::io("read", &self.path, error))
    }
}

/// Recovers pages on all processors. Returns the result of `digest` for each page, or the reason why it cannot be read, in
/// the order of the pages.
pub(crate) fn recover_each<T: Send>(
    pages: &[Page],
    digest: impl Fn(&Page, Recovery) -> T + Sync,
) -> Vec<Result<T, Failure>> {
    let recover = |page: &Page| {
        let bytes = page.read()?;
        Ok(digest(page, ccc_spec::recover(&page.name, &bytes)))
    };
    pages.par_iter().progress_with(progress_bar(pages.len())).map(recover).collect()
}

/// Collects what pages state about their folders. A page that cannot be read states nothing.
pub(crate) fn siblings(pages: &[Page]) -> Siblings {
    let mut siblings = Siblings::default();
    let read = recover_each(pages, |page, recovery| (page.name.clone(), recovery));
    for (name, recovery) in read.into_iter().flatten() {
        siblings.add(&name, &recovery);
    }
    siblings
}

/// Makes a progress bar on standard error, which appears only on a terminal.
fn progress_bar(steps: usize) -> ProgressBar {
    let bar =
        ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX)).with_finish(ProgressFinish::AndClear);
    bar.enable_steady_tick(Duration::from_millis(200));
    match ProgressStyle::with_template("{bar:40} {pos}/{len} pages") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(count: usize) -> (tempfile::TempDir, Vec<Page>) {
        let folder = tempfile::TempDir::new().unwrap();
        let page = |number| {
            let path = folder.path().join(format!("{number:03}.md"));
            fs::write(&path, format!("# {number}\n")).unwrap();
            Page::at(path)
        };
        let pages = (0..count).map(page).collect();
        (folder, pages)
    }

    #[test]
    fn results_come_in_the_order_of_the_pages() {
        let (_folder, pages) = pages(200);
        let names: Vec<String> =
            recover_each(&pages, |page, _| page.name.clone()).into_iter().collect::<Result<_, _>>().unwrap();
        assert_eq!(names, pages.iter().map(|page| page.name.clone()).collect::<Vec<_>>());
    }

    #[test]
    fn a_page_that_cannot_be_read_stops_no_other() {
        let (_folder, pages) = pages(3);
        fs::remove_file(&pages[1].path).unwrap();
        let read: Vec<bool> = recover_each(&pages, |_, _| ()).iter().map(Result::is_ok).collect();
        assert_eq!(read, [true, false, true]);
    }
}
