//! `cargo xtask demo`: shows everything the project does on one screen, on this machine alone.

use crate::demo::{call, day, page};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::workspace::Workspace;

/// Show the way from a page to a placed call, on this machine alone
///
/// Reads MakeCall's page and draws the operation that it documents. Shows its diagnostics, and what `regen` would do if the
/// page gained a row. Then starts the local endpoint, places a call on it with the generated client, and calls a callee
/// who is busy. Ends with twenty lines of a morning in a simulated call centre. Writes nothing, rings no phone, and needs
/// no account.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  everything worked
  2  the command line is wrong
  3  a step did not work, and says why

Examples:
  cargo xtask demo
  cargo xtask demo --color always | less -R")]
pub(crate) struct Args {}

/// Runs the command.
pub(crate) fn run(_: &Args, workspace: &Workspace, terminal: Terminal) -> Result<Exit, Failure> {
    let operation = page::show(workspace, terminal)?;
    super::block_on(async {
        call::show(&operation, terminal).await?;
        day::show(terminal).await
    })?;
    Ok(Exit::Fine)
}
