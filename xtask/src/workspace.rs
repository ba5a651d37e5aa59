//! Locates the workspace and its folders, whatever the current directory is.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::files;

/// Folder of the pages, below the root.
pub(crate) const PAGES: &str = "spec/docs";
/// Folder of the products' manifests, below the root.
pub(crate) const MANIFESTS: &str = "spec/products";
/// Folder of the overlays, below the root.
pub(crate) const OVERLAYS: &str = "spec/overlays";
/// Folder of the specs, below the root.
pub(crate) const SPECS: &str = "spec/ir";

/// Folder of the generated source of a client, below the root.
pub(crate) fn generated(crate_name: &str) -> String {
    format!("{crate_name}/src/generated")
}

/// The workspace a command works on.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Takes the folder that the user named, else the workspace that `cargo run` names, else the one that this program was
    /// built in. Refuses a folder without pages.
    pub(crate) fn locate(named: Option<PathBuf>) -> Result<Self, Failure> {
        let root = named.or_else(of_cargo_run).unwrap_or_else(of_the_build);
        if root.join(PAGES).is_dir() {
            return Ok(Self { root });
        }
        Err(Failure::refused(&root, format!("not a workspace of this project: it has no folder {PAGES}")))
    }

    /// Returns the root folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Resolves a path below the root that is written with `/`.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        files::below(&self.root, below)
    }

    /// Copies the versions of dependencies that the workspace is tested with to another workspace.
    pub(crate) fn copy_lock(&self, to: &Path) -> Result<(), Failure> {
        let (from, to) = (self.root.join("Cargo.lock"), to.join("Cargo.lock"));
        if !from.is_file() {
            return Ok(());
        }
        fs::copy(&from, &to).map(drop).map_err(|error| Failure::io("write", &to, error))
    }
}

fn of_cargo_run() -> Option<PathBuf> {
    let manifest_folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    let root = manifest_folder.parent()?;
    root.join(PAGES).is_dir().then(|| root.to_path_buf())
}

fn of_the_build() -> PathBuf {
    let manifest_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest_folder.parent().unwrap_or(manifest_folder).to_path_buf()
}
