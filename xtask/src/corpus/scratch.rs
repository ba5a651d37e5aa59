//! The scratch workspace: a crate per product, compiled together offline, and run.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::outcome::{self, Outcome};
use super::source::{CASES, Prepared};
use crate::failure::Failure;
use crate::files::{self, OutputFolder};
use crate::terminal::Terminal;
use crate::workspace::Workspace;

/// Folder of the products' crates, below the scratch folder.
const PRODUCTS: &str = "products";

/// The scratch workspace. It stays from run to run, and unchanged files are not touched, so that a second run compiles
/// only what changed.
#[derive(Debug)]
pub(crate) struct Scratch<'a> {
    folder: &'a Path,
    workspace: &'a Workspace,
}

impl<'a> Scratch<'a> {
    pub(crate) fn at(folder: &'a Path, workspace: &'a Workspace) -> Self {
        Self { folder, workspace }
    }

    /// Writes the crates, and removes those of an earlier run that are not among them.
    pub(crate) fn write(&self, crates: &[Prepared]) -> Result<(), Failure> {
        files::replace(&self.folder.join("Cargo.toml"), self.manifest().as_bytes())?;
        self.workspace.copy_lock(self.folder)?;
        files::replace(&self.folder.join("harness/Cargo.toml"), HARNESS.as_bytes())?;
        let harness = include_str!("template/harness.rs.txt");
        files::replace(&self.folder.join("harness/src/lib.rs"), harness.as_bytes())?;
        let products = OutputFolder::new(self.folder, PRODUCTS, &["jsonl", "md", "rs", "toml"]);
        let files = crates.iter().flat_map(|prepared| {
            prepared.files.iter().map(|(path, text)| (format!("{}/{path}", prepared.name), text.clone()))
        });
        products.apply(&products.plan(products.read()?, files.collect())?)
    }

    /// Compiles all crates and returns the programs of those that compile. The compiler's messages go to standard error.
    pub(crate) fn build(&self, terminal: Terminal) -> Result<Programs, Failure> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let output = Command::new(cargo)
            .current_dir(self.folder)
            .args(["build", "--workspace", "--offline", "--quiet", "--keep-going"])
            .args(["--message-format", "json-render-diagnostics"])
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            // Variables that the outer cargo set must not reach the inner one.
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("RUSTFLAGS")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::io("run cargo in", self.folder, error))?;
        terminal.tell(&shortened(&String::from_utf8_lossy(&output.stderr)))?;
        Ok(programs(&String::from_utf8_lossy(&output.stdout)))
    }

    /// Runs a crate's program over its cases.
    pub(crate) fn run(&self, prepared: &Prepared, programs: &Programs) -> Result<Outcome, Failure> {
        let Some(program) = programs.get(&prepared.name) else { return Ok(Outcome::NotCompiled) };
        let output = Command::new(program)
            .arg(self.folder.join(PRODUCTS).join(&prepared.name).join(CASES))
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::io("run", program, error))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Ok(Outcome::Stopped(said.lines().last().unwrap_or_default().to_owned()));
        }
        Ok(Outcome::Ran(outcome::parse(&String::from_utf8_lossy(&output.stdout))))
    }

    fn manifest(&self) -> String {
        let path = |name: &str| toml_text(&self.workspace.path(name));
        format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"harness\", \"{PRODUCTS}/*\"]\n\n\
             [workspace.dependencies]\n\
             acs-runtime = {{ path = {}, default-features = false, features = [\"client\"] }}\n\
             harness = {{ path = \"harness\" }}\n\
             serde_json = {{ version = \"1\", default-features = false, features = [\"std\"] }}\n\n\
             # Compiled once, run for a second.\n\
             [profile.dev]\ndebug = false\nincremental = false\n",
            path("runtime"),
        )
    }
}

const HARNESS: &str = "[package]\nname = \"harness\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
                       [dependencies]\nacs-runtime = { workspace = true }\nserde_json = { workspace = true }\n";

/// Number of the compiler's lines to show: one cause fails many crates.
const SHOWN: usize = 60;

/// Keeps the first lines of the compiler's messages and counts the rest.
fn shortened(said: &str) -> String {
    let mut lines: String = said.lines().take(SHOWN).map(|line| format!("{line}\n")).collect();
    let more = said.lines().count().saturating_sub(SHOWN);
    if more > 0 {
        lines.push_str(&format!("… and {more} lines more\n"));
    }
    lines
}

/// Programs by the name of their crate.
pub(crate) type Programs = BTreeMap<String, PathBuf>;

/// Finds the programs in cargo's messages, those of earlier runs included.
fn programs(messages: &str) -> Programs {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages
        .filter_map(|message| {
            let program = message.get("executable")?.as_str()?;
            let name = message.get("target")?.get("name")?.as_str()?;
            Some((name.to_owned(), PathBuf::from(program)))
        })
        .collect()
}

/// Writes a path as a TOML string.
fn toml_text(path: &Path) -> String {
    format!("{:?}", path.display().to_string())
}
