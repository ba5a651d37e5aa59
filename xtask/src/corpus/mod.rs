//! Runs the whole project over a folder of pages: recovers, generates and compiles, then decodes the documented
//! responses and builds the documented requests with the compiled crates.

mod cases;
mod compare;
mod grouping;
mod outcome;
mod reading;
mod report;
mod scratch;
mod source;
mod table;

use std::path::Path;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pages::PageSet;
use crate::terminal::Terminal;
use crate::workspace::Workspace;

pub(crate) use report::{Report, Thresholds};
pub(crate) use table::{findings, table};

/// Runs everything over the pages, in a scratch workspace at `folder`. The exit code says whether all pages could be
/// read.
pub(crate) fn examine(
    pages: &PageSet,
    workspace: &Workspace,
    folder: &Path,
    terminal: Terminal,
) -> Result<(Report, Exit), Failure> {
    let (reading, exit) = reading::read(pages, terminal)?;
    let crates = grouping::group(reading.operations);
    let scratch = scratch::Scratch::at(folder, workspace);
    let mut prepared = Vec::with_capacity(crates.len());
    for product in &crates {
        prepared.push(source::prepare(product)?);
    }
    scratch.write(&prepared)?;
    let programs = scratch.build(terminal)?;
    let mut report = Report::new(&reading.counts, reading.aside);
    for (product, prepared) in crates.iter().zip(&prepared) {
        let outcome = scratch.run(prepared, &programs)?;
        report.add(product, prepared, outcome);
    }
    Ok((report, exit))
}
