//! Runs the built program on a workspace of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Page of the operation the project began with.
pub(crate) const PAGE: &str = "spec/docs/ccc/2020-07-01/MakeCall.md";
/// Its spec.
pub(crate) const SPEC: &str = "spec/ir/ccc/2020-07-01/MakeCall.json";
/// Its overlay, if it has one.
pub(crate) const OVERLAY: &str = "spec/overlays/ccc/2020-07-01/MakeCall.toml";
/// The manifest of its product.
pub(crate) const MANIFEST: &str = "spec/products/ccc.toml";
/// Folder of the generated source.
pub(crate) const GENERATED: &str = "ccc-api/src/generated";

/// The program, with an environment that says nothing about colour.
pub(crate) fn xtask() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.env_remove("NO_COLOR").env_remove("TERM");
    command
}

/// The result of a run of the program.
#[derive(Debug)]
pub(crate) struct Run {
    /// Exit code.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The workspace this test was built from.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// A folder with what `regen` reads and writes.
pub(crate) struct Workspace(TempDir);

impl Workspace {
    /// Makes one with the page of the first operation, as it is in the repository, and the files generated from it.
    pub(crate) fn copied() -> Self {
        let workspace = Self(TempDir::new().unwrap());
        for name in [PAGE, OVERLAY, MANIFEST] {
            workspace.write(name, fs::read(repository().join(name)).unwrap());
        }
        let run = workspace.run(&["regen"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        workspace
    }

    /// Makes one without pages and output.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir_all(folder.path().join("spec/docs")).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Replaces text that occurs once.
    pub(crate) fn edit(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(old).count(), 1, "{old:?} occurs once in {name}");
        self.write(name, text.replace(old, new));
    }

    /// Copies the overlays and manifests of this workspace to another.
    pub(crate) fn copy_statements_to(&self, other: &Self) {
        for name in ["spec/overlays", "spec/products"] {
            copy(&self.path(name), &other.path(name));
        }
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        xtask().arg("--root").arg(self.0.path()).args(arguments).output().unwrap().into()
    }

    /// Returns every file with its text, sorted by path.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        list(self.0.path(), "", &mut files);
        files.sort();
        files
    }
}

/// Returns the lines that only one of two texts has: the removed ones, then the new ones.
pub(crate) fn changed_lines(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    let diff = similar::TextDiff::from_lines(old, new);
    let (mut gone, mut added) = (Vec::new(), Vec::new());
    for change in diff.iter_all_changes() {
        match change.tag() {
            similar::ChangeTag::Delete => gone.push(change.value().trim().to_owned()),
            similar::ChangeTag::Insert => added.push(change.value().trim().to_owned()),
            similar::ChangeTag::Equal => {}
        }
    }
    (gone, added)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push((name, fs::read(entry.path()).unwrap()));
        }
    }
}
