//! Exit codes, and the messages of failures.

use std::process::ExitCode;

use crate::output;

/// Exit codes, for scripts. They stay the same from release to release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// The command was carried out.
    Done = 0,
    /// The service refused; nothing was done.
    Refused = 1,
    /// The command line is wrong; nothing was sent.
    Usage = 2,
    /// Nothing was done, and the same command may be run again.
    NotDone = 3,
    /// Nobody knows whether it was done.
    Unknown = 4,
    /// The result could not be written. If an operation was sent, it was done.
    Unwritten = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Exit codes as `--help` lists them.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the service refused; nothing was done
  2  the command line or a parameter is wrong; nothing was sent
  3  nothing was done (no credentials, no connection, throttled, a read without a response);
     it may be run again
  4  unknown: there is no response, and it may have been carried out; a phone may be ringing
  5  the output could not be written; an operation that was sent was done";

/// The reason why a command ends without its usual result.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    said: Said,
}

#[derive(Debug)]
enum Said {
    Nothing,
    Message(String),
    CommandLine(clap::Error),
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, said: Said::Message(message.into()) }
    }

    /// Makes the failure for a wrong command line or parameter.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Wraps clap's output: help, or an error of the command line.
    pub(crate) fn of_command_line(exit: Exit, error: clap::Error) -> Self {
        Self { exit, said: Said::CommandLine(error) }
    }

    /// Makes the failure for output that nobody reads any more. It is no error: it prints nothing and exits with 0.
    pub(crate) fn unread() -> Self {
        Self { exit: Exit::Done, said: Said::Nothing }
    }

    /// Prints the failure to standard error.
    pub(crate) fn report(&self) {
        match &self.said {
            Said::Nothing => {}
            Said::Message(message) => output::tell(&format!("error: {message}")),
            Said::CommandLine(error) => {
                // If this cannot be printed, the exit code still reports the failure.
                let _ = error.print();
            }
        }
    }
}
