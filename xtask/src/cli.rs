//! The command line.

use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand};

use crate::commands;

/// The maintainer's commands
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
#[command(after_help = "\
Exit codes:
  0  all went well
  1  the command did its work and found something wrong
  2  the command line is wrong
  3  the command could not do its work

Examples:
  cargo xtask demo                from a page to a placed call, on this machine alone
  cargo xtask regen               write the spec and the client from the pages
  cargo xtask review --out FILE   write an HTML page for reviewing pages
  cargo xtask mock                run a local endpoint to place calls on
  cargo xtask lint PAGES          report problems in pages
  cargo xtask paths PAGES         print the paths of their fields on the wire
  cargo xtask explain PAGE FIELD  explain the place of a field
  cargo xtask openapi             write a product as an OpenAPI document
  cargo xtask new-crate …         make a crate for a product from a folder of its pages
  cargo xtask corpus DIR          generate, compile and try out a whole folder of pages")]
pub(crate) struct Cli {
    /// When to use colour; `auto` obeys NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(crate) color: ColorChoice,

    /// Work on the workspace in this folder instead of the one this program belongs to
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(crate) root: Option<PathBuf>,

    /// The command to run
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Regen(commands::regen::Args),
    #[cfg(feature = "endpoint")]
    Demo(commands::demo::Args),
    #[cfg(feature = "endpoint")]
    Mock(commands::mock::Args),
    Corpus(commands::corpus::Args),
    Explain(commands::explain::Args),
    Lint(commands::lint::Args),
    NewCrate(commands::new_crate::Args),
    Openapi(commands::openapi::Args),
    Paths(commands::paths::Args),
    Review(commands::review::Args),
}
