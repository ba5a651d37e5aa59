//! `cargo xtask review`: writes pages, their recovered fields and the effects of a change as one HTML file.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::files::write_output;
use crate::git::Revision;
use crate::review::{Review, State};
use crate::terminal::{Terminal, counted, visible};
use crate::workspace::{MANIFESTS, OVERLAYS, PAGES, SPECS, Workspace};

/// Write an HTML page for reviewing pages, or a change of them
///
/// Writes one self-contained HTML file. It shows each page as it reads, with diagnostics at their lines. Beside the page are
/// the fields that were recovered from it, each with its lines and its evidence. A field whose place is uncertain names the
/// other place. With --base, the review shows the pages whose text, overlay or spec changed since a git revision, the
/// changes of spec and client, and the release that they ask for. Without --base, it shows all pages as they stand, and the
/// changes that `regen` would make.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  the review was written, whatever it shows
  2  the command line is wrong
  3  there is no such revision or page, git or the file system refused, or spec/docs holds no pages

Examples:
  cargo xtask review --base main --out review.html          what a branch changes
  cargo xtask review --base HEAD --out review.html          what is not committed yet
  cargo xtask review --out all.html                         every page as it stands
  cargo xtask review --out MakeCall.html spec/docs/ccc/2020-07-01/MakeCall.md")]
pub(crate) struct Args {
    /// Show what changed since this revision: a branch, a tag or a commit
    #[arg(long, value_name = "REV")]
    base: Option<String>,

    /// Where to write the review, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Pages below spec/docs, or folders of them; all if none is named
    #[arg(value_name = "PAGES")]
    pages: Vec<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &Args, workspace: &Workspace, terminal: Terminal) -> Result<Exit, Failure> {
    let base = args.base.as_deref().map(|name| Base::read(workspace, name)).transpose()?;
    let now = State::read(workspace)?;
    let states: Vec<&State> = base.iter().map(|base| &base.state).chain([&now]).collect();
    let wanted = wanted(&args.pages, workspace, &states)?;
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| is_below(name, wanted));
    let review = Review::new(&now, base.as_ref().map(|base| (&base.state, base.title.as_str())), wants);
    let html = review.to_html();
    let Some(out) = &args.out else {
        terminal.print_exact(&html)?;
        return Ok(Exit::Fine);
    };
    write_output(out, html.as_bytes())?;
    terminal.print(&visible(&format!(
        "{}: {} in {}; {}\n",
        out.display(),
        counted(review.len(), "page"),
        counted(html.len(), "byte"),
        review.verdict(),
    )))?;
    Ok(Exit::Fine)
}

/// The workspace as it was at a revision.
struct Base {
    state: State,
    /// The revision as it was named, with its commit.
    title: String,
}

impl Base {
    fn read(workspace: &Workspace, name: &str) -> Result<Self, Failure> {
        let revision = Revision::find(workspace, name)?;
        let failed = |source| Failure::Io { doing: "create", what: "a temporary folder".to_owned(), source };
        let folder = TempDir::new().map_err(failed)?;
        revision.extract(&[PAGES, MANIFESTS, OVERLAYS, SPECS], folder.path())?;
        let was = Workspace::locate(Some(folder.path().to_path_buf())).map_err(|_| Failure::Refused {
            what: name.to_owned(),
            why: format!("has no folder {PAGES}; name a revision that has pages"),
        })?;
        let title = if revision.short().starts_with(name) || name.starts_with(revision.short()) {
            revision.short().to_owned()
        } else {
            format!("{name} ({})", revision.short())
        };
        let state = State::read(&was)
            .map_err(|failure| Failure::Refused { what: name.to_owned(), why: failure.to_string() })?;
        Ok(Self { state, title })
    }
}

/// Returns the named paths below the workspace, with `/`. Each must be or contain a page; removed pages count.
fn wanted(named: &[PathBuf], workspace: &Workspace, states: &[&State]) -> Result<Vec<String>, Failure> {
    let root = absolute(workspace.root())?;
    let below = |path: &PathBuf| {
        let whole = absolute(path)?;
        let below = whole.strip_prefix(&root).unwrap_or(&whole).to_string_lossy().replace('\\', "/");
        if states.iter().flat_map(|state| state.pages()).any(|name| is_below(name, &below)) {
            return Ok(below);
        }
        Err(Failure::refused(
            path,
            format!("is no page of the workspace; name pages below {PAGES}, or folders of them"),
        ))
    };
    named.iter().map(below).collect()
}

/// Resolves links, `.` and `..` in a path, as far as it exists.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    if let Ok(real) = fs::canonicalize(path) {
        return Ok(real);
    }
    let current = env::current_dir().and_then(fs::canonicalize);
    let current = current.map_err(|error| Failure::io("find", path, error))?;
    let mut whole = PathBuf::new();
    for part in current.join(path).components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    Ok(whole)
}

/// Whether a page has this path, or lies in the folder with this path.
fn is_below(name: &str, path: &str) -> bool {
    name.strip_prefix(path).is_some_and(|rest| path.is_empty() || rest.is_empty() || rest.starts_with('/'))
}
