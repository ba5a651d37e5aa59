//! `cargo xtask paths`: prints the path of every documented field on the wire, for tools that compare.

use std::path::PathBuf;

use ccc_spec::paths;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pages::PageSet;
use crate::terminal::{Terminal, counted};

/// Print the path of every documented field on the wire
///
/// One row per documented field, tab separated, without a header: product, version, action, `request` or
/// `response`, path on the wire, type, whether it is required (`true` or `false`), line of the page. Pages come in the
/// order of their paths, rows in the order of the page.
///
/// In a path `[]` marks a list and `{}` a map: `Data.CallContext.ChannelContexts[].ChannelId`. A level of the
/// JSON between a list and its elements is a segment (`KeyPairs.KeyPair[].KeyPairName`), and so is a list of
/// numbered parameters (`Tag[].Key`).
///
/// Rows are those of the page as it stands; the spec that `regen` writes has the corrections of overlays. A page that
/// states no version takes that of the product's other pages in its folder, if they agree.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  every page was read; those that document no operation have no rows
  2  the command line is wrong
  3  a page or folder cannot be read, or a folder holds no pages; the others were read

Examples:
  cargo xtask paths spec/docs
  cargo xtask paths DescribeCalls.md | cut -f 5")]
pub(crate) struct Args {
    /// Pages, or folders of pages at any depth
    #[arg(required = true, value_name = "PAGES")]
    pages: Vec<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &Args, terminal: Terminal) -> Result<Exit, Failure> {
    let pages = PageSet::find(&args.pages)?;
    let (digests, read) = pages.recover_each(terminal, |_, recovery| {
        let rows: Vec<String> = paths::rows(&recovery).iter().map(|row| format!("{row}\n")).collect();
        (recovery.operation.is_some(), rows)
    })?;
    let operations = digests.iter().filter(|(is_operation, _)| *is_operation).count();
    let rows: Vec<String> = digests.into_iter().flat_map(|(_, rows)| rows).collect();
    terminal.print_exact(&rows.concat())?;
    terminal.tell(&format!(
        "{}, {}, {}\n",
        counted(pages.len(), "page"),
        counted(operations, "operation"),
        counted(rows.len(), "field"),
    ))?;
    Ok(read)
}
