//! `cargo xtask explain`: explains the place of a field, for reviewers of a spec.

use std::fs;
use std::path::PathBuf;

use ccc_spec::explain;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::{Terminal, visible};

/// Explain the place of a field
///
/// Prints the evidence for and against the place of a field, each with its cost in tenths of one broken expectation. Then
/// prints the runner-up: the next best place, and how much more the page as a whole would cost with the field there.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  the field is explained
  2  the command line is wrong
  3  the page cannot be read, or it has no such field, or several fields of that name

Examples:
  cargo xtask explain DescribeCalls.md Data.Calls[].CallId
  cargo xtask explain DescribeCalls.md CallId                 if only one field has this name")]
pub(crate) struct Args {
    /// The page
    page: PathBuf,

    /// The field: its path on the wire, with or without `[]` and `{}`, or its name alone
    field: String,
}

/// Runs the command.
pub(crate) fn run(args: &Args, terminal: Terminal) -> Result<Exit, Failure> {
    let bytes = fs::read(&args.page).map_err(|error| Failure::io("read", &args.page, error))?;
    let recovery = ccc_spec::recover(&args.page.to_string_lossy(), &bytes);
    let told = explain::explain(&recovery, &args.field).map_err(|why| Failure::Refused {
        what: args.field.clone(),
        why: visible(&why.to_string()).into_owned(),
    })?;
    terminal.print(&visible(&told))?;
    Ok(Exit::Fine)
}
