//! `cargo xtask lint`: reports problems in pages, for their authors.

use std::path::PathBuf;

use ccc_spec::Recovery;
use ccc_spec::diagnostic::{self, Code, Diagnostic, Level, RenderOptions};
use clap::ValueEnum;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{Selector, Summary, code};
use crate::pages::PageSet;
use crate::terminal::{BOLD, Terminal, paint};

/// Report problems in pages
///
/// Reads pages and prints a diagnostic for each part that is lost, contradictory or unclear, with its place and the
/// assumption that was made. `error` means that a part of the page is lost. `warning` means that the page contradicts itself, or
/// that weak evidence decided. `note` is worth knowing. A summary by code follows on standard error. Overlays are
/// ignored; `regen` checks them. A page that states no version takes that of its siblings, the pages of the same product in
/// its folder, even if the command line names only this page.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  no denied diagnostic was found
  1  a denied diagnostic was found
  2  the command line is wrong
  3  a page or folder cannot be read, or a folder holds no pages; the others were read

Examples:
  cargo xtask lint spec/docs                         all diagnostics
  cargo xtask lint docs --only warning               no notes
  cargo xtask lint docs --only torn-row --summary    how many rows are torn
  cargo xtask lint docs --deny ambiguous-nesting     for a check that must pass
  cargo xtask lint --explain mended-sample           the meaning of a code")]
pub(crate) struct Args {
    /// Pages, or folders of pages at any depth
    #[arg(required_unless_present_any = ["explain", "codes"], value_name = "PAGES")]
    pages: Vec<PathBuf>,

    /// Exit with 1 if there is a diagnostic of this level or worse, or of this code; may be repeated
    #[arg(long, value_name = "LEVEL|CODE", default_value = "error")]
    deny: Vec<Selector>,

    /// Look only at diagnostics of this level or worse, or of this code; may be repeated
    #[arg(long, value_name = "LEVEL|CODE", default_value = "note")]
    only: Vec<Selector>,

    /// Print only the summary by code
    #[arg(long)]
    summary: bool,

    /// Format of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    message_format: MessageFormat,

    /// Explain a code and what to do about it, and read no page
    #[arg(long, value_name = "CODE", value_parser = code, conflicts_with_all = ["pages", "codes"])]
    explain: Option<Code>,

    /// List every code with its level, and read no page
    #[arg(long, conflicts_with = "pages")]
    codes: bool,
}

/// Format of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// Text: diagnostics on standard output, the summary on standard error.
    #[default]
    Human,
    /// One JSON object per line on standard output, told apart by its `reason`.
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &Args, terminal: Terminal) -> Result<Exit, Failure> {
    if args.codes {
        terminal.print(&codes())?;
        return Ok(Exit::Fine);
    }
    if let Some(code) = args.explain {
        terminal.print(&explanation(code))?;
        return Ok(Exit::Fine);
    }
    let pages = PageSet::find(&args.pages)?;
    let (digests, read) = pages.recover_each(terminal, |_, recovery| args.digest(recovery))?;
    let mut summary = Summary::default();
    let mut texts = Vec::new();
    for page in digests {
        summary.count(page.is_operation, page.codes);
        texts.push(page.text);
    }
    texts.retain(|text| !text.is_empty());
    match args.message_format {
        MessageFormat::Human => terminal.print(&texts.join("\n"))?,
        MessageFormat::Json => terminal.print_exact(&texts.concat())?,
    }
    match (args.message_format, args.summary) {
        (MessageFormat::Json, _) => terminal.print_exact(&summary.to_json_lines())?,
        (MessageFormat::Human, true) => terminal.print(&summary.to_text())?,
        (MessageFormat::Human, false) => terminal.tell(&summary.to_text())?,
    }
    Ok(read.max(if summary.is_denied() { Exit::Findings } else { Exit::Fine }))
}

/// The printed part of a page's recovery.
struct Digest {
    is_operation: bool,
    codes: Vec<(Code, bool)>,
    text: String,
}

impl Args {
    fn digest(&self, recovery: Recovery) -> Digest {
        let Recovery { operation, mut diagnostics, source, .. } = recovery;
        diagnostics.retain(|found| self.only.iter().any(|only| only.selects(found.code)));
        let is_denied = |found: &Diagnostic| self.deny.iter().any(|deny| deny.selects(found.code));
        let text = match (self.summary, self.message_format) {
            (true, _) => String::new(),
            (false, MessageFormat::Human) => {
                diagnostic::render(&diagnostics, &source, RenderOptions { color: true })
            }
            (false, MessageFormat::Json) => {
                diagnostic::to_json_lines(&diagnostics, &source).lines().map(message).collect()
            }
        };
        Digest {
            is_operation: operation.is_some(),
            codes: diagnostics.iter().map(|found| (found.code, is_denied(found))).collect(),
            text,
        }
    }
}

/// Wraps a diagnostic's line of JSON as `regen` does.
fn message(line: &str) -> String {
    format!("{{\"reason\":\"diagnostic\",\"diagnostic\":{line}}}\n")
}

fn explanation(code: Code) -> String {
    let name = paint(BOLD, code.as_str());
    format!("{name} ({})\n\n{}\n", code.level().as_str(), code.explain())
}

fn codes() -> String {
    let of_level = |level: Level| Code::ALL.iter().filter(move |code| code.level() == level);
    let sorted = [Level::Error, Level::Warning, Level::Note].into_iter().flat_map(of_level);
    sorted.map(|code| format!("{:<8} {}\n", code.level().as_str(), code.as_str())).collect()
}
