//! `ccc`: Alibaba Cloud Call Center on the command line.
//!
//! Pure functions interpret the command line: `words` splits it, `request` checks it against the description of its
//! operation, `table` and `manual` format text. `connection`, `send`, `dry_run` and `check` do the work; `output` prints.

mod catalog;
mod check;
mod cli;
mod connection;
mod dry_run;
mod exit;
mod manual;
mod output;
mod request;
mod send;
mod table;
mod text;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser as _};

use crate::cli::{CallArgs, Cli, Command, OperationOptions};
use crate::exit::{Exit, Failure};
use crate::request::Request;
use crate::words::Words;

fn main() -> ExitCode {
    let line: Vec<OsString> = std::env::args_os().collect();
    let outcome = Cli::try_parse_from(&line).map_err(Failure::from).and_then(|cli| run(cli, &line));
    match outcome {
        Ok(()) => Exit::Done.into(),
        Err(failure) => {
            failure.report();
            failure.exit.into()
        }
    }
}

fn run(cli: Cli, line: &[OsString]) -> Result<(), Failure> {
    match cli.command {
        Command::Call(CallArgs { parameters, sending }) => {
            let options = OperationOptions { common: cli.common, sending };
            operation("MakeCall", parameters.pairs(), &options)
        }
        Command::Check { instance } => block_on(check::run(&instance, &cli.common))?,
        Command::Operations { word } => catalog::run(word.as_deref(), &cli.common),
        Command::Help { topic } => help(topic.as_deref()),
        Command::Operation(external) => {
            let (name, rest) = external
                .split_first()
                .ok_or_else(|| Failure::usage("no operation is named; `ccc operations` lists them"))?;
            let name = name.to_str().ok_or_else(|| Failure::usage("the operation's name is not Unicode"))?;
            let Words { options, parameters, help, problems } = Words::split(rest);
            if help {
                return self::help(Some(name));
            }
            // Only options can stand before the operation: clap has refused anything else.
            let before = line.get(..line.len().saturating_sub(external.len())).unwrap_or_default();
            let options = OperationOptions::try_parse_from(before.iter().chain(&options))?;
            if !problems.is_empty() {
                return Err(request::refused(name, &problems));
            }
            operation(name, parameters, &options)
        }
    }
}

/// Sends an operation, or shows what would be sent.
fn operation(
    name: &str,
    parameters: Vec<(String, String)>,
    options: &OperationOptions,
) -> Result<(), Failure> {
    let request = Request::new(name, parameters, options.sending.unchecked)?;
    for warning in &request.warnings {
        output::tell(&format!("warning: {warning}"));
    }
    if options.sending.dry_run {
        block_on(dry_run::run(&request, &options.common))?
    } else {
        block_on(send::run(&request, &options.common))?
    }
}

/// Prints the help of a command, of an operation, or of the whole program.
fn help(topic: Option<&str>) -> Result<(), Failure> {
    let mut command = Cli::command();
    command.build();
    let text = match topic {
        None => command.render_help().to_string(),
        Some(topic) => match command.find_subcommand_mut(topic) {
            Some(command) => command.render_help().to_string(),
            None => manual::text(catalog::operation(topic)?, output::width().unwrap_or(text::WIDTH)),
        },
    };
    output::print(&text)
}

/// Runs a future to its end on a runtime with sockets and timers.
fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Failure::new(Exit::NotDone, format!("nothing was sent: the async runtime could not start: {error}"))
    })?;
    Ok(runtime.block_on(future))
}

impl From<clap::Error> for Failure {
    fn from(mut error: clap::Error) -> Self {
        // A word that is not the name of an option may be a phone number.
        let is_option =
            |word: &str| word.strip_prefix("--").is_some_and(|name| text::name_or(name, "") == name);
        for kind in [ContextKind::InvalidArg, ContextKind::InvalidValue] {
            let Some(ContextValue::String(word)) = error.get(kind) else { continue };
            let is_named = kind == ContextKind::InvalidArg && is_option(word);
            if !word.is_empty() && !is_named {
                error.insert(kind, ContextValue::String("[hidden]".to_owned()));
                // It may repeat the word.
                error.insert(ContextKind::Suggested, ContextValue::None);
            }
        }
        let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
        Self::of_command_line(if is_help { Exit::Done } else { Exit::Usage }, error)
    }
}
