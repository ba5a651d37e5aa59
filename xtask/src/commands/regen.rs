//! `cargo xtask regen`: writes spec and client from the pages, or checks that they are up to date.

use clap::ValueEnum;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::regen::{Regeneration, Wording, current, messages, report, unified};
use crate::terminal::Terminal;
use crate::workspace::Workspace;

/// Write the spec and the client from the pages
///
/// Reads every page below spec/docs and recovers the operation it documents. Completes it by its product's manifest below
/// spec/products, and corrects it by its overlay below spec/overlays. Writes one spec per page below spec/ir, and each
/// client's source below src/generated in the crate that the manifest names. Standard output says what changed, field by
/// field, what that means for users of the client, and which release it asks for. Diagnostics of the
/// pages go to standard error.
///
/// Files are replaced whole. Files of an operation whose page is gone are removed. If the
/// operation, parameters or fields of a page cannot be read, or if its overlay has an error, its spec and code stay as they
/// are, and the other pages go on. A manifest with an error stops all pages.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  all pages were read, and every file is up to date
  1  with --check: a file is stale; always: a page, an overlay or a manifest failed (its error says what happened to it)
  2  the command line is wrong
  3  the file system refused, spec/docs holds no pages, or an output folder holds something that must not be touched

Examples:
  cargo xtask regen                         write spec and client
  cargo xtask regen --check                 write nothing, show what is stale
  cargo xtask regen --message-format json   the same for machines, on standard output
  cargo xtask regen --check --report md     the changes that the next release would bring

If the generated client does not compile any more, build this command without it:
  cargo run -p xtask --no-default-features -- regen")]
pub(crate) struct Args {
    /// Write nothing; show a diff of every stale file and exit with 1 if there is one
    #[arg(long)]
    check: bool,

    /// Format of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    message_format: MessageFormat,

    /// Print the change report on standard output, instead of what was written or is stale
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "message_format")]
    report: Option<ReportFormat>,
}

/// Format of the change report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// Markdown, for release notes and reviews.
    Md,
    /// One JSON object.
    Json,
}

/// Format of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// Text: results on standard output, diagnostics and the summary on standard error.
    #[default]
    Human,
    /// One JSON object per line on standard output, told apart by its `reason`.
    Json,
}

/// Runs the command. Prints the changes before it writes, so that they are known even if writing fails. Writes all files
/// even if nobody reads what is printed.
pub(crate) fn run(args: &Args, workspace: &Workspace, terminal: Terminal) -> Result<Exit, Failure> {
    let wording = match args.message_format {
        MessageFormat::Human => Wording::Human,
        MessageFormat::Json => Wording::Json,
    };
    let regeneration = Regeneration::compute(workspace, wording)?;
    let told = match args.message_format {
        MessageFormat::Human => tell_changes(&regeneration, args, terminal),
        MessageFormat::Json => terminal.print_exact(&messages::found(&regeneration)),
    };
    if !args.check {
        regeneration.write(workspace)?;
    }
    told?;
    match args.message_format {
        MessageFormat::Human => tell_files(&regeneration, args, terminal)?,
        MessageFormat::Json => terminal.print_exact(&messages::done(&regeneration, args.check))?,
    }
    let stale = args.check && regeneration.stale().next().is_some();
    Ok(if stale || !regeneration.problems.is_empty() { Exit::Findings } else { Exit::Fine })
}

/// Prints the diagnostics of the pages, and the changes of the spec.
fn tell_changes(regeneration: &Regeneration, args: &Args, terminal: Terminal) -> Result<(), Failure> {
    terminal.tell(&regeneration.diagnostics)?;
    terminal.tell(&report::replaced(&regeneration.changes))?;
    terminal.tell(&report::unnamed(regeneration))?;
    terminal.tell(&report::problems(regeneration))?;
    let report = &regeneration.changes.report;
    match args.report {
        Some(ReportFormat::Md) => terminal.print_exact(&report.to_markdown(current())),
        Some(ReportFormat::Json) => terminal.print_exact(&report.to_json(current())),
        None => {
            terminal.print(&report::changes(&regeneration.changes))?;
            terminal.print(&report::release(&regeneration.changes))
        }
    }
}

/// Prints the files that are stale or were written.
fn tell_files(regeneration: &Regeneration, args: &Args, terminal: Terminal) -> Result<(), Failure> {
    if args.report.is_none() && args.check {
        for file in regeneration.stale() {
            terminal.print(&unified(file))?;
        }
    } else if args.report.is_none() && !regeneration.is_blocked() {
        terminal.print(&report::touched(regeneration))?;
    }
    if args.check {
        terminal.tell(&report::remedy(regeneration))?;
    }
    terminal.tell(&report::summary(regeneration, args.check))
}
