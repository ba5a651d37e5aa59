//! The exit codes of every command, in one place; `--help` documents them.

use std::process::ExitCode;

/// The result of a command, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All went well.
    Fine,
    /// The command did its work and found something wrong: a stale file, a page that failed.
    Findings,
    /// The command could not do its work: the file system or the network refused.
    Failed,
}

// 2 is clap's, for a wrong command line.
impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Failed => 3,
        })
    }
}
