//! `cargo xtask corpus`: runs the whole project over a folder of pages.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::corpus::{self, Thresholds};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pages::PageSet;
use crate::terminal::{ERROR, Terminal, paint};
use crate::workspace::Workspace;

/// Recover, generate, compile and try out the operations of a folder of pages
///
/// Reads every page and generates a crate per product and version into a scratch workspace. Compiles all crates offline.
/// Then decodes every documented response with the generated types, and builds every documented request with them and
/// compares it with the page's. Pages of one operation in several languages make several editions of the crate.
///
/// Prints a row per product: pages, operations, diagnostics by level, whether its crates compile, samples that can be
/// read without repairs and how many of them are decoded with no field left over (`whole`), fields left over, values that
/// do not fit their types (`unfit`), requests and how many are built as documented (`same`). Then it lists the pages
/// without generated code, each with the reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  every crate compiles, and the thresholds are reached
  1  a crate does not compile, or a threshold is not reached
  2  the command line is wrong
  3  a page or folder cannot be read, or a folder holds no pages (the others were tried); or the scratch workspace
     cannot be written

Examples:
  cargo xtask corpus docs
  cargo xtask corpus docs --findings | grep left-over
  cargo xtask corpus docs --samples-at-least 99 --requests-at-least 95")]
pub(crate) struct Args {
    /// Folder of pages at any depth
    #[arg(required = true, value_name = "DIR")]
    pages: Vec<PathBuf>,

    /// Exit with 1 if fewer of the readable samples than this are decoded with no field left over
    #[arg(long, value_name = "PERCENT")]
    samples_at_least: Option<f64>,

    /// Exit with 1 if fewer of the documented requests than this are built as documented
    #[arg(long, value_name = "PERCENT")]
    requests_at_least: Option<f64>,

    /// Also list the findings, case by case: kind, page, description
    #[arg(long)]
    findings: bool,

    /// Where to write and compile the crates; by default `corpus` in cargo's target folder. Compiled crates stay for the
    /// next run
    #[arg(long, value_name = "FOLDER")]
    scratch: Option<PathBuf>,

    /// Format of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    message_format: MessageFormat,
}

/// Format of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// A table on standard output; failures and the compiler's messages on standard error.
    #[default]
    Human,
    /// One JSON object per line on standard output, told apart by its `reason`.
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &Args, workspace: &Workspace, terminal: Terminal) -> Result<Exit, Failure> {
    let pages = PageSet::find(&args.pages)?;
    let folder = args.scratch.clone().unwrap_or_else(|| target(workspace).join("corpus"));
    let thresholds = Thresholds { samples: args.samples_at_least, requests: args.requests_at_least };
    let (report, read) = corpus::examine(&pages, workspace, &folder, terminal)?;
    if args.message_format == MessageFormat::Json {
        terminal.print_exact(&report.to_json_lines(thresholds))?;
    } else {
        terminal.print(&corpus::table(&report))?;
        if args.findings {
            terminal.print(&format!("\n{}", corpus::findings(&report)))?;
        }
        for failure in report.failures(thresholds) {
            terminal.tell(&format!("{}: {failure}\n", paint(ERROR, "error")))?;
        }
    }
    Ok(read.max(if report.failures(thresholds).is_empty() { Exit::Fine } else { Exit::Findings }))
}

/// Cargo's target folder.
fn target(workspace: &Workspace) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.path("target"), PathBuf::from)
}
