//! The maintainer's commands. Only this crate touches the file system and prints.

mod cli;
mod commands;
mod corpus;
#[cfg(feature = "endpoint")]
mod demo;
mod exit;
mod failure;
mod files;
mod git;
mod lint;
mod new_crate;
mod pages;
mod products;
mod regen;
mod review;
mod specs;
mod terminal;
#[cfg(feature = "endpoint")]
mod tree;
mod usable;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::{Cli, Command};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::workspace::Workspace;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new(cli.color);
    let exit = match run(cli, terminal) {
        Ok(exit) => exit,
        Err(failure) if failure.is_closed_pipe() => Exit::Failed,
        Err(failure) => {
            // If this cannot be printed either, the exit code still reports it.
            let _ = terminal.complain(&failure);
            Exit::Failed
        }
    };
    exit.into()
}

fn run(cli: Cli, terminal: Terminal) -> Result<Exit, Failure> {
    let workspace = || Workspace::locate(cli.root);
    match cli.command {
        Command::Explain(args) => commands::explain::run(&args, terminal),
        Command::Corpus(args) => commands::corpus::run(&args, &workspace()?, terminal),
        Command::Lint(args) => commands::lint::run(&args, terminal),
        Command::NewCrate(args) => commands::new_crate::run(&args, &workspace()?, terminal),
        Command::Openapi(args) => commands::openapi::run(&args, &workspace()?, terminal),
        Command::Paths(args) => commands::paths::run(&args, terminal),
        Command::Regen(args) => commands::regen::run(&args, &workspace()?, terminal),
        Command::Review(args) => commands::review::run(&args, &workspace()?, terminal),
        #[cfg(feature = "endpoint")]
        Command::Demo(args) => commands::demo::run(&args, &workspace()?, terminal),
        #[cfg(feature = "endpoint")]
        Command::Mock(args) => commands::mock::run(&args, workspace(), terminal),
    }
}
