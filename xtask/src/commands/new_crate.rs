//! `cargo xtask new-crate`: makes a crate for a product from a folder of its pages.

use std::fs;
use std::path::PathBuf;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::new_crate::{self, Candidate, Choice, Wanted};
use crate::pages::PageSet;
use crate::regen::{Regeneration, Wording, report};
use crate::terminal::{NOTE, Terminal, counted, paint, visible};
use crate::usable::Aside;
use crate::workspace::Workspace;

/// Make a crate for a product from a folder of its pages
///
/// Writes a workspace of its own: the pages, a draft of the product's manifest, the spec, and a crate with generated source,
/// a test that reads the documented samples, and a local endpoint. It compiles as it is; its README says what to complete and how
/// to generate it anew. The crate depends on this workspace by path.
///
/// If several pages document one operation, the one with the newest layout is taken, and among those the English one. The
/// command names the pages that are left out, and the pages that no client can be generated for, each with the reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  the crate was written
  1  the crate was written, and a page of it failed (its error says what happened to it)
  2  the command line is wrong
  3  the folder holds pages of several products, or none that can be used; or it is not empty; or a file cannot be
     read or written

Examples:
  cargo xtask new-crate --pages docs/ecs --out ../ecs
  cargo xtask new-crate --pages docs --product ecs --version 2014-05-26 --out ../ecs")]
pub(crate) struct Args {
    /// Folder of pages at any depth, or a page; may be repeated
    #[arg(long, required = true, value_name = "DIR")]
    pages: Vec<PathBuf>,

    /// Folder to write, which must be new or empty
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// The product's code, if the pages document several products
    #[arg(long, value_name = "CODE")]
    product: Option<String>,

    /// The version of its API, if the pages document several versions
    #[arg(long, value_name = "DATE")]
    version: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &Args, workspace: &Workspace, terminal: Terminal) -> Result<Exit, Failure> {
    let pages = PageSet::find(&args.pages)?;
    let (digests, read) =
        pages.recover_each(terminal, |page, recovery| Candidate::from_page(page, &recovery))?;
    let (mut candidates, mut aside) = (Vec::with_capacity(digests.len()), Vec::new());
    for digest in digests {
        match digest {
            Ok(candidate) => candidates.push(candidate),
            Err(page) => aside.push(page),
        }
    }
    let wanted = Wanted { product: args.product.as_deref(), version: args.version.as_deref() };
    let choice = new_crate::choose(candidates, wanted)
        .map_err(|why| Failure::Refused { what: listed(&args.pages), why })?;
    let generator =
        fs::canonicalize(workspace.root()).map_err(|error| Failure::io("find", workspace.root(), error))?;
    let generator = Workspace::locate(Some(generator))?;
    new_crate::write(&choice, &generator, &args.out)?;
    let made = Workspace::locate(Some(args.out.clone()))?;
    let regeneration = Regeneration::compute(&made, Wording::Human)?;
    regeneration.write(&made)?;
    tell_left_out(&choice, &aside, terminal)?;
    terminal.tell(&report::problems(&regeneration))?;
    let operations = counted(choice.pages.len(), "operation");
    terminal.print(&format!("{}: {} with {operations}\n", args.out.display(), choice.key))?;
    terminal.print("complete the draft in spec/products; the new README.md says how\n")?;
    Ok(read.max(if regeneration.problems.is_empty() { Exit::Fine } else { Exit::Findings }))
}

/// Names the pages of the product that are left out, and counts those that document nothing.
fn tell_left_out(choice: &Choice, aside: &[Aside], terminal: Terminal) -> Result<(), Failure> {
    for (page, better) in &choice.passed_over {
        note(&format!("{} is left out: {} documents the same", page.name, better.name), terminal)?;
    }
    for Aside { page, reason, .. } in aside.iter().filter(|aside| aside.key.as_ref() == Some(&choice.key)) {
        note(&format!("{page} is left out: {}", reason.as_str()), terminal)?;
    }
    match aside.iter().filter(|aside| aside.key.is_none()).count() {
        0 => Ok(()),
        pages => note(&format!("{} without an operation", counted(pages, "page")), terminal),
    }
}

fn note(text: &str, terminal: Terminal) -> Result<(), Failure> {
    terminal.tell(&format!("{}: {}\n", paint(NOTE, "note"), visible(text)))
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
